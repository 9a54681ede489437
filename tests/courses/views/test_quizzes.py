"""The start page of a quiz, and the start of an attempt."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Attempt, Enrolment, Result
from elearning.records.outline import Item
from tests import make
from tests.courses.questions.samples import SAMPLES

# Kinds that are graded at once by one rule each; those graded by a person have tests of their own.
SEVEN = ("single_choice", "multiple_choice", "true_false", "number", "gaps", "matching", "ordering")


@dataclass
class Exam:
    """A quiz of all kinds of questions, in a course of one lesson, with Anna enrolled."""

    course: CoursePage
    page: QuizPage
    item: Item
    enrolment: Enrolment
    client: Client

    def start(self) -> Attempt:
        """What „Rozpocznij podejście” opens."""
        self.client.post(f"{self.item.url}-/podejscie/")
        return self.enrolment.attempts.latest("number")

    def url(self, attempt: Attempt, end: str = "") -> str:
        return f"{self.item.url}-/podejscie/{attempt.number}/{end}"

    def publish(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self.page, name, value)
        self.page = make.publish(self.page)


def exam(client: Client, learner: User, questions: list[Question] | None = None, **fields: Any) -> Exam:
    course = make.course("Kurs", lessons=1)
    asked = [make.question(kind, SAMPLES[kind], kind) for kind in SEVEN] if questions is None else questions
    page = make.quiz(course, "Sprawdź, co wiesz", questions=asked, **fields)
    enrolment = make.enrolment(learner, course)
    return Exam(course, page, outline_of(course).item(page.translation_key), enrolment, client)


@pytest.fixture
def quiz(as_learner: Client, learner: User) -> Exam:
    return exam(as_learner, learner)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_it_works(quiz: Exam) -> None:
    page = text(quiz.client, quiz.item.url)

    assert "Sprawdź, co wiesz" in page
    assert "Próg zaliczenia" in page
    assert "70%" in page
    assert "Bez limitu" in page
    assert "Wynik, Twoje odpowiedzi, poprawne odpowiedzi i wyjaśnienia" in page
    assert "Rozpocznij podejście" in page
    assert "Twoje podejścia" not in page


def test_the_start_page_takes_nine_queries(quiz: Exam, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    quiz.start()
    quiz.client.get(quiz.item.url)

    with django_assert_max_num_queries(10):
        quiz.client.get(quiz.item.url)


def test_a_start_opens_the_questions(quiz: Exam) -> None:
    answer = quiz.client.post(f"{quiz.item.url}-/podejscie/")

    attempt = Attempt.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == quiz.url(attempt)
    assert len(attempt.questions) == 7
    assert attempt.questions[0]["revision"] == Question.objects.get(kind="single_choice").latest_revision_id


def test_a_start_takes_few_queries(quiz: Exam, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    quiz.client.get(quiz.item.url)

    with django_assert_max_num_queries(20):
        quiz.start()


def test_a_second_start_goes_on_with_the_open_attempt(quiz: Exam) -> None:
    quiz.start()
    quiz.start()

    assert Attempt.objects.count() == 1
    assert "Kontynuuj podejście" in text(quiz.client, quiz.item.url)


def test_earlier_attempts_are_listed_with_their_score(quiz: Exam) -> None:
    attempt = quiz.start()
    quiz.client.post(quiz.url(attempt, "wyslij/"), {"potwierdzam": "tak"})

    page = text(quiz.client, quiz.item.url)

    assert "Podejście 1" in page
    assert "0%" in page
    assert "niezaliczone" in page
    assert quiz.url(attempt, "wynik/") in page


def test_the_last_attempt_used_says_so_and_no_more_is_started(as_learner: Client, learner: User) -> None:
    quiz = exam(as_learner, learner, attempts_allowed=1)
    assert "1, zostało: 1" in text(quiz.client, quiz.item.url)
    attempt = quiz.start()
    quiz.client.post(quiz.url(attempt, "wyslij/"), {"potwierdzam": "tak"})

    page = text(quiz.client, quiz.item.url)
    answer = quiz.client.post(f"{quiz.item.url}-/podejscie/", follow=True)

    assert "Wykorzystano wszystkie podejścia" in page
    assert "Rozpocznij podejście" not in page
    assert "Wykorzystano wszystkie podejścia." in answer.content.decode()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("gone", [True, False])
def test_a_quiz_without_questions_cannot_be_started(as_learner: Client, learner: User, gone: bool) -> None:
    question = make.question("number", SAMPLES["number"])
    quiz = exam(as_learner, learner, questions=[question] if gone else [])
    Question.objects.all().delete()

    page = text(quiz.client, quiz.item.url)
    answer = quiz.client.post(f"{quiz.item.url}-/podejscie/", follow=True)

    assert "Ten test nie ma jeszcze pytań" in page
    assert "Rozpocznij podejście" not in page
    assert "Redakcja je uzupełni." in answer.content.decode()
    assert not Attempt.objects.exists()


def test_a_start_by_address_alone_is_refused(quiz: Exam) -> None:
    assert quiz.client.get(f"{quiz.item.url}-/podejscie/").status_code == 405
    assert not Attempt.objects.exists()


def test_a_lesson_is_no_quiz_to_start(quiz: Exam) -> None:
    lesson = outline_of(quiz.course).items[0]

    assert quiz.client.post(f"{lesson.url}-/podejscie/").status_code == 404


def test_a_stranger_is_led_to_log_in_and_one_who_is_not_enrolled_to_the_course(quiz: Exam, stranger: User) -> None:
    anonymous, other = Client(), Client()
    other.force_login(stranger)

    assert anonymous.post(f"{quiz.item.url}-/podejscie/")["Location"].startswith("/konto/login/?next=/kursy/")
    assert other.post(f"{quiz.item.url}-/podejscie/")["Location"] == outline_of(quiz.course).url
    assert not Attempt.objects.exists()


def test_a_quiz_that_is_not_open_yet_names_what_comes_first(quiz: Exam) -> None:
    quiz.course.sequential = True
    make.publish(quiz.course)

    answer = quiz.client.post(f"{quiz.item.url}-/podejscie/")

    assert answer.status_code == 403
    assert "Lekcja 1" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_starting_shows_as_in_progress_in_the_course(quiz: Exam) -> None:
    quiz.start()
    assert Result.objects.get().status == "in_progress"


def test_questions_come_in_any_order_where_the_quiz_says_so(as_learner: Client, learner: User) -> None:
    questions = [make.question("number", {**SAMPLES["number"], "answer": str(n)}, f"Pytanie {n}") for n in range(12)]
    quiz = exam(as_learner, learner, questions=questions, shuffle_questions=True)
    orders = set()
    for _ in range(4):
        attempt = quiz.start()
        orders.add(tuple(asked["question"] for asked in attempt.questions))
        quiz.client.post(quiz.url(attempt, "wyslij/"), {"potwierdzam": "tak"})

    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(question.pk for question in questions)}


def test_the_editors_preview_shows_the_questions_without_the_key(
    client: Client, administrator: User, quiz: Exam, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)

    page = text(client, f"/redakcja/pages/{quiz.page.pk}/view_draft/")

    assert "Ile Modeli Kooperacji" in page
    assert "Brakuje jednego typu gminy" not in page
