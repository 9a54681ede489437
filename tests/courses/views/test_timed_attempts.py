"""Attempts against the clock: the server keeps the time, and what was saved is graded, whatever comes later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses import timeouts
from courses.models import QuizPage
from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt, Extension, Result
from tests import make
from tests.courses.questions.samples import SAMPLES

from .test_attempts import key, submit
from .test_quizzes import Exam, exam, text

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KINDS = ("number", "true_false")


@pytest.fixture
def quiz(as_learner: Client, learner: User) -> Exam:
    return timed(as_learner, learner)


@pytest.fixture
def attempt(quiz: Exam) -> Attempt:
    return quiz.start()


def timed(client: Client, learner: User, **fields: Any) -> Exam:
    """A quiz of two questions and twenty minutes."""
    questions = [make.question(kind, SAMPLES[kind], kind) for kind in KINDS]
    return exam(client, learner, questions=questions, **{"time_limit": 20, **fields})


def save(quiz: Exam, attempt: Attempt, number: int, **more: Any) -> Any:
    """The right answer to a question, as the page saves it."""
    row = attempt.questions[number]
    fields = {name: value for name, value in key(attempt).items() if row["id"] in name}
    return quiz.client.post(quiz.url(attempt, "odpowiedz/"), {"question": row["id"], **fields, **more})


def out_of_time(attempt: Attempt, by: timedelta = MINUTE) -> None:
    """As if the attempt had been started so much earlier that its time is up."""
    attempt.deadline_at = timezone.now() - by
    attempt.save(update_fields=["deadline_at"])


def press_start(quiz: Exam) -> str:
    """What a person reads who presses „Rozpocznij podejście”, or sends its address by hand."""
    answer = quiz.client.post(f"{quiz.item.url}-/podejscie/", follow=True)
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_it_works(quiz: Exam, attempt: Attempt) -> None:
    assert attempt.deadline_at == attempt.started_at + 20 * MINUTE
    assert "20 min od rozpoczęcia" in text(quiz.client, quiz.item.url)
    assert "<quiz-countdown" in text(quiz.client, quiz.url(attempt))

    submit(quiz, attempt, key(attempt))

    closed = Attempt.objects.get()
    assert closed.ending == Attempt.Ending.SUBMITTED
    assert closed.score == 1
    assert "Czas podejścia minął" not in text(quiz.client, quiz.url(attempt, "wynik/"))


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(DAY, None, "Test otworzy się"), (None, -DAY, "Test jest zamknięty od")],
)
def test_a_quiz_that_is_not_open_says_when_and_starts_nothing(
    as_learner: Client, learner: User, opens: timedelta | None, closes: timedelta | None, said: str
) -> None:
    now = timezone.now()
    quiz = timed(as_learner, learner, opens_at=opens and now + opens, closes_at=closes and now + closes)

    page = text(as_learner, quiz.item.url)

    assert said in page
    assert "Rozpocznij podejście</" not in page
    assert said in press_start(quiz)
    assert not Attempt.objects.exists()
    assert not Result.objects.exists()


def test_the_closing_ends_an_attempt_before_its_time(as_learner: Client, learner: User) -> None:
    closes_at = timezone.now() + 5 * MINUTE
    attempt = timed(as_learner, learner, closes_at=closes_at).start()

    assert attempt.deadline_at == closes_at


def test_one_with_a_later_date_of_their_own_may_start_and_has_more_time(
    as_learner: Client, learner: User, administrator: User
) -> None:
    quiz = timed(as_learner, learner, closes_at=timezone.now() - DAY)
    Extension.objects.create(
        enrolment=quiz.enrolment,
        page_id=quiz.page.pk,
        item=quiz.item.id,
        minutes=10,
        closes_at=timezone.now() + DAY,
        reason="zwolnienie lekarskie",
        granted_by=administrator,
        granted_at=timezone.now(),
    )

    attempt = quiz.start()

    assert attempt.deadline_at == attempt.started_at + 30 * MINUTE


def test_the_pause_is_said_with_its_end_and_holds_against_a_post_by_hand(as_learner: Client, learner: User) -> None:
    quiz = timed(as_learner, learner, pause=90)
    first = quiz.start()
    submit(quiz, first, {"potwierdzam": "tak"})

    assert "Następne podejście od" in text(as_learner, quiz.item.url)
    assert "Następne podejście od" in press_start(quiz)
    assert Attempt.objects.count() == 1

    Attempt.objects.update(submitted_at=timezone.now() - 91 * MINUTE)
    assert quiz.start().number == 2


def test_a_pause_after_the_last_attempt_is_no_promise(as_learner: Client, learner: User) -> None:
    quiz = timed(as_learner, learner, pause=90, attempts_allowed=1)
    submit(quiz, quiz.start(), {"potwierdzam": "tak"})

    assert "Wykorzystano wszystkie podejścia" in press_start(quiz)


def test_an_answer_that_comes_too_late_is_refused_in_words(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, 0)
    out_of_time(attempt)

    late = save(quiz, attempt, 1)

    assert late.status_code == 409
    assert "Czas tego podejścia minął" in late.json()["error"]
    assert late.json()["url"] == quiz.url(attempt, "wynik/")
    assert Answer.objects.count() == 1


def test_a_form_that_comes_too_late_is_graded_from_what_was_saved(quiz: Exam, attempt: Attempt) -> None:
    save(quiz, attempt, 0)
    out_of_time(attempt)

    answer = submit(quiz, attempt, key(attempt), follow=True)

    closed = Attempt.objects.get()
    assert closed.score == Decimal("0.5")
    assert closed.ending == Attempt.Ending.TIME_UP
    assert closed.submitted_at == closed.deadline_at
    assert [row.score for row in closed.answers.order_by("score")] == [0, 1]
    assert "Oceniliśmy odpowiedzi, które były zapisane" in answer.content.decode()
    assert "po upływie czasu" in text(quiz.client, quiz.item.url)


@pytest.mark.parametrize("form", [{}, {"potwierdzam": "tak"}, {"blanks": "tak"}])
def test_blanks_that_come_too_late_take_nothing_away(quiz: Exam, attempt: Attempt, form: dict[str, str]) -> None:
    save(quiz, attempt, 0)
    save(quiz, attempt, 1)
    out_of_time(attempt)

    submit(quiz, attempt, dict.fromkeys(key(attempt), "") if "blanks" in form else form)

    assert Attempt.objects.get().score == 1


def test_one_who_never_answered_gets_nothing_and_a_row_for_each_question(quiz: Exam, attempt: Attempt) -> None:
    out_of_time(attempt)
    timeouts.end_all(now=timezone.now())

    assert Attempt.objects.get().score == 0
    assert Answer.objects.filter(value__isnull=True, score=0).count() == 2


@pytest.mark.parametrize("end", ["", "wynik/"])
def test_one_who_comes_back_too_late_is_led_to_the_result(quiz: Exam, attempt: Attempt, end: str) -> None:
    save(quiz, attempt, 0)
    out_of_time(attempt)

    answer = quiz.client.get(quiz.url(attempt, end), follow=True)

    assert "Czas podejścia minął" in answer.content.decode()
    assert "50%" in answer.content.decode()
    assert Attempt.objects.get().ending == Attempt.Ending.TIME_UP


def test_a_start_after_the_time_of_the_open_attempt_says_so_and_leads_to_the_rules(
    quiz: Exam, attempt: Attempt
) -> None:
    out_of_time(attempt)

    assert "Czas tego podejścia minął" in press_start(quiz)
    assert Attempt.objects.get().ending == Attempt.Ending.TIME_UP
    assert quiz.start().number == 2


def test_the_overview_ends_what_is_over(quiz: Exam, attempt: Attempt) -> None:
    out_of_time(attempt)

    assert "Rozpocznij podejście" in text(quiz.client, quiz.item.url)
    assert Attempt.objects.get().ending == Attempt.Ending.TIME_UP


def test_abandoned_attempts_are_ended_once(quiz: Exam, attempt: Attempt, colleague: User) -> None:
    save(quiz, attempt, 0)
    other = Client()
    other.force_login(colleague)
    make.enrolment(colleague, quiz.course)
    other.post(f"{quiz.item.url}-/podejscie/")
    out_of_time(attempt)
    said, again = StringIO(), StringIO()

    call_command("end_attempts", stdout=said)
    rows = list(Attempt.objects.order_by("pk").values())
    call_command("end_attempts", stdout=again)

    assert said.getvalue() == "Zakończone podejścia: 1.\n"
    assert again.getvalue() == ""
    assert list(Attempt.objects.order_by("pk").values()) == rows
    assert [row["score"] for row in rows] == [Decimal("0.5"), None]


def test_one_broken_attempt_does_not_keep_the_others_from_ending(
    quiz: Exam, attempt: Attempt, colleague: User, caplog: pytest.LogCaptureFixture
) -> None:
    make.enrolment(colleague, quiz.course)
    other = Client()
    other.force_login(colleague)
    other.post(f"{quiz.item.url}-/podejscie/")
    attempt.questions[0]["kind"] = "telepathy"
    attempt.save()
    Attempt.objects.update(deadline_at=timezone.now() - MINUTE)

    assert timeouts.end_all(now=timezone.now()) == 1
    assert Attempt.objects.get(submitted_at=None).pk == attempt.pk
    assert f"Attempt {attempt.pk}" in caplog.text


def test_attempts_at_a_quiz_that_is_not_published_wait(quiz: Exam, attempt: Attempt) -> None:
    out_of_time(attempt)
    quiz.page.unpublish()

    assert timeouts.end_all(now=timezone.now()) == 0
    assert Attempt.objects.get().submitted_at is None

    make.publish(QuizPage.objects.get())
    assert timeouts.end_all(now=timezone.now()) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_and_a_late_form_give_one_result() -> None:
    learner = make.user()
    client = Client()
    client.force_login(learner)
    quiz = timed(client, learner)
    attempt = quiz.start()
    save(quiz, attempt, 0)
    out_of_time(attempt)

    def work(number: int) -> None:
        try:
            if number == 3:
                submit(quiz, attempt, key(attempt))
            else:
                timeouts.end_all(now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    assert Attempt.objects.get().score == Decimal("0.5")
    assert Answer.objects.count() == 2
    assert Result.objects.get(item=quiz.item.id).score == Decimal("0.5")


def test_the_clock_tells_its_owner_the_seconds_by_one_query_more_than_who_asks(
    quiz: Exam, attempt: Attempt, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        answer = quiz.client.get(quiz.url(attempt, "czas/"))

    assert 1190 <= answer.json()["left"] <= 1200
    assert "no-store" in answer["Cache-Control"]


def test_the_clock_stops_with_the_attempt(quiz: Exam, attempt: Attempt) -> None:
    out_of_time(attempt)
    assert quiz.client.get(quiz.url(attempt, "czas/")).json() == {"left": 0}

    submit(quiz, attempt, {})
    assert quiz.client.get(quiz.url(attempt, "czas/")).json() == {"left": 0}


def test_the_clock_never_tells_anyone_else_that_the_time_is_up(quiz: Exam, attempt: Attempt, colleague: User) -> None:
    """A page whose session is gone would otherwise say „Czas minął” to a person who has time left."""
    make.enrolment(colleague, quiz.course)
    other, url = Client(), quiz.url(attempt, "czas/")

    assert other.get(url).status_code == 401
    other.force_login(colleague)
    assert other.get(url).status_code == 404
    assert quiz.client.get(url.replace("/1/", "/2/")).status_code == 404
    assert quiz.client.post(url).status_code == 405


@pytest.mark.parametrize("review", ["answers", "feedback", "key"])
def test_the_review_waits_for_the_closing(as_learner: Client, learner: User, review: str) -> None:
    closes_at = timezone.now() + DAY
    quiz = timed(as_learner, learner, review=review, review_when="closing", closes_at=closes_at)
    attempt = quiz.start()
    submit(quiz, attempt, key(attempt))
    url = quiz.url(attempt, "wynik/")

    before = text(as_learner, url)
    attempt.refresh_from_db()
    attempt.rules["closes_at"] = (timezone.now() - MINUTE).isoformat()
    attempt.save()
    after = text(as_learner, url)

    assert "100%" in before
    assert "zobaczysz tutaj po zamknięciu testu" in before
    assert "Twoje odpowiedzi" not in before
    assert "86,34" not in before
    assert "Twoje odpowiedzi" in after
    assert "86,34" in after


def test_the_level_feedback_shows_how_it_went_and_no_key(as_learner: Client, learner: User) -> None:
    question = make.question("single_choice", SAMPLES["single_choice"])
    quiz = exam(as_learner, learner, questions=[question], review="feedback")
    attempt = quiz.start()
    wrong = attempt.questions[0]["data"]["options"][0]["id"]
    submit(quiz, attempt, {f"q-{attempt.questions[0]['id']}": wrong})

    page = text(as_learner, quiz.url(attempt, "wynik/"))

    assert "Źle" in page
    assert "Brakuje jednego typu gminy" in page
    assert "Poprawna odpowiedź" not in page


def paired(client: Client, learner: User, **fields: Any) -> tuple[Exam, Exam]:
    """A pre-test, and the post-test in the same course that names it."""
    before = timed(client, learner, **fields)
    after = timed(client, learner, pre_test=before.page)
    return before, after


def sit(quiz: Exam, right: int) -> str:
    """An attempt with so many right answers; its result."""
    attempt = quiz.start()
    for number in range(right):
        save(quiz, attempt, number)
    submit(quiz, attempt, {"potwierdzam": "tak"})
    return text(quiz.client, quiz.url(attempt, "wynik/"))


def test_the_gain_is_against_the_first_attempt_before(as_learner: Client, learner: User) -> None:
    before, after = paired(as_learner, learner)
    sit(before, 1)
    sit(before, 2)

    page = sit(after, 2)

    assert "50%" in page
    assert "50 punktów procentowych" in page


@pytest.mark.parametrize("review", ["none", "score"])
def test_a_gain_tells_no_score_that_the_pre_test_hides(as_learner: Client, learner: User, review: str) -> None:
    before, after = paired(as_learner, learner, review=review)
    sit(before, 1)

    assert ("punktów procentowych" in sit(after, 2)) is (review == "score")


def test_there_is_no_gain_without_a_test_before_or_with_one_taken_after(as_learner: Client, learner: User) -> None:
    before, after = paired(as_learner, learner)

    assert "punktów procentowych" not in sit(after, 2)
    sit(before, 0)
    first = after.enrolment.attempts.get(item=after.item.id)
    assert "punktów procentowych" not in text(as_learner, after.url(first, "wynik/"))
