"""The quizzes of a generated course as attempts freeze them, with the right answers."""

from dataclasses import asdict
from uuid import UUID

from courses.models import CoursePage, QuizPage
from courses.questions import load
from elearning.records.simulation import Paper


def of(course: CoursePage) -> dict[UUID, Paper]:
    """A paper for each published quiz, by the item's id."""
    return {page.translation_key: _paper(page) for page in QuizPage.objects.descendant_of(course).live()}


def _paper(page: QuizPage) -> Paper:
    questions = page.draw()
    return Paper(
        questions=[asdict(question) for question in questions],
        keys=[load(question.kind, question.data).key() for question in questions],
        rules=page.rules.freeze(),
    )
