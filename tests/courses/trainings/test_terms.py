"""What records are told of the page of a training."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from courses.models import ConsentClause, TrainingPage, TrainingQuota
from courses.trainings.reminder_days import parse_reminder_days
from courses.trainings.terms import announced, training_of
from elearning.records.places import Admission
from elearning.records.training import Window
from tests import make, trainings

pytestmark = pytest.mark.django_db

WARSAW = ZoneInfo("Europe/Warsaw")


def test_days_and_blocks_keep_the_ids_of_the_stream() -> None:
    page = trainings.training(on=date(2027, 3, 27))
    raw = [raw["id"] for raw in page.days.raw_data]
    schedule = training_of(page).schedule
    assert [str(day.id) for day in schedule.days] == raw
    assert [str(block.id) for block in schedule.blocks] == [
        block["id"] for raw in page.days.raw_data for block in raw["value"]["blocks"]
    ]
    assert schedule.hours == Decimal(16)


def test_ten_o_clock_stays_ten_o_clock_over_the_change_to_summer_time() -> None:
    morning = trainings.block("10:00", "12:00")
    page = trainings.training(
        days=[trainings.day(date(2027, 3, 27), morning), trainings.day(date(2027, 3, 28), morning)]
    )
    starts = [day.starts_at for day in training_of(page).schedule.days]
    assert [start.time() for start in starts] == [time(10), time(10)]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=1), timedelta(hours=2)]
    assert page.starts_at == datetime(2027, 3, 27, 10, tzinfo=WARSAW)


def test_the_rules_of_admission() -> None:
    page = trainings.training(capacity=20, approval=True, offer_hours=48)
    institution = make.institution("PCPR A")
    page.quotas = [TrainingQuota(institution=institution, places=2)]
    page = make.publish(page)
    assert training_of(page).admission == Admission(
        capacity=20, approval=True, offer_lasts=timedelta(hours=48), quotas={institution.pk: 2}
    )


def test_clauses_come_with_their_versions() -> None:
    page = trainings.training()
    page.clauses = [ConsentClause.objects.create(name="Wizerunek", text="Zgadzam się na zdjęcia.", required=False)]
    (clause,) = training_of(make.publish(page)).clauses
    assert (clause.title, clause.version, clause.required) == ("Wizerunek", 1, False)


def test_the_window_of_registration() -> None:
    page = trainings.training(on=date(2027, 5, 10), registration_opens_at=datetime(2027, 4, 1, 8, tzinfo=WARSAW))
    training = training_of(page)
    expected = {
        datetime(2027, 4, 1, 7, 59, tzinfo=WARSAW): Window.NOT_YET,
        datetime(2027, 4, 1, 8, tzinfo=WARSAW): Window.OPEN,
        datetime(2027, 5, 10, 8, 59, tzinfo=WARSAW): Window.OPEN,
        datetime(2027, 5, 10, 9, tzinfo=WARSAW): Window.CLOSED,
        datetime(2027, 5, 11, 16, tzinfo=WARSAW): Window.PAST,
    }
    assert {now: training.window(now) for now in expected} == expected


@pytest.mark.parametrize(("text", "days"), [("7, 1", (7, 1)), ("1;7;7", (7, 1)), ("", ()), (" 0 ", (0,))])
def test_days_of_reminders(text: str, days: tuple[int, ...]) -> None:
    assert parse_reminder_days(text) == days


@pytest.mark.parametrize("text", ["jutro", "-1", "61"])
def test_what_is_no_day_of_a_reminder(text: str) -> None:
    with pytest.raises(ValueError, match=r"jutro|-1|61"):
        parse_reminder_days(text)


def test_a_training_without_days_has_no_moments() -> None:
    page: TrainingPage = trainings.training(days=[])
    assert (page.starts_at, page.ends_at) == (None, None)


def test_lists_are_told_what_needs_no_query(django_assert_num_queries: Any) -> None:
    page = TrainingPage.objects.get(pk=trainings.training(capacity=20, by_invitation=True).pk)
    with django_assert_num_queries(0):
        told = announced(page)
    whole = training_of(page)
    assert replace(whole, clauses=(), questions=(), criteria=(), certificate=None) == told
