"""Marks as rows: added once, held by the newest, and what follows from them for the attempt and the course."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import attempts, marking
from elearning.records.attempt_rules import FrozenQuestion
from elearning.records.attempts import HandedIn
from elearning.records.marking import Judgement
from elearning.records.models import Answer, Attempt, Mark
from tests import make
from tests.records.test_attempts import QUESTIONS, WANTED, Room, in_threads, merge, one, prepared

pytestmark = pytest.mark.django_db

TEXT = FrozenQuestion(question=99, revision=None, title="Opis", kind="text", points=5, data={"key": ""})
ASKED = [replace(TEXT, points=3), replace(TEXT, question=98, points=1), *QUESTIONS[:2]]
MAXIMA = (3, 2)


def grade(asked: attempts.Asked, value: Any) -> Fraction | None:
    """A person judges texts that say anything; a third for a wrong word."""
    if asked["kind"] == "text":
        return None if value else Fraction(0)
    return Fraction(1) if value == WANTED else Fraction(1, 3) if value else Fraction(0)


@dataclass
class Desk:
    """A submitted attempt with two texts and two other answers, one of them wrong."""

    room: Room
    attempt: Attempt
    marker: User

    def answer(self, place: int = 0) -> Answer:
        return self.attempt.answers.get(question=UUID(self.attempt.questions[place]["id"]))

    def mark(self, *points: int, place: int = 0, by: User | None = None, **more: Any) -> tuple[Mark, bool]:
        answer = self.answer(place)
        newest = marking.newest_mark(answer)
        judgement = Judgement(points=points, maxima=MAXIMA, **{"seen": newest.pk if newest else None, **more})
        return marking.mark(
            answer, judgement, by=by or self.marker, outline=self.room.outline, grade=grade, now=timezone.now()
        )

    def now(self) -> Attempt:
        return Attempt.objects.get(pk=self.attempt.pk)


def submitted(room: Room, *given: str) -> Attempt:
    attempt = room.start(questions=ASKED)
    answers = {UUID(asked["id"]): value for asked, value in zip(attempt.questions, given, strict=True)}
    return attempts.submit(
        one(attempt), came=HandedIn(answers), grade=grade, merge=merge, outline=room.outline, now=timezone.now()
    )


def prepared_desk(learner: User) -> Desk:
    room = prepared(learner)
    make.complete(room.enrolment, room.outline, items=1)
    attempt = submitted(room, "Zaproszę gminę.", "Bo tak.", WANTED, "inna")
    return Desk(room, attempt, make.user("Tomasz", "Wójcik"))


@pytest.fixture
def desk(learner: User) -> Desk:
    return prepared_desk(learner)


@pytest.fixture
def other(db: None) -> User:
    return make.user("Barbara", "Kos")


def test_it_works(desk: Desk) -> None:
    desk.mark(3, 2, comment="Dobrze")
    assert desk.now().score is None
    desk.mark(3, 1, place=1)

    # (3 · 1 + 1 · 4/5 + 1 · 1 + 1 · 1/3) / 6 = 77/90
    assert desk.now().score == Decimal("0.8555")
    assert desk.now().passed
    assert desk.room.result().status == "completed"
    assert desk.answer().score == 1


def test_the_last_mark_completes_the_course_and_issues_the_certificate(desk: Desk) -> None:
    desk.mark(3, 2)
    desk.mark(3, 2, place=1)

    enrolment = desk.room.enrolment
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert enrolment.certificates.count() == 1


def test_an_attempt_without_a_word_waits_for_nobody(learner: User) -> None:
    attempt = submitted(prepared(learner), "", "", WANTED, WANTED)

    assert attempt.score == Decimal("0.3333")
    assert not marking.waiting().exists()


def test_the_share_is_not_rounded_before_it_is_added_up(desk: Desk) -> None:
    maxima = (3,)
    for place, points in ((0, 1), (1, 2)):
        judgement = Judgement(points=(points,), maxima=maxima)
        marking.mark(
            desk.answer(place),
            judgement,
            by=desk.marker,
            outline=desk.room.outline,
            grade=grade,
            now=timezone.now(),
        )

    # (3 · 1/3 + 2/3 + 1 + 1/3) / 6 is exactly a half; the rounded shares would make 0.4999
    assert desk.now().score == Decimal("0.5")


def test_a_double_click_makes_one_mark(desk: Desk) -> None:
    first, is_new = desk.mark(1, 1)
    again, again_new = desk.mark(1, 1, seen=None)

    assert (is_new, again_new) == (True, False)
    assert again.pk == first.pk
    assert Mark.objects.count() == 1


@pytest.mark.parametrize("points", [(4, 0), (0, 3), (-1, 0)])
def test_points_beyond_a_criterion_are_refused(desk: Desk, points: tuple[int, ...]) -> None:
    with pytest.raises(marking.WrongPoints) as refused:
        desk.mark(*points)

    assert refused.value.criteria == [0 if points[0] not in range(4) else 1]
    assert not Mark.objects.exists()


def test_another_number_of_criteria_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="zip"):
        desk.mark(1)
    assert not Mark.objects.exists()


def test_a_second_opinion_lets_the_answer_wait_for_somebody_else(desk: Desk, other: User) -> None:
    desk.mark(3, 2, place=1)
    desk.mark(0, 0, second_opinion=True)
    assert desk.answer().score is None
    assert desk.now().score is None
    assert not marking.waiting_for(desk.marker).exists()
    assert [answer.pk for answer in marking.waiting_for(other)] == [desk.answer().pk]

    with pytest.raises(marking.OwnSecondOpinion):
        desk.mark(3, 2)
    desk.mark(3, 2, by=other)

    assert desk.answer().score == 1
    assert desk.now().passed
    assert [mark.share for mark in desk.answer().marks.all()] == [0, 1]


def test_the_second_person_may_ask_again(desk: Desk, other: User) -> None:
    desk.mark(1, 1, second_opinion=True)
    desk.mark(1, 1, by=other, second_opinion=True)

    assert [answer.pk for answer in marking.waiting_for(desk.marker)] == [desk.answer().pk, desk.answer(1).pk]
    desk.mark(2, 2)
    assert desk.answer().score == Decimal("0.8")


def test_a_correction_is_a_new_mark_and_a_new_score(desk: Desk) -> None:
    desk.mark(0, 0)
    desk.mark(3, 2, place=1)
    assert desk.now().passed is False

    desk.mark(3, 2, comment="Po odwołaniu")

    assert desk.now().score == Decimal("0.8888")
    assert desk.now().passed
    assert desk.room.result().status == "completed"
    assert desk.answer().marks.count() == 2


def test_a_correction_never_takes_the_completion_away(desk: Desk) -> None:
    desk.mark(3, 2)
    desk.mark(3, 2, place=1)
    desk.room.enrolment.refresh_from_db()
    completed_at = desk.room.enrolment.completed_at

    desk.mark(0, 0)

    assert desk.now().passed is False
    assert desk.room.result().status == "completed"
    desk.room.enrolment.refresh_from_db()
    assert desk.room.enrolment.completed_at == completed_at


def test_a_result_that_is_known_does_not_wait_again(desk: Desk) -> None:
    desk.mark(3, 2)
    desk.mark(3, 2, place=1)

    with pytest.raises(marking.ResultKnown):
        desk.mark(0, 0, second_opinion=True)
    assert desk.now().passed


def test_who_has_not_seen_the_newest_mark_overrides_nothing(desk: Desk, other: User) -> None:
    first, _new = desk.mark(3, 2)

    with pytest.raises(marking.MarkedMeanwhile) as refused:
        desk.mark(0, 0, by=other, seen=None)

    assert refused.value.mark == first
    assert desk.answer().score == 1


def test_nobody_marks_an_answer_of_ones_own(desk: Desk) -> None:
    with pytest.raises(marking.OwnAnswer):
        desk.mark(3, 2, by=desk.room.enrolment.user)
    assert not marking.waiting_for(desk.room.enrolment.user).exists()


def test_what_is_graded_without_a_person_is_not_marked(desk: Desk) -> None:
    with pytest.raises(marking.NotToBeMarked):
        desk.mark(3, 2, place=3)


def test_an_open_attempt_is_not_marked(desk: Desk) -> None:
    Attempt.objects.update(submitted_at=None)
    with pytest.raises(marking.NotToBeMarked):
        desk.mark(3, 2)
    assert not marking.waiting().exists()


def test_the_learner_is_told_once(desk: Desk) -> None:
    desk.mark(1, 1)
    key = f"attempt-marked:{desk.attempt.pk}"
    assert not Message.objects.filter(key=key).exists()

    desk.mark(3, 2, place=1)
    desk.mark(3, 2)

    message = Message.objects.get(key=key)
    assert message.user == desk.room.enrolment.user
    assert "Podejście 1 ma wynik" in message.body
    assert desk.room.item.url in message.body
    assert desk.room.item.title in message.subject


def test_what_waits_and_what_is_marked(desk: Desk) -> None:
    assert [answer.source for answer in marking.waiting().order_by("pk")] == [99, 98]
    desk.mark(3, 2)
    assert [answer.source for answer in marking.waiting()] == [98]
    assert [answer.source for answer in marking.marked()] == [99]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_parallel_marks_of_one_answer_make_one_that_holds() -> None:
    desk = prepared_desk(make.user())
    people = [make.user("Osoba", str(number)) for number in range(4)]
    answer = desk.answer()

    def work(number: int) -> bool:
        try:
            judgement = Judgement(points=(number % 4, 0), maxima=MAXIMA)
            return marking.mark(
                answer,
                judgement,
                by=people[number],
                outline=desk.room.outline,
                grade=grade,
                now=timezone.now(),
            )[1]
        except marking.MarkedMeanwhile:
            return False

    assert sorted(in_threads(4, work)) == [False, False, False, True]
    assert Mark.objects.count() == 1
    assert desk.answer().score == Mark.objects.get().share


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_last_two_marks_in_parallel_give_one_result_and_one_message() -> None:
    desk = prepared_desk(make.user())

    in_threads(2, lambda place: desk.mark(3, 2, place=place))

    assert desk.now().passed
    assert Message.objects.filter(key__startswith="attempt-marked").count() == 1
