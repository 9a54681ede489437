"""What is done once a night: by one worker, also after a night that was missed or a command that failed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from elearning.notifications import nights
from elearning.notifications.models import NightlyRun
from elearning.records.models import Enrolment
from tests import make

# Warsaw is one hour ahead in winter, two in summer.
NIGHT = datetime(2026, 11, 16, 2, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """The names of the nightly commands that ran: „first”, which fails while „broken” is in this list, and „second”."""
    done: list[str] = []

    def run(name: str, **options: Any) -> None:
        done.append(name)
        if name == "first" and "broken" in done:
            raise RuntimeError(name)

    monkeypatch.setattr(nights, "call_command", run)
    settings.EVERY_NIGHT = ["first", "second"]
    return done


@pytest.mark.django_db
def test_it_works(ran: list[str]) -> None:
    assert nights.run_due(NIGHT) == ["first", "second"]
    assert ran == ["first", "second"]
    assert NightlyRun.objects.exclude(finished_at=None).count() == 2


@pytest.mark.django_db
def test_once_a_night_is_enough(ran: list[str], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    nights.run_due(NIGHT)

    with django_assert_max_num_queries(4):  # every minute: as little as can be
        assert nights.run_due(NIGHT + timedelta(minutes=1)) == []
    assert nights.run_due(NIGHT + 23 * HOUR) == []
    assert nights.run_due(NIGHT + DAY) == ["first", "second"]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 16, 1, 59, tzinfo=UTC), date(2026, 11, 15)),  # 02:59 in Warsaw
        (datetime(2026, 11, 16, 2, 0, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 16, 22, 59, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 16, 23, 30, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 7, 1, 0, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 7, 1, 1, 0, tzinfo=UTC), date(2026, 7, 1)),
        # The night in which the clock is turned back from three to two, and the one in which it is put forward.
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_the_day_begins_at_three_oclock_here(now: datetime, day: date) -> None:
    assert nights.day_due(now) == day


@pytest.mark.django_db
def test_a_site_that_was_down_makes_up_for_the_night(ran: list[str]) -> None:
    nights.run_due(NIGHT)

    assert nights.run_due(NIGHT + 3 * DAY + 9 * HOUR) == ["first", "second"]
    assert ran == ["first", "second"] * 2


@pytest.mark.django_db
def test_a_failed_command_is_logged_tried_again_and_keeps_no_other_waiting(
    ran: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    ran.append("broken")

    assert nights.run_due(NIGHT) == ["second"]
    assert "The nightly command first failed" in caplog.text
    assert nights.run_due(NIGHT + HOUR / 2) == []
    ran.remove("broken")
    assert nights.run_due(NIGHT + HOUR) == ["first"]
    assert nights.run_due(NIGHT + 5 * HOUR) == []


@pytest.mark.django_db
def test_the_work_of_a_worker_that_died_is_taken_over(ran: list[str]) -> None:
    NightlyRun.objects.create(command="first", day=date(2026, 11, 16), claimed_at=NIGHT)

    assert nights.run_due(NIGHT + HOUR / 2) == ["second"]
    assert nights.run_due(NIGHT + HOUR) == ["first"]


@pytest.mark.django_db
def test_the_database_allows_one_run_of_a_command_a_day() -> None:
    NightlyRun.objects.create(command="first", day=date(2026, 11, 16), claimed_at=NIGHT)

    with pytest.raises(IntegrityError):
        NightlyRun.objects.create(command="first", day=date(2026, 11, 16), claimed_at=NIGHT)


def in_threads(count: int, work: Callable[[], list[str]]) -> list[str]:
    """What so many workers finished, one after the other."""

    def closed(_number: int) -> list[str]:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [name for names in pool.map(closed, range(count)) for name in names]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("left_behind", [False, True])
def test_workers_at_the_same_time_do_it_once(ran: list[str], left_behind: bool) -> None:
    if left_behind:
        for name in ("first", "second"):
            NightlyRun.objects.create(command=name, day=date(2026, 11, 16), claimed_at=NIGHT - 2 * HOUR)

    assert sorted(in_threads(6, lambda: nights.run_due(NIGHT))) == ["first", "second"]
    assert sorted(ran) == ["first", "second"]


@pytest.mark.django_db
def test_the_nightly_command_recomputes_completions(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    course = make.course(lessons=1)
    make.enrolment(make.user(), course)

    call_command("nightly")
    assert "Wykonano: recompute." in capsys.readouterr().out
    call_command("nightly")
    assert capsys.readouterr().out == ""
    assert Enrolment.objects.get().completed_at is None
    assert set(NightlyRun.objects.values_list("command", flat=True)) == set(settings.EVERY_NIGHT)
    assert {run.day for run in NightlyRun.objects.all()} == {nights.day_due(timezone.now())}


def test_this_layer_names_no_command_of_those_above() -> None:
    app = Path(nights.__file__).parent
    above = {"caption_deadlines", "end_attempts", "recompute"}

    found = [path.name for path in app.rglob("*.py") if any(name in path.read_text() for name in above)]

    assert found == []
