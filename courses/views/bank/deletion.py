"""Why a question or a category in use is not deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from courses import question_bank
from courses.models import Question, QuestionCategory, QuizPage
from elearning.records.models import Answer


@dataclass(frozen=True, slots=True)
class Use:
    """What stands behind a question: quizzes that ask it, draws that need it, attempts in which it was answered."""

    question: Question
    quizzes: Sequence[QuizPage]
    draws: Sequence[question_bank.Draw]
    attempts: int

    def __bool__(self) -> bool:
        return bool(self.quizzes or self.draws or self.attempts)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands behind a category: its questions and the draws from it."""

    category: QuestionCategory
    questions: int
    draws: Sequence[question_bank.Draw]

    def __bool__(self) -> bool:
        return bool(self.questions or self.draws)


def refuse_deletion(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Instead of the delete screen, of one or many: why what is in use stays, with the places that use it."""
    questions = [question for question in instances if isinstance(question, Question)]
    categories = [category for category in instances if isinstance(category, QuestionCategory)]
    uses = [use for use in _uses(questions) if use]
    shelves = [shelf for shelf in _shelves(categories) if shelf]
    if not uses and not shelves:
        return None
    viewset = (QuestionCategory if shelves else Question).snippet_viewset  # type: ignore[union-attr]  # Wagtail's
    context = {"uses": uses, "shelves": shelves, "back_url": reverse(viewset.get_url_name("list"))}
    return render(request, "courses/questions/undeletable.html", context, status=409)


def _uses(questions: Sequence[Question]) -> list[Use]:
    """A draw needs a question where too few would be left for it, with all these questions gone."""
    categories = {question.category for question in questions}
    short = [
        draw for draw in question_bank.drawing_from(categories, without={q.pk for q in questions}) if draw.is_short
    ]
    return [
        Use(
            question,
            question_bank.asking(question),
            [draw for draw in short if draw.category == question.category],
            Answer.objects.filter(source=question.pk).values("attempt").distinct().count(),
        )
        for question in questions
    ]


def _shelves(categories: Sequence[QuestionCategory]) -> list[Shelf]:
    draws = question_bank.drawing_from(categories)
    return [
        Shelf(category, category.questions.count(), [draw for draw in draws if draw.category == category])
        for category in categories
    ]
