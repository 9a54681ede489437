"""An attempt in the browser: its questions, the saving of answers, the submission and the result."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import Question
from courses.outline import outline_of
from courses.questions import load
from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt, Result
from tests import make
from tests.courses.questions.samples import SAMPLES

from .test_quizzes import SEVEN, Exam, exam, text


@pytest.fixture
def quiz(as_learner: Client, learner: User) -> Exam:
    return exam(as_learner, learner)


@pytest.fixture
def attempt(quiz: Exam) -> Attempt:
    return quiz.start()


def key(attempt: Attempt, *kinds: str) -> dict[str, Any]:
    """The right answers as a form sends them, to the questions of these kinds or to all."""
    fields: dict[str, Any] = {}
    for asked in attempt.questions:
        right = load(asked["kind"], asked["data"]).key()
        name = f"q-{asked['id']}"
        if kinds and asked["kind"] not in kinds:
            continue
        if isinstance(right, dict):
            fields |= {f"{name}-{part}": value for part, value in right.items()}
        else:
            fields[name] = str(right).lower() if isinstance(right, bool) else right
    return fields


def asked(attempt: Attempt, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in attempt.questions if row["kind"] == kind)
    return found


def save(quiz: Exam, attempt: Attempt, kind: str, **fields: Any) -> Any:
    """One autosave: the right answer, or these fields."""
    data = {"question": asked(attempt, kind)["id"], **(fields or key(attempt, kind))}
    return quiz.client.post(quiz.url(attempt, "odpowiedz/"), data)


def submit(quiz: Exam, attempt: Attempt, data: dict[str, Any], **options: Any) -> Any:
    return quiz.client.post(quiz.url(attempt, "wyslij/"), data, **options)


def test_it_works(quiz: Exam, attempt: Attempt) -> None:
    answer = submit(quiz, attempt, key(attempt))

    assert answer.status_code == 302
    assert answer["Location"] == quiz.url(attempt, "wynik/")
    page = text(quiz.client, answer["Location"])
    assert "Zaliczone" in page
    assert "100%" in page
    assert page.count("Dobrze") == 7
    assert "Księga opisuje trzy modele." in page
    assert Result.objects.get().status == "completed"


def test_all_questions_are_on_one_page_with_their_fields(quiz: Exam, attempt: Attempt) -> None:
    page = text(quiz.client, quiz.url(attempt))

    assert page.count("<fieldset") == 7
    for name in key(attempt):
        assert f'name="{name}"' in page
    assert "Zakończ i wyślij" in page
    assert "no-store" in quiz.client.get(quiz.url(attempt))["Cache-Control"]


def test_the_key_is_not_in_the_page(quiz: Exam, attempt: Attempt) -> None:
    page = text(quiz.client, quiz.url(attempt))

    for secret in ("Brakuje jednego typu", "Księga opisuje trzy modele", "86.34", "86,34", "Kooperacji}}", "Zesp."):
        assert secret not in page
    assert "correct" not in page


def test_saved_answers_fill_the_fields_again(quiz: Exam, attempt: Attempt) -> None:
    for kind in SEVEN:
        assert save(quiz, attempt, kind).status_code == 200

    page = text(quiz.client, quiz.url(attempt))

    assert page.count(" checked") == 4
    assert page.count(" selected") == 3 + 4
    assert 'value="86,34"' in page
    assert 'value="Zespół"' in page


def test_a_saved_answer_is_acknowledged_with_the_servers_time(quiz: Exam, attempt: Attempt) -> None:
    answer = save(quiz, attempt, "number")

    saved = Answer.objects.get()
    assert answer.json() == {"time": timezone.localtime(saved.saved_at).strftime("%H:%M"), "version": 1}
    assert saved.value == "86,34"


def test_a_save_takes_six_queries(
    quiz: Exam, attempt: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # The savepoint and its release are the test's; on PostgreSQL the lock comes before the attempt.
    with django_assert_max_num_queries(7 if connection.features.has_select_for_update else 6):
        save(quiz, attempt, "matching")


def test_a_page_of_questions_takes_few_queries(
    quiz: Exam, attempt: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    quiz.client.get(quiz.url(attempt))

    with django_assert_max_num_queries(9):
        quiz.client.get(quiz.url(attempt))


@pytest.mark.parametrize("count", [10, 12])
def test_a_submission_of_ten_questions_takes_twenty_queries(
    as_learner: Client, learner: User, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [make.question("number", SAMPLES["number"], f"Pytanie {n}") for n in range(count)]
    quiz = exam(as_learner, learner, questions=questions)
    attempt = quiz.start()
    for row in attempt.questions[:3]:
        quiz.client.post(quiz.url(attempt, "odpowiedz/"), {"question": row["id"], f"q-{row['id']}": "1"})
    data = key(attempt)

    with django_assert_max_num_queries(20):
        assert submit(quiz, attempt, data).status_code == 302
    assert Attempt.objects.get().score == 1


def test_an_answer_that_is_none_is_said_and_not_saved(quiz: Exam, attempt: Attempt) -> None:
    answer = save(quiz, attempt, "number", **{f"q-{asked(attempt, 'number')['id']}": "dużo"})

    assert answer.status_code == 422
    assert "Wpisz liczbę" in answer.json()["error"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("question", ["", "nic", "5d7a3b1e-0000-4000-8000-000000000000"])
def test_an_answer_to_no_question_of_the_attempt_is_not_found(quiz: Exam, attempt: Attempt, question: str) -> None:
    answer = quiz.client.post(quiz.url(attempt, "odpowiedz/"), {"question": question, f"q-{question}": "1"})

    assert answer.status_code == 404
    assert "error" in answer.json()
    assert not Answer.objects.exists()


def test_a_part_or_an_option_of_another_question_is_refused(quiz: Exam, attempt: Attempt) -> None:
    choice, pairs = asked(attempt, "single_choice")["id"], asked(attempt, "matching")["id"]

    assert save(quiz, attempt, "single_choice", **{f"q-{choice}": "obca"}).status_code == 422
    assert save(quiz, attempt, "matching", **{f"q-{pairs}-obca": "obca"}).status_code == 422
    assert save(quiz, attempt, "single_choice", **{f"q-{choice}": "x" * 1_000_000}).status_code == 422
    assert not Answer.objects.exists()


def test_an_answer_may_be_cleared(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, "number")
    save(quiz, attempt, "number", **{f"q-{asked(attempt, 'number')['id']}": ""})

    assert Answer.objects.get().value is None


def test_unanswered_questions_are_named_before_the_submission(quiz: Exam, attempt: Attempt) -> None:
    gaps = asked(attempt, "gaps")["id"]
    answer = submit(quiz, attempt, {**key(attempt, "single_choice"), f"q-{gaps}-1": "Zespół"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Zostały pytania bez odpowiedzi" in page
    assert page.count("– brak odpowiedzi") == 5
    assert page.count("– odpowiedź niepełna") == 1
    assert Attempt.objects.get().submitted_at is None
    assert Answer.objects.filter(value__isnull=False).count() == 2


def test_the_confirmed_submission_grades_what_was_saved(quiz: Exam, attempt: Attempt) -> None:
    submit(quiz, attempt, key(attempt, "single_choice"))
    submit(quiz, attempt, {"potwierdzam": "tak"})

    assert Attempt.objects.get().score.quantize(1) == 0  # type: ignore[union-attr]
    assert Answer.objects.filter(score=1).count() == 1
    assert "Niezaliczone" in text(quiz.client, quiz.url(attempt, "wynik/"))


def test_a_form_opened_before_never_blanks_what_was_saved_since(quiz: Exam, attempt: Attempt) -> None:
    for kind in SEVEN:
        save(quiz, attempt, kind)
    blanks = dict.fromkeys(key(attempt), "")

    submit(quiz, attempt, blanks)

    assert Attempt.objects.get().score == 1


def test_a_wrong_number_in_the_form_is_shown_again_and_nothing_is_submitted(quiz: Exam, attempt: Attempt) -> None:
    name = f"q-{asked(attempt, 'number')['id']}"

    answer = submit(quiz, attempt, {**key(attempt), name: "dużo <b>"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Popraw odpowiedzi" in page
    assert f'href="#{name}-pytanie"' in page
    assert 'value="dużo &lt;b&gt;"' in page
    assert page.count(" checked") == 4
    assert not Answer.objects.exists()
    assert Attempt.objects.get().submitted_at is None


def test_a_double_and_a_replayed_submission_give_one_result(quiz: Exam, attempt: Attempt) -> None:
    first = submit(quiz, attempt, key(attempt))
    rows = list(Answer.objects.order_by("pk").values())

    again = submit(quiz, attempt, {"potwierdzam": "tak"})

    assert again["Location"] == first["Location"]
    assert list(Answer.objects.order_by("pk").values()) == rows
    assert Attempt.objects.get().score == 1


def test_a_closed_attempt_leads_to_its_result_and_takes_no_answer(quiz: Exam, attempt: Attempt) -> None:
    submit(quiz, attempt, {"potwierdzam": "tak"})

    late = save(quiz, attempt, "number")
    back = quiz.client.get(quiz.url(attempt), follow=True)

    assert late.status_code == 409
    assert "już zakończone" in late.json()["error"]
    assert late.json()["url"] == quiz.url(attempt, "wynik/")
    assert back.redirect_chain[-1][0] == quiz.url(attempt, "wynik/")
    assert "To podejście jest już zakończone. Oto jego wynik." in back.content.decode()
    assert Answer.objects.filter(value__isnull=False).count() == 0


def test_the_result_of_an_open_attempt_is_its_questions(quiz: Exam, attempt: Attempt) -> None:
    assert quiz.client.get(quiz.url(attempt, "wynik/"))["Location"] == quiz.url(attempt)


@pytest.mark.parametrize("end", ["", "wynik/", "wyslij/", "odpowiedz/"])
def test_an_attempt_of_somebody_else_is_not_found(quiz: Exam, attempt: Attempt, colleague: User, end: str) -> None:
    make.enrolment(colleague, quiz.course)
    other = Client()
    other.force_login(colleague)
    method = other.post if end in {"wyslij/", "odpowiedz/"} else other.get

    answer = method(quiz.url(attempt, end), {"question": attempt.questions[0]["id"], "potwierdzam": "tak"})

    assert answer.status_code == 404
    assert Attempt.objects.get().submitted_at is None
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", ["7", "99999999999999999999"])
def test_an_attempt_that_is_not_there_is_not_found(quiz: Exam, attempt: Attempt, number: str) -> None:
    assert quiz.client.get(f"{quiz.item.url}-/podejscie/{number}/").status_code == 404
    assert quiz.client.post(f"{quiz.item.url}-/podejscie/{number}/odpowiedz/").status_code == 404


def test_wrong_methods_are_refused(quiz: Exam, attempt: Attempt) -> None:
    assert quiz.client.get(quiz.url(attempt, "wyslij/")).status_code == 405
    assert quiz.client.get(quiz.url(attempt, "odpowiedz/")).status_code == 405
    assert quiz.client.post(quiz.url(attempt)).status_code == 405
    assert quiz.client.post(quiz.url(attempt, "wynik/")).status_code == 405


def test_one_who_is_logged_out_is_led_back_to_the_questions(quiz: Exam, attempt: Attempt) -> None:
    quiz.client.logout()

    assert save(quiz, attempt, "number").status_code == 401
    assert submit(quiz, attempt, {})["Location"] == f"/konto/login/?next={quiz.url(attempt)}"
    assert not Answer.objects.exists()


def test_one_who_left_the_course_is_led_to_it_and_saves_nothing(quiz: Exam, attempt: Attempt) -> None:
    quiz.client.post(f"{outline_of(quiz.course).url}-/wypisanie/")

    assert quiz.client.get(quiz.url(attempt))["Location"] == outline_of(quiz.course).url
    assert save(quiz, attempt, "number").status_code == 404


@pytest.mark.parametrize(
    ("review", "score", "own", "key_shown"),
    [
        ("none", False, False, False),
        ("score", True, False, False),
        ("answers", True, True, False),
        ("key", True, True, True),
    ],
)
def test_the_result_shows_what_the_quiz_allows(
    as_learner: Client, learner: User, review: str, score: bool, own: bool, key_shown: bool
) -> None:
    quiz = exam(as_learner, learner, review=review)
    attempt = quiz.start()
    data = {f"q-{asked(attempt, 'single_choice')['id']}": asked(attempt, "single_choice")["data"]["options"][0]["id"]}
    submit(quiz, attempt, {**data, **key(attempt, "number"), "potwierdzam": "tak"})

    page = text(quiz.client, quiz.url(attempt, "wynik/"))

    assert ("Niezaliczone" in page) is score
    assert ("14%" in page) is score
    assert ("86,34%" in page) is own
    assert ("Brakuje jednego typu gminy" in page) is key_shown
    assert ("Księga opisuje trzy modele" in page) is key_shown
    assert ("Poprawna odpowiedź" in page) is key_shown
    assert ("Bez odpowiedzi" in page) is key_shown
    assert ("GOPS" in page) is key_shown


def test_the_result_leads_on(quiz: Exam, attempt: Attempt) -> None:
    submit(quiz, attempt, {"potwierdzam": "tak"})
    failed = text(quiz.client, quiz.url(attempt, "wynik/"))
    second = quiz.start()
    submit(quiz, second, key(second))
    passed = text(quiz.client, quiz.url(second, "wynik/"))

    assert "Rozpocznij podejście" in failed
    assert "Kontynuuj" not in failed
    assert "Kontynuuj" in passed
    assert outline_of(quiz.course).items[0].url in passed


def test_the_result_page_takes_few_queries(
    quiz: Exam, attempt: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    submit(quiz, attempt, key(attempt))
    quiz.client.get(quiz.url(attempt, "wynik/"))

    with django_assert_max_num_queries(10):
        quiz.client.get(quiz.url(attempt, "wynik/"))


def test_a_question_changed_since_is_asked_and_graded_as_it_was(quiz: Exam, attempt: Attempt) -> None:
    question = Question.objects.get(kind="number")
    question.content = [("number", {**SAMPLES["number"], "answer": "5", "feedback": ""})]
    question.save()
    quiz.publish(questions=[], pass_mark=100, review="none")

    submit(quiz, attempt, key(attempt))

    assert Attempt.objects.get().score == 1
    assert "86,34%" in text(quiz.client, quiz.url(attempt, "wynik/"))


def test_options_keep_their_order_within_an_attempt(quiz: Exam, attempt: Attempt) -> None:
    first, second = (text(quiz.client, quiz.url(attempt)).split("<main")[1] for _ in range(2))

    assert [line for line in first.splitlines() if "csrf" not in line] == [
        line for line in second.splitlines() if "csrf" not in line
    ]
