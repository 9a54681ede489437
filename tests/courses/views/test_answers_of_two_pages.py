"""Two windows or devices with one attempt, and requests that no page of ours sends."""

from typing import Any

import pytest
from django.test import Client

from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt
from tests import make
from tests.courses.questions.samples import SAMPLES

from .test_quizzes import Exam, exam, text

HUGE = "9" * 5000


@pytest.fixture
def quiz(as_learner: Client, learner: User) -> Exam:
    questions = [make.question(kind, SAMPLES[kind], kind) for kind in ("number", "single_choice", "short_text")]
    return exam(as_learner, learner, questions=questions)


@pytest.fixture
def attempt(quiz: Exam) -> Attempt:
    return quiz.start()


def save(quiz: Exam, attempt: Attempt, value: Any, *, page: str, sequence: Any = 1, seen: Any = 0, **more: Any) -> Any:
    """One autosave of the number, stamped as a page does."""
    question = attempt.questions[0]["id"]
    body = {"question": question, f"q-{question}": value, f"seen-{question}": seen, "page": page, "sequence": sequence}
    return quiz.client.post(quiz.url(attempt, "odpowiedz/"), {**body, **more})


def submit(quiz: Exam, attempt: Attempt, value: str, seen: Any = None) -> Any:
    """The form with one answer, confirmed; without scripts it says nothing of what it had seen."""
    question = attempt.questions[0]["id"]
    versions = {} if seen is None else {f"seen-{question}": seen}
    body = {f"q-{question}": value, "potwierdzam": "tak", **versions}
    return quiz.client.post(quiz.url(attempt, "wyslij/"), body)


def value() -> Any:
    return Answer.objects.get().value


def test_it_works(quiz: Exam, attempt: Attempt) -> None:
    assert save(quiz, attempt, "1", page="a").json()["version"] == 1
    assert save(quiz, attempt, "2", page="a", sequence=2).json()["version"] == 2
    assert save(quiz, attempt, "3", page="b", seen=2).json()["version"] == 3
    assert value() == "3"


def test_a_request_that_comes_twice_or_late_is_confirmed_and_changes_nothing(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "1", page="a", sequence=1)
    save(quiz, attempt, "2", page="a", sequence=2)

    again = save(quiz, attempt, "2", page="a", sequence=2)
    late = save(quiz, attempt, "1", page="a", sequence=1)

    assert [again.status_code, late.status_code] == [200, 200]
    assert [again.json()["version"], late.json()["version"]] == [2, 2]
    assert value() == "2"


def test_a_second_window_that_has_not_seen_the_answer_is_told_it_in_words(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "86,34", page="a")

    second = save(quiz, attempt, "5", page="b")

    assert second.status_code == 409
    assert "nowsza odpowiedź" in second.json()["error"]
    assert second.json()["saved"] == ["86,34%"]
    assert second.json()["version"] == 1
    assert value() == "86,34"


def test_whoever_has_seen_the_other_answer_may_replace_it(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "86,34", page="a")
    version = save(quiz, attempt, "5", page="b").json()["version"]

    assert save(quiz, attempt, "5", page="b", sequence=2, seen=version).status_code == 200
    assert value() == "5"


def test_the_same_answer_in_both_windows_is_no_conflict(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "5", page="a")

    assert save(quiz, attempt, "5", page="b").json()["version"] == 1


def test_a_blank_of_a_second_window_is_asked_about_too(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "86,34", page="a")

    assert save(quiz, attempt, "", page="b").status_code == 409
    assert value() == "86,34"


def test_a_form_with_an_older_answer_is_shown_the_newer_one_and_not_submitted(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "1", page="a")
    save(quiz, attempt, "86,34", page="b", seen=1)

    answer = submit(quiz, attempt, "1", seen=1)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "W innym oknie lub na innym urządzeniu jest nowsza odpowiedź" in page
    assert 'value="86,34"' in page
    assert Attempt.objects.get().submitted_at is None
    assert value() == "86,34"


def test_the_form_that_was_shown_again_goes_through(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "1", page="a")
    save(quiz, attempt, "86,34", page="b", seen=1)
    submit(quiz, attempt, "1", seen=1)

    assert submit(quiz, attempt, "86,34", seen=2).status_code == 302
    assert Answer.objects.get(source=attempt.questions[0]["question"]).score == 1


@pytest.mark.parametrize("seen", [0, 1, None])
def test_a_blank_in_a_form_never_takes_the_place_of_an_answer(quiz: Exam, attempt: Attempt, seen: int | None) -> None:
    save(quiz, attempt, "86,34", page="a")

    assert submit(quiz, attempt, "", seen=seen).status_code == 302
    assert Answer.objects.get(source=attempt.questions[0]["question"]).value == "86,34"


def test_the_page_says_which_versions_it_shows(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "1", page="a")
    save(quiz, attempt, "2", page="a", sequence=2)

    page = text(quiz.client, quiz.url(attempt))

    assert f'name="seen-{attempt.questions[0]["id"]}" value="2"' in page
    assert f'name="seen-{attempt.questions[1]["id"]}" value="0"' in page


def test_a_page_made_for_another_person_saves_nothing(quiz: Exam, attempt: Attempt, colleague: User) -> None:
    answer = save(quiz, attempt, "1", page="a", person=colleague.pk)

    assert answer.status_code == 403
    assert answer.json()["other_person"] is True
    assert "inna osoba" in answer.json()["error"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "stamp",
    [
        {"page": "x" * 37},
        {"page": "x\0"},
        {"sequence": HUGE},
        {"sequence": 2**31},
        {"sequence": -1},
        {"sequence": "1.5"},
        {"sequence": "dwa"},
        {"seen": HUGE},
        {"seen": -1},
        {"seen": "²"},
        {"question": HUGE},
        {"question": "\0"},
        {"question": "5d7a3b1e-0000-4000-8000-000000000000"},
    ],
    ids=lambda stamp: "-".join(f"{name}={value!r:.12}" for name, value in stamp.items()),
)
def test_a_stamp_that_no_page_sends_is_refused(quiz: Exam, attempt: Attempt, stamp: dict[str, Any]) -> None:
    answer = save(quiz, attempt, "1", **{"page": "a", **stamp})

    assert answer.status_code == 404
    assert "error" in answer.json()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("seen", [HUGE, 2**31, "²", "-1", "\0", "x"], ids=lambda seen: f"{seen!r:.12}")
def test_versions_that_no_form_sends_do_not_break_a_submission(quiz: Exam, attempt: Attempt, seen: Any) -> None:
    save(quiz, attempt, "86,34", page="a")

    assert submit(quiz, attempt, "86,34", seen=seen).status_code == 302
    assert Answer.objects.get(source=attempt.questions[0]["question"]).score == 1


@pytest.mark.parametrize("kind", ["number", "single_choice", "short_text"])
@pytest.mark.parametrize("sent", ["a\0b", ["1", "2"], "x" * 10_000, "\ud7ff" * 600], ids=["nul", "two", "long", "wide"])
def test_an_answer_of_a_wrong_shape_is_said_and_not_saved(quiz: Exam, attempt: Attempt, kind: str, sent: Any) -> None:
    question = next(row["id"] for row in attempt.questions if row["kind"] == kind)
    body = {"question": question, f"q-{question}": sent}

    saved = quiz.client.post(quiz.url(attempt, "odpowiedz/"), body)
    submitted = quiz.client.post(quiz.url(attempt, "wyslij/"), {**body, "potwierdzam": "tak"})

    assert saved.status_code == 422
    assert saved.json()["error"]
    assert submitted.status_code == 200
    assert Attempt.objects.get().submitted_at is None
    assert not Answer.objects.exists()


@pytest.mark.parametrize("end", ["odpowiedz/", "wyslij/"])
def test_a_huge_form_is_refused_before_it_is_read(quiz: Exam, attempt: Attempt, end: str) -> None:
    large = {"question": attempt.questions[0]["id"], "q-x": "x" * 3_000_000}
    many = {f"q-{number}": "1" for number in range(6000)}

    for body in (large, many):
        answer = quiz.client.post(
            quiz.url(attempt, end), "&".join(f"{k}={v}" for k, v in body.items()), "application/x-www-form-urlencoded"
        )
        assert answer.status_code in {400, 413}
    assert not Answer.objects.exists()
    assert Attempt.objects.get().submitted_at is None


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary="])
def test_another_kind_of_body_holds_no_answer(quiz: Exam, attempt: Attempt, content_type: str) -> None:
    answer = quiz.client.post(quiz.url(attempt, "odpowiedz/"), '{"question": []}', content_type)

    assert answer.status_code in {400, 404}
    assert not Answer.objects.exists()
