"""Quizzes: their start page, attempts, answers and results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.visits import Visit
from elearning.records.outline import Item


def overview(request: HttpRequest, current: Visit, item: Item) -> HttpResponse:
    """The start page of a quiz: its rules, earlier attempts and one button."""
    return render(request, "courses/quiz_page.html", {"visit": current, "outline": current.outline, "item": item})
