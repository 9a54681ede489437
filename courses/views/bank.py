"""The question bank in the admin: lists, filters, and why a question in use is not deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.models import Question, QuestionCategory
from elearning.records.models import Answer


class QuestionViewSet(SnippetViewSet):
    """Questions, with their kind and category, filtered by both."""

    model = Question
    icon = "help"
    menu_label = "Pytania"
    list_display = [
        "title",
        Column("get_kind_display", label="Rodzaj", sort_key="kind"),
        Column("category", label="Kategoria", sort_key="category__name"),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind", "category"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return Question.objects.select_related("category")


class QuestionCategoryViewSet(SnippetViewSet):
    """The shelves of the bank."""

    model = QuestionCategory
    icon = "folder-open-inverse"
    menu_label = "Kategorie"
    search_fields = ["name"]


class BankViewSetGroup(SnippetViewSetGroup):
    """„Baza pytań” in the menu."""

    items = (QuestionViewSet, QuestionCategoryViewSet)
    menu_label = "Baza pytań"
    menu_name = "bank"
    menu_icon = "help"
    menu_order = 210


@dataclass(frozen=True, slots=True)
class Use:
    """What stands behind a question: the quizzes that ask it, and how many attempts it was answered in."""

    question: Question
    quizzes: Sequence[Any]
    attempts: int


def refuse_deletion(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Instead of the delete screen, of one or many: why questions in use stay, with the places that use them."""
    uses = [_use(question) for question in instances if isinstance(question, Question)]
    uses = [use for use in uses if use.quizzes or use.attempts]
    if not uses:
        return None
    context = {"uses": uses, "back_url": reverse(Question.snippet_viewset.get_url_name("list"))}
    return render(request, "courses/questions/undeletable.html", context, status=409)


def _use(question: Question) -> Use:
    attempts = Answer.objects.filter(source=question.pk).values("attempt").distinct().count()
    return Use(question, question.quizzes(), attempts)
