"""Attempts as rows: started once, saved answer by answer, graded from what was saved, closed for good."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import attempt_rules, attempts
from elearning.records.attempt_rules import FrozenQuestion, Rules
from elearning.records.attempts import HandedIn, Place
from elearning.records.models import Answer, Attempt, Enrolment, Result
from elearning.records.outline import Item, Outline
from tests import make

RULES = Rules(pass_mark=Decimal("0.7"))
WANTED = "tak"
QUESTIONS = [
    FrozenQuestion(question=n, revision=None, title=f"Pytanie {n}", kind="any", points=1, data={"key": WANTED})
    for n in range(1, 11)
]


def grade(asked: attempts.Asked, value: Any) -> Fraction:
    """Everything for the wanted word, a third for another, nothing for a blank."""
    return Fraction(1) if value == asked["data"]["key"] else Fraction(1, 3) if value else Fraction(0)


def merge(_asked: attempts.Asked, saved: Any, came: Any) -> Any:
    return came or saved


@dataclass
class Room:
    """A learner before a quiz that comes after one lesson."""

    enrolment: Enrolment
    outline: Outline
    item: Item

    def start(self, rules: Rules = RULES, questions: list[FrozenQuestion] = QUESTIONS) -> Attempt:
        return attempts.start(
            enrolment=self.enrolment,
            outline=self.outline,
            item=self.item,
            draw=lambda: questions,
            rules=rules,
            now=timezone.now(),
        )

    def submit(self, attempt: Attempt, right: int = 0, answers: dict[UUID, Any] | None = None) -> Attempt:
        given = {UUID(asked["id"]): WANTED for asked in attempt.questions[:right]} if answers is None else answers
        return attempts.submit(
            one(attempt), came=HandedIn(given), grade=grade, merge=merge, outline=self.outline, now=timezone.now()
        )

    def result(self) -> Result:
        return Result.objects.get(enrolment=self.enrolment, item=self.item.id)


def one(attempt: Attempt) -> QuerySet[Attempt]:
    return Attempt.objects.filter(pk=attempt.pk)


def place(attempt: Attempt) -> Place:
    return Place(attempt.enrolment.user_id, attempt.page.url_path, attempt.number)


def save(attempt: Attempt, number: int, value: Any, read: Callable[[Any], Any] | None = None) -> None:
    attempts.save_answer(
        place(attempt),
        question_id=UUID(attempt.questions[number]["id"]),
        read=read or (lambda _asked: value),
        now=timezone.now(),
    )


def prepared(user: User) -> Room:
    course = make.course(lessons=1)
    page = make.quiz(course, questions=[make.question("number", {"text": "Ile?", "answer": "1", "feedback": ""})])
    outline = outline_of(course)
    return Room(make.enrolment(user, course), outline, outline.item(page.translation_key))


@pytest.fixture
def room(learner: User) -> Room:
    return prepared(learner)


def test_it_works(room: Room) -> None:
    attempt = room.start()
    save(attempt, 0, WANTED)

    submitted = room.submit(attempt, right=8)

    assert submitted.score == Decimal("0.8")
    assert submitted.passed
    assert room.result().status == "completed"
    assert room.result().score == Decimal("0.8")


def test_an_attempt_freezes_its_questions_and_rules(room: Room) -> None:
    attempt = Attempt.objects.get(pk=room.start(replace(RULES, counts="last", review="none")).pk)

    assert [asked["title"] for asked in attempt.questions] == [question.title for question in QUESTIONS]
    assert attempt.questions[0] | {"id": ""} == {
        "id": "",
        "question": 1,
        "revision": None,
        "title": "Pytanie 1",
        "kind": "any",
        "points": 1,
        "data": {"key": WANTED},
    }
    assert attempt.rules == {
        "pass_mark": "0.7",
        "attempts_allowed": 0,
        "shuffle": True,
        "review": "none",
        "counts": "last",
        "review_when": "at_once",
        "time_limit": 0,
        "pause": 0,
        "opens_at": None,
        "closes_at": None,
    }
    assert attempt.title == room.item.title
    assert attempt.revision == room.item.revision_id


def test_starting_shows_in_the_progress(room: Room) -> None:
    room.start()
    assert room.result().status == "in_progress"


def test_a_second_start_gives_the_open_attempt_back(room: Room) -> None:
    assert room.start().pk == room.start().pk
    assert Attempt.objects.count() == 1


def test_a_quiz_without_questions_cannot_be_started(room: Room) -> None:
    with pytest.raises(attempts.NothingToAsk):
        room.start(questions=[])
    assert not Attempt.objects.exists()
    assert not Result.objects.exists()


def test_no_more_attempts_than_allowed(room: Room) -> None:
    rules = replace(RULES, attempts_allowed=2)
    for number in (1, 2):
        attempt = room.start(rules)
        assert attempt.number == number
        room.submit(attempt)

    with pytest.raises(attempts.StartRefused):
        room.start(rules)
    assert Attempt.objects.count() == 2


def test_the_database_allows_one_open_attempt(room: Room) -> None:
    attempt = room.start()
    attempt.pk, attempt.number = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_the_newest_answer_is_kept_once(room: Room) -> None:
    attempt = room.start()
    save(attempt, 0, "pierwsza")
    save(attempt, 0, "druga")

    assert [answer.value for answer in attempt.answers.all()] == ["druga"]


def test_an_answer_refused_by_its_question_leaves_the_saved_one(room: Room) -> None:
    attempt = room.start()
    save(attempt, 0, "pierwsza")

    def refuse(_asked: Any) -> Any:
        raise ValueError("nie liczba")

    with pytest.raises(ValueError, match="nie liczba"):
        save(attempt, 0, "", read=refuse)
    assert attempt.answers.get().value == "pierwsza"


def test_a_question_that_is_not_asked_is_refused(room: Room) -> None:
    attempt = room.start()

    with pytest.raises(attempts.UnknownQuestion):
        attempts.save_answer(place(attempt), question_id=uuid4(), read=lambda _asked: "x", now=timezone.now())
    with pytest.raises(attempts.UnknownQuestion):
        room.submit(attempt, answers={uuid4(): "x"})
    assert not Answer.objects.exists()
    assert Attempt.objects.get().submitted_at is None


def test_a_submitted_attempt_is_closed(room: Room) -> None:
    attempt = room.start()
    room.submit(attempt, right=3)

    with pytest.raises(attempts.AttemptClosed):
        save(attempt, 9, WANTED)
    with pytest.raises(attempts.AttemptClosed):
        attempts.save_answers(one(attempt), came=HandedIn(), merge=merge, now=timezone.now())
    assert attempt.answers.filter(value=WANTED).count() == 3


def test_a_second_submission_changes_nothing(room: Room) -> None:
    attempt = room.start()
    first = room.submit(attempt, right=3)
    rows = list(Answer.objects.values())

    again = room.submit(attempt, right=10)

    assert (again.score, again.submitted_at) == (first.score, first.submitted_at)
    assert list(Answer.objects.values()) == rows


def test_a_blank_in_the_form_never_takes_the_place_of_a_saved_answer(room: Room) -> None:
    attempt = room.start()
    for number in range(10):
        save(attempt, number, WANTED)

    submitted = room.submit(attempt, answers={UUID(asked["id"]): "" for asked in attempt.questions})

    assert submitted.score == 1


def test_answers_are_kept_before_the_submission(room: Room) -> None:
    attempt = room.start()
    save(attempt, 0, "zapisana")
    came = {UUID(attempt.questions[0]["id"]): "", UUID(attempt.questions[1]["id"]): "nowa"}

    attempts.save_answers(one(attempt), came=HandedIn(came), merge=merge, now=timezone.now())

    values = {str(answer.question): answer.value for answer in attempt.answers.all()}
    assert values[attempt.questions[0]["id"]] == "zapisana"
    assert values[attempt.questions[1]["id"]] == "nowa"
    assert Attempt.objects.get().submitted_at is None


def test_every_question_of_a_submitted_attempt_has_a_row_with_its_score(room: Room) -> None:
    attempt = room.start()
    room.submit(attempt, answers={UUID(attempt.questions[0]["id"]): "inna"})

    scores = dict(Answer.objects.values_list("source", "score"))

    assert scores[1] == Decimal("0.3333")
    assert [scores[n] for n in range(2, 11)] == [Decimal(0)] * 9


def test_points_weigh_and_thirds_add_up_exactly(room: Room) -> None:
    heavy = [replace(QUESTIONS[0], points=3), *(replace(question, points=1) for question in QUESTIONS[1:4])]
    attempt = room.start(questions=heavy)
    others = {UUID(asked["id"]): "inna" for asked in attempt.questions[1:]}

    assert room.submit(attempt, answers=others).score == Decimal("0.1666")
    assert attempt_rules.total(
        attempt.questions, {asked["id"]: Fraction(1, 3) for asked in attempt.questions}
    ) == Fraction(1, 3)


@pytest.mark.parametrize(("right", "passed"), [(6, False), (7, True)])
def test_the_pass_mark_is_met_exactly_or_not(room: Room, right: int, passed: bool) -> None:
    questions = [replace(question, points=1) for question in QUESTIONS]
    attempt = room.start(questions=questions)

    assert room.submit(attempt, right=right).passed is passed
    assert room.result().status == ("completed" if passed else "in_progress")


def test_a_share_is_rounded_down_before_the_pass_mark() -> None:
    assert attempt_rules.floor_share(Fraction(2, 3)) == Decimal("0.6666")
    assert attempt_rules.floor_share(Fraction(69999, 100000)) == Decimal("0.6999")
    assert attempt_rules.floor_share(Fraction(7, 10)) == Decimal("0.7")


@pytest.mark.parametrize(
    ("counts", "expected"), [("best", "0.9"), ("last", "0.2"), ("first", "0.5"), ("average", "0.5333")]
)
def test_which_attempt_counts(counts: str, expected: str) -> None:
    assert attempt_rules.counted([Decimal("0.5"), Decimal("0.9"), Decimal("0.2")], counts) == Decimal(expected)


@pytest.mark.parametrize(
    ("counts", "rights", "status"),
    [
        ("best", (9, 2), "completed"),
        ("first", (2, 9), "in_progress"),
        ("last", (2, 9), "completed"),
        ("average", (4, 9), "in_progress"),
        ("average", (5, 9), "completed"),
    ],
)
def test_the_item_is_completed_by_the_score_that_counts(
    room: Room, counts: str, rights: tuple[int, ...], status: str
) -> None:
    for right in rights:
        room.submit(room.start(replace(RULES, counts=counts)), right=right)
    assert room.result().status == status


def test_a_worse_attempt_never_takes_the_completion_away(room: Room) -> None:
    rules = replace(RULES, counts="last")
    room.submit(room.start(rules), right=9)
    room.submit(room.start(rules), right=1)

    assert room.result().status == "completed"
    assert room.result().score == Decimal("0.9")


def test_the_rules_of_the_start_hold(room: Room) -> None:
    attempt = room.start(replace(RULES, pass_mark=Decimal("0.3")))

    assert room.submit(attempt, right=3).passed


def test_another_persons_attempt_is_not_found(room: Room, stranger: User) -> None:
    attempt = room.start()
    theirs = place(attempt)._replace(user_id=stranger.pk)

    with pytest.raises(Attempt.DoesNotExist):
        attempts.save_answer(
            theirs, question_id=UUID(attempt.questions[0]["id"]), read=lambda _asked: "x", now=timezone.now()
        )


def test_a_save_takes_four_queries(room: Room, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    attempt = room.start()
    place(attempt)  # reads the page that the test's own address comes from

    # A savepoint and its release, the attempt, the answer; on PostgreSQL the lock before.
    with django_assert_num_queries(5 if connection.features.has_select_for_update else 4):
        save(attempt, 0, WANTED)


def in_threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What each of so many parallel connections got; raises what any of them raised."""

    def closed(number: int) -> Any:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(closed, range(count)))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_parallel_starts_of_the_last_attempt_make_one() -> None:
    room = prepared(make.user())
    rules = replace(RULES, attempts_allowed=1)

    started = in_threads(4, lambda _number: room.start(rules).pk)

    assert len(set(started)) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_parallel_writers_lose_nothing() -> None:
    attempt = (room := prepared(make.user())).start()

    def write(number: int) -> None:
        for round_ in range(5):
            save(attempt, number, f"{number}-{round_}")

    in_threads(8, write)

    saved = {str(answer.question): answer.value for answer in attempt.answers.all()}
    assert saved == {attempt.questions[number]["id"]: f"{number}-4" for number in range(8)}
    assert room.submit(attempt).score == Decimal("0.2666")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_parallel_submissions_give_one_result() -> None:
    room = prepared(make.user())
    attempt = room.start()

    scores = in_threads(4, lambda number: room.submit(attempt, right=7 + number).score)

    assert len(set(scores)) == 1
    assert Answer.objects.count() == 10
    assert Result.objects.get(item=room.item.id).score == scores[0]
