"""A quiz with attempts as records write them, and people of every role."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from courses import papers
from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import attempts
from elearning.records.attempts import HandedIn
from elearning.records.models import Attempt, Enrolment
from tests import make

# Noon, so that no attempt runs into another day.
NOW = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
ROLES = {"editor": "Redakcja", "coordinator": "Koordynacja", "trainer": "Prowadzący"}

# Answers to the three questions of `quiz`, of each person one attempt.
Given = Sequence[Any]
Answered = Callable[..., Attempt]


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def options(right: str, *wrong: str) -> dict[str, Any]:
    """The value of a choice question's block."""
    texts = [(right, True), *((text, False) for text in wrong)]
    return {
        "text": f"<p>Kto odpowiada za: {right}?</p>",
        "options": [{"text": text, "correct": correct} for text, correct in texts],
    }


@pytest.fixture
def questions(site: Any) -> list[Question]:
    return [
        make.question("single_choice", options("Wójt", "Sąd", "Nikt"), "Zespół"),
        make.question("true_false", {"text": "<p>Powiat prowadzi PCPR.</p>", "answer": True}, "Powiat"),
        make.question("number", {"text": "<p>Ile gmin?</p>", "answer": "12"}, "Gminy"),
    ]


@pytest.fixture
def course(site: Any) -> CoursePage:
    return make.course("Kurs o kooperacji", lessons=1)


@pytest.fixture
def quiz(course: CoursePage, questions: list[Question]) -> QuizPage:
    return make.quiz(course, "Test końcowy", questions=questions, pass_mark=60)


def choice_id(attempt: Attempt, text: str) -> str:
    """The id of an option of the attempt's choice question, by its text."""
    found = next(asked for asked in attempt.questions if asked["kind"] == "single_choice")
    return str(next(option.id for option in papers.question_of(found).options if option.text == text))


@pytest.fixture
def take(course: CoursePage, quiz: QuizPage) -> Answered:
    """Start and submit an attempt: `take(person, "Wójt", True, "12")`; None leaves a question blank."""

    def taken(person: User, *values: Any, page: QuizPage | None = None, days_ago: int = 0) -> Attempt:
        page = QuizPage.objects.get(pk=(page or quiz).pk)
        outline = outline_of(CoursePage.objects.get(pk=course.pk))
        item = next(item for item in outline.items if item.id == page.translation_key)
        enrolment = Enrolment.objects.filter(user=person).first() or make.enrolment(person, course)
        now = NOW - timedelta(days=days_ago) + timedelta(minutes=20 * enrolment.attempts.count())
        attempt = attempts.start(
            enrolment=enrolment, outline=outline, item=item, draw=page.draw, rules=page.rules, now=now
        )
        given = {
            UUID(asked["id"]): choice_id(attempt, value) if asked["kind"] == "single_choice" and value else value
            for asked, value in zip(attempt.questions, values, strict=True)
        }
        return attempts.submit(
            Attempt.objects.filter(pk=attempt.pk),
            came=HandedIn(given),
            grade=papers.grade,
            merge=papers.merge,
            outline=outline,
            now=now + timedelta(minutes=12),
        )

    return taken


# Thirty people: those who know more answer more questions, and nobody ever says „Nikt”.
CLASS = [
    *[("Wójt", True, "12")] * 12,
    *[("Wójt", True, "13")] * 6,
    *[("Sąd", True, "12")] * 2,
    *[("Sąd", False, "13")] * 6,
    *[("Wójt", False, None)] * 2,
    *[(None, None, None)] * 2,
]


@pytest.fixture
def class_of_thirty(take: Answered) -> list[Attempt]:
    return [take(make.user("Osoba", f"Numer {number}"), *values) for number, values in enumerate(CLASS)]


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def as_member_of() -> Callable[[str], Client]:
    def member(group: str) -> Client:
        person = make.user("Tomasz", "Wójcik")
        person.groups.add(Group.objects.get(name=group))
        return client_of(person)

    return member


@pytest.fixture
def editor(as_member_of: Callable[[str], Client], site: Any) -> Client:
    return as_member_of("Redakcja")
