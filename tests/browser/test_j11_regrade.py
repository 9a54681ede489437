"""J11: the key of question 3 changes and an 11th is added after five attempts: nothing of them changes by itself.

A regrade shows who changes, is logged, and takes no completion away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses import papers
from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import attempts
from elearning.records.models import Answer, Attempt, Certificate, Enrolment, Regrade
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# Who answered which questions rightly; 70% passes.
RIGHT = {
    "Anna": {1, 2, 3, 4, 5, 6, 7},  # 70%, will be 60%
    "Barbara": {1, 2, 4, 5, 6, 7},  # 60%, will be 70%
    "Celina": set(range(1, 11)),  # 100%, will be 90%
    "Dorota": {1, 2, 3},  # 30%, will be 20%
    "Ewa": {4, 5, 6, 7, 8, 9, 10},  # 70%, will be 80%
}
RESULT = f"{k1.QUIZ_URL}-/podejscie/1/wynik/"


@dataclass
class Class:
    """Five people who took the test."""

    quiz: QuizPage
    people: Mapping[str, User]


@pytest.fixture
def taken(site: object) -> Class:
    course = k1.build(shuffle_questions=False)
    quiz = QuizPage.objects.get()
    people = {name: make.user(name, "Nowak", email=f"{name.lower()}@example.org") for name in RIGHT}
    for name, person in people.items():
        take(course, quiz, person, RIGHT[name])
    return Class(quiz, people)


def take(course: CoursePage, quiz: QuizPage, person: User, right: set[int]) -> None:
    """An attempt of which those questions are answered rightly; the others are empty, the third is wrong."""
    enrolment, outline = make.enrolment(person, course), outline_of(course)
    make.complete(enrolment, outline, items=4)
    attempt = attempts.start(
        enrolment=enrolment,
        outline=outline,
        item=outline.item(quiz.translation_key),
        draw=quiz.draw,
        rules=quiz.rules,
        now=timezone.now(),
    )
    keys = {number: papers.question_of(asked).key() for number, asked in enumerate(attempt.questions, 1)}
    given = {number: key for number, key in keys.items() if number in right}
    given.setdefault(3, not keys[3])
    came = {UUID(attempt.questions[number - 1]["id"]): value for number, value in given.items()}
    attempts.submit(
        Attempt.objects.filter(pk=attempt.pk),
        came=attempts.HandedIn(came),
        grade=papers.grade,
        merge=papers.merge,
        outline=outline,
        now=timezone.now(),
    )


@pytest.fixture
def staff(taken: Class, editor: User, browse: Browse) -> Page:
    """The editor's window."""
    return browse(editor)


def change_key(staff: Page) -> None:
    """The editor says that the sentence of question 3 is false after all."""
    question = Question.objects.get(title="Pytanie 3")
    staff.goto(f"/redakcja/snippets/courses/question/edit/{question.pk}/")
    staff.get_by_label("To zdanie jest prawdziwe").uncheck()
    staff.get_by_role("button", name="Zapisz").first.click()
    expect(staff.get_by_text(re.compile("zaktualizowan|zapisan", re.IGNORECASE)).first).to_be_visible()
    question.refresh_from_db()
    assert question.data["answer"] is False


def add_question(quiz: QuizPage) -> None:
    added = make.question("true_false", SAMPLES["true_false"], "Pytanie 11")
    page = QuizPage.objects.get(pk=quiz.pk)
    page.questions.append(("question", {"question": added, "points": 1}))
    make.publish(page)


def rows() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Attempt, Answer, Enrolment, Certificate)]


def row(page: Page, name: str) -> list[str]:
    cells = page.get_by_role("row").filter(has_text=name).first.get_by_role("cell")
    return [text.strip() for text in cells.all_inner_texts()]


AFTER = {
    "Anna": ["1", "70%", "60%", "zaliczone", "niezaliczone, ukończenie zostaje"],
    "Barbara": ["1", "60%", "70%", "niezaliczone", "zaliczone"],
    "Celina": ["1", "100%", "90%", "zaliczone", "zaliczone"],
    "Dorota": ["1", "30%", "20%", "niezaliczone", "niezaliczone"],
    "Ewa": ["1", "70%", "80%", "zaliczone", "zaliczone"],
}


def test_old_attempts_stay_and_a_regrade_is_previewed_logged_and_takes_no_completion(
    taken: Class, staff: Page, browse: Browse
) -> None:
    before = rows()
    change_key(staff)
    add_question(taken.quiz)
    anna = browse(taken.people["Anna"])
    anna.goto(RESULT)
    expect(anna.get_by_role("main")).to_contain_text("70%")
    expect(anna.get_by_role("heading", name=re.compile(r"Pytanie 10\s+z\s+10"))).to_be_visible()

    preview(staff, taken.quiz)
    assert {name: row(staff, name) for name in AFTER} == AFTER
    staff.get_by_role("button", name="Przelicz wyniki").click()
    expect(staff.get_by_role("main")).to_contain_text("Podaj powód.")
    assert rows() == before
    confirm(staff)

    anna.goto(RESULT)
    expect(anna.get_by_role("main")).to_contain_text("60%")
    expect(anna.get_by_role("main")).to_contain_text("Masz ukończony cały kurs")
    stop(anna)
    completed = Enrolment.objects.filter(completed_at__isnull=False)
    assert set(completed.values_list("user__first_name", flat=True)) == {"Anna", "Barbara", "Celina", "Ewa"}
    assert Certificate.objects.filter(revoked_at=None).count() == 4


def preview(staff: Page, quiz: QuizPage) -> None:
    """From the page of the quiz to question 3, the only one that has changed."""
    staff.goto(f"/redakcja/pages/{quiz.pk}/edit/")
    staff.locator("#w-slim-header-buttons").get_by_role("button").first.click()
    staff.get_by_role("link", name="Przelicz wyniki").click()
    expect(staff.get_by_role("link", name="Pytanie 11")).to_have_count(0)
    staff.get_by_role("link", name="Pytanie 3", exact=True).click()
    expect(staff.get_by_role("row").filter(has_text="Anna Nowak")).to_be_visible()


def confirm(staff: Page) -> None:
    """With a reason; the log then says who, why and what."""
    staff.get_by_label("Powód").fill("Zły klucz w pytaniu 3")
    staff.get_by_role("button", name="Przelicz wyniki").click()
    expect(staff.get_by_text("Wyniki są przeliczone")).to_be_visible()
    staff.get_by_text("Zły klucz w pytaniu 3").click()
    assert row(staff, "Anna") == ["1", "70%", "60%", "zaliczone", "niezaliczone, ukończenie zostało"]
    expect(staff.get_by_role("main")).to_contain_text("Renata Redaktorska")
    regrade = Regrade.objects.get()
    assert (regrade.made_by.email, len(regrade.changes)) == ("red@example.org", 5)


def test_who_starts_now_is_asked_eleven(taken: Class, staff: Page, browse: Browse) -> None:
    add_question(taken.quiz)
    page = browse(taken.people["Dorota"])
    page.goto(k1.QUIZ_URL)
    page.get_by_role("main").get_by_role("button", name="Rozpocznij podejście").click()
    expect(k1.question(page, 11)).to_be_visible()
    assert [len(attempt.questions) for attempt in Attempt.objects.order_by("pk")] == [10, 10, 10, 10, 10, 11]
