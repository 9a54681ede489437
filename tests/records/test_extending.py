"""Individual terms: granted with a reason, the newest holds, also for the attempt that is open."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from elearning.accounts.models import User
from elearning.records import attempts, extending
from elearning.records.attempt_rules import NOTHING_MORE, Allowance, Reason
from elearning.records.extending import Grant
from elearning.records.models import Attempt, Extension
from tests import make
from tests.records.test_attempts import RULES, Room, in_threads, prepared, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(learner: User) -> Room:
    return prepared(learner)


@pytest.fixture
def giver(db: None) -> User:
    return make.user("Renata", "Redaktorska")


def extend(room: Room, by: User, reason: str = "Choroba", **more: Any) -> tuple[Extension, bool]:
    grant = Grant(allowance=Allowance(**more), reason=reason)
    return extending.extend(enrolment=room.enrolment, item=room.item, grant=grant, by=by, now=timezone.now())


def deadline() -> datetime | None:
    return Attempt.objects.get().deadline_at


def test_it_works(room: Room, giver: User) -> None:
    closed = replace(RULES, closes_at=timezone.now() - timedelta(days=1))
    with pytest.raises(attempts.StartRefused) as refused:
        room.start(closed)
    assert refused.value.refusal.reason is Reason.CLOSED

    closes_at = timezone.now() + timedelta(days=2)
    made, is_new = extend(room, giver, closes_at=closes_at)

    assert is_new
    assert (made.granted_by, made.reason, made.page_id) == (giver, "Choroba", room.item.page_id)
    assert room.start(closed).deadline_at == closes_at


def test_more_attempts_are_really_more(room: Room, giver: User) -> None:
    once = replace(RULES, attempts_allowed=1)
    room.submit(room.start(once))
    with pytest.raises(attempts.StartRefused):
        room.start(once)

    extend(room, giver, attempts=1)

    assert room.start(once).number == 2


def test_more_minutes_move_the_deadline_of_the_open_attempt(room: Room, giver: User) -> None:
    attempt = room.start(replace(RULES, time_limit=30))

    extend(room, giver, minutes=15)

    assert deadline() == attempt.started_at + timedelta(minutes=45)


def test_an_attempt_whose_time_ran_out_goes_on(room: Room, giver: User) -> None:
    attempt = room.start(replace(RULES, time_limit=30))
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=31), deadline_at=timezone.now())
    with pytest.raises(attempts.OutOfTime):
        save(attempt, 0, "za późno")

    extend(room, giver, minutes=15)

    save(attempt, 0, "w czasie")
    assert attempt.answers.get().value == "w czasie"


def test_a_submitted_attempt_stays_as_it_was(room: Room, giver: User) -> None:
    attempt = room.start(replace(RULES, time_limit=30))
    room.submit(attempt)
    before = Attempt.objects.values().get()

    extend(room, giver, minutes=15)

    assert Attempt.objects.values().get() == before


def test_the_newest_grant_holds_and_the_earlier_stay_on_record(room: Room, giver: User) -> None:
    room.start(replace(RULES, time_limit=30))
    extend(room, giver, minutes=15)
    extend(room, giver, minutes=5, reason="Pomyłka")

    assert attempts.allowance_of(room.enrolment, room.item.id) == Allowance(minutes=5)
    assert deadline() == Attempt.objects.get().started_at + timedelta(minutes=35)
    assert list(Extension.objects.values_list("minutes", flat=True)) == [15, 5]


def test_what_was_granted_can_be_taken_back(room: Room, giver: User) -> None:
    attempt = room.start(replace(RULES, time_limit=30))
    extend(room, giver, minutes=15)
    extend(room, giver, reason="Pomyłka")

    assert attempts.allowance_of(room.enrolment, room.item.id) == NOTHING_MORE
    assert deadline() == attempt.deadline_at


def test_nothing_is_not_granted(room: Room, giver: User) -> None:
    with pytest.raises(extending.NothingGranted):
        extend(room, giver)
    assert not Extension.objects.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(room: Room, giver: User, reason: str) -> None:
    with pytest.raises(extending.NoReason):
        extend(room, giver, reason, minutes=5)
    assert not Extension.objects.exists()


def test_a_double_click_grants_once(room: Room, giver: User) -> None:
    first, _new = extend(room, giver, minutes=5)
    again, is_new = extend(room, giver, minutes=5)

    assert (again.pk, is_new) == (first.pk, False)


def test_another_person_and_another_quiz_are_not_touched(room: Room, giver: User, colleague: User) -> None:
    other = prepared(colleague)
    other.start(replace(RULES, time_limit=30))
    before = deadline()

    extend(room, giver, minutes=15)

    assert deadline() == before
    assert attempts.allowance_of(other.enrolment, other.item.id) == NOTHING_MORE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_granting_while_the_attempt_is_submitted_harms_neither() -> None:
    room, giver = prepared(make.user()), make.user()
    attempt = room.start(replace(RULES, time_limit=30))

    def work(number: int) -> None:
        if number % 2:
            extend(room, giver, minutes=number)
        else:
            room.submit(attempt, right=7)

    in_threads(4, work)

    ended = Attempt.objects.get()
    assert ended.passed
    assert Extension.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_double_click_in_parallel_grants_once() -> None:
    room, giver = prepared(make.user()), make.user()

    made = in_threads(4, lambda _number: extend(room, giver, minutes=5)[0].pk)

    assert len(set(made)) == 1
