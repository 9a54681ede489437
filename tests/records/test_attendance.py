"""Marks of attendance: added once, never changed; scans of the code of a day; what they come to."""

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.attendance import ScanState
from elearning.records.models import AttendanceMark, Registration
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from elearning.records.schedule import Day
from elearning.records.training import Training
from tests import trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Training:
    return training_of(trainings.training())


@pytest.fixture
def day(training: Training) -> Day:
    return training.schedule.days[0]


def registered(training: Training, standing: Standing = Standing.ADMITTED) -> Registration:
    return trainings.registered(trainings.TrainingPage.objects.get(pk=training.page_id), standing=standing)


@pytest.fixture
def person(training: Training) -> Registration:
    return registered(training)


def test_a_mark_keeps_the_block_as_it_was(training: Training, day: Day, person: Registration, learner: User) -> None:
    attendance.mark(
        person, training, [day.blocks[0].id], Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=learner)
    )
    mark = AttendanceMark.objects.get()
    assert (mark.topic, mark.day, mark.hours) == (day.blocks[0].topic, day.date, day.blocks[0].hours)


def test_several_people_are_marked_at_once_or_none(
    training: Training, day: Day, learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [registered(training) for _ in range(30)]
    voice = attendance.Voice(source=Source.PAPER, by=learner)
    ids = [block.id for block in day.blocks]
    said = {person.pk: Presence.ABSENT if number else Presence.PRESENT for number, person in enumerate(people)}
    attendance.mark(people[0], training, ids, Presence.PRESENT, voice)
    with django_assert_num_queries(5):  # with those of the transaction
        assert attendance.mark_all(training, said, ids, voice) == 58
    assert attendance.mark_all(training, said, ids, voice) == 0
    without_place = registered(training, Standing.RESERVED)
    with pytest.raises(attendance.Refused):
        attendance.mark_all(training, {people[0].pk: Presence.LATE, without_place.pk: Presence.LATE}, ids, voice)
    assert not AttendanceMark.objects.filter(presence=Presence.LATE).exists()


def test_said_twice_it_is_one_mark(training: Training, day: Day, person: Registration, learner: User) -> None:
    voice = attendance.Voice(source=Source.TRAINER, by=learner)
    say = partial(attendance.mark, person, training, voice=voice)
    ids = [block.id for block in day.blocks]
    assert say(ids, Presence.PRESENT) == 2
    assert say(ids, Presence.PRESENT) == 0
    assert say(ids[:1], Presence.LATE) == 1
    assert say(ids[:1], Presence.PRESENT) == 1
    assert AttendanceMark.objects.count() == 4


def test_two_sources_that_differ_wait_for_a_decision(
    training: Training, day: Day, person: Registration, learner: User, colleague: User
) -> None:
    block = day.blocks[0].id
    attendance.mark(person, training, [block], Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=learner))
    attendance.mark(person, training, [block], Presence.ABSENT, attendance.Voice(source=Source.PAPER, by=colleague))
    assert attendance.presences(training)[person.pk][block].is_conflict
    attendance.decide(person, training, [block], Presence.PRESENT, by=colleague, note="Podpis na drugiej stronie")
    assert attendance.presences(training)[person.pk][block].presence is Presence.PRESENT
    attendance.mark(person, training, [block], Presence.ABSENT, attendance.Voice(source=Source.TRAINER, by=learner))
    assert attendance.presences(training)[person.pk][block].disputed
    attendance.decide(person, training, [block], Presence.PRESENT, by=colleague, note="Podpis na drugiej stronie")
    assert not attendance.presences(training)[person.pk][block].disputed


@pytest.mark.parametrize("standing", [Standing.RESERVED, Standing.CANCELLED, Standing.PENDING])
def test_nobody_without_a_place_was_there(training: Training, day: Day, standing: Standing, learner: User) -> None:
    waiting = registered(training, standing)
    with pytest.raises(attendance.Refused, match="nie ma miejsca"):
        attendance.mark(
            waiting, training, [day.blocks[0].id], Presence.PRESENT, attendance.Voice(source=Source.PAPER, by=learner)
        )
    assert attendance.scan(training, day, waiting, day.starts_at).state is ScanState.NO_PLACE


def test_a_block_of_another_training_is_an_error(training: Training, person: Registration, learner: User) -> None:
    with pytest.raises(KeyError):
        attendance.mark(
            person, training, [uuid4()], Presence.PRESENT, attendance.Voice(source=Source.PAPER, by=learner)
        )


def at(day: Day, hour: int, minute: int = 0) -> datetime:
    return day.moment(day.blocks[0].start).replace(hour=hour, minute=minute)


def test_a_scan_too_early_says_when_to_come_back(training: Training, day: Day, person: Registration) -> None:
    found = attendance.scan(training, day, person, at(day, 8, 29))
    assert (found.state, found.at) == (ScanState.EARLY, at(day, 8, 30))
    assert not AttendanceMark.objects.exists()
    assert attendance.scan(training, day, person, at(day, 8, 30)).state is ScanState.CHECKED_IN


def test_a_scan_in_time_marks_the_whole_day_once(training: Training, day: Day, person: Registration) -> None:
    attendance.scan(training, day, person, at(day, 8, 55))
    again = attendance.scan(training, day, person, at(day, 13, 5))
    assert (again.state, again.at) == (ScanState.ALREADY, at(day, 8, 55))
    assert list(AttendanceMark.objects.values_list("presence", flat=True)) == [Presence.PRESENT, Presence.PRESENT]


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (9, 15, [Presence.PRESENT, Presence.PRESENT]),
        (9, 16, [Presence.LATE, Presence.PRESENT]),
        (12, 30, [Presence.PRESENT]),
        (15, 0, [Presence.LATE]),
    ],
)
def test_who_comes_late_is_late(
    training: Training, day: Day, person: Registration, hour: int, minute: int, expected: list[Presence]
) -> None:
    attendance.scan(training, day, person, at(day, hour, minute))
    assert list(AttendanceMark.objects.order_by("pk").values_list("presence", flat=True)) == expected


def test_after_the_day_the_code_does_nothing(training: Training, day: Day, person: Registration) -> None:
    assert attendance.scan(training, day, person, day.ends_at).state is ScanState.OVER
    assert not AttendanceMark.objects.exists()


def test_hours_make_the_verdict(training: Training, person: Registration, learner: User) -> None:
    first, second = training.schedule.days
    ids = [block.id for day in (first, second) for block in day.blocks]
    attendance.mark(person, training, ids[:3], Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=learner))
    attendance.mark(person, training, ids[3:], Presence.EXCUSED, attendance.Voice(source=Source.TRAINER, by=learner))
    found = attendance.verdict_of(training, person)
    assert (found.earned, found.total, found.is_met) == (12, 16, False)
    assert "75%" in found.reason
    assert attendance.verdicts(training) == {person.pk: found}


def test_reading_takes_the_same_queries_for_many(
    training: Training, learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [block.id for day in training.schedule.days for block in day.blocks]
    for _ in range(5):
        attendance.mark(
            registered(training), training, ids, Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=learner)
        )
    with django_assert_num_queries(1):
        attendance.presences(training)
    with django_assert_num_queries(2):
        assert len(attendance.verdicts(training)) == 5


def test_the_hour_of_a_scan_is_that_of_the_clock(training: Training, day: Day, person: Registration) -> None:
    moment = at(day, 9) + timedelta(minutes=3)
    attendance.scan(training, day, person, moment)
    assert set(AttendanceMark.objects.values_list("at", flat=True)) == {moment}
