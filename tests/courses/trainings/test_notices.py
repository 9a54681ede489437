"""Reminders before a training, and what waits after it; each of them once, by the clock."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings.notices import tell_due
from courses.trainings.terms import training_of
from elearning.records import reminding
from elearning.records.models import Registration, TrainingBook
from elearning.records.places import Standing
from tests.records.test_attempts import in_threads
from tests.trainings import block, day, registered, training

from .test_announcing import announce, change, letters, method

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = timezone.now()


def soon(days: int, **fields: Any) -> tuple[TrainingPage, Registration, datetime]:
    """A training with its registration of long ago, and eight in the morning that number of days before it."""
    first = timezone.localdate() + timedelta(days=30)
    page = training("Warsztaty", on=first, **fields)
    person = registered(page, "pierwsza@example.org")
    Registration.objects.update(changed_at=NOW - timedelta(days=1))
    return page, person, datetime.combine(first - timedelta(days=days), time(8), WARSAW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "subject"),
    [(7, "Za 7 dni: „Warsztaty”"), (1, "Jutro: „Warsztaty”")],
)
def test_people_are_reminded_in_the_morning_that_number_of_days_before(days: int, subject: str) -> None:
    page, person, morning = soon(days, reminder_days="7, 1")
    told = training_of(page)
    if days == 7:
        assert reminding.remind(told, morning - timedelta(minutes=1)) == 0
    assert reminding.remind(told, morning) == 1
    assert reminding.remind(told, morning + timedelta(minutes=1)) == 0
    [message] = letters("training-reminder:")
    first = told.schedule.days[0].date.isoformat()
    assert message.key == f"training-reminder:{page.pk}:{days}:{person.pk}:{first}"
    assert message.subject == subject
    assert str(person.token) in message.body
    assert method(message) == "REQUEST"


@pytest.mark.django_db
def test_reminder_of_the_day_itself_comes_before_an_early_beginning() -> None:
    page, _person, morning = soon(0, reminder_days="0")
    early = training_of(change(page, days=[day(morning.date(), block("7:30", "9:00"))]))
    assert reminding.remind(early, morning.replace(hour=5, minute=29)) == 0
    assert reminding.remind(early, morning.replace(hour=5, minute=30)) == 1
    assert letters()[0].subject == "Dziś: „Warsztaty”"


@pytest.mark.django_db
def test_after_a_pause_only_the_last_reminder_is_sent() -> None:
    page, _person, morning = soon(1, reminder_days="14, 7, 3, 1")
    assert reminding.remind(training_of(page), morning + timedelta(hours=3)) == 1
    assert ":1:" in letters()[0].key


@pytest.mark.django_db
def test_only_those_with_a_place_who_had_it_then_are_reminded() -> None:
    page, _person, morning = soon(7, reminder_days="7")
    for standing in Standing:
        registered(page, f"{standing}@example.org", standing=standing)
    Registration.objects.update(changed_at=NOW - timedelta(days=1))
    late = registered(page, "pozna@example.org")
    Registration.objects.filter(pk=late.pk).update(changed_at=morning + timedelta(hours=1))
    reminding.remind(training_of(page), morning + timedelta(hours=2))
    assert {message.recipient for message in letters()} == {"pierwsza@example.org", "admitted@example.org"}


@pytest.mark.django_db
def test_training_called_off_begun_or_just_moved_reminds_nobody() -> None:
    page, _person, morning = soon(7, reminder_days="7")
    told = training_of(page)
    assert reminding.remind(told, morning + timedelta(days=7, hours=1)) == 0
    TrainingBook.objects.update(announced_at=morning + timedelta(hours=1))
    assert reminding.remind(told, morning + timedelta(hours=2)) == 0
    TrainingBook.objects.update(announced_at=None)
    assert reminding.remind(training_of(change(page, called_off=True)), morning) == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_remind_everybody_once() -> None:
    page, _person, morning = soon(7, reminder_days="7")
    for _number in range(20):
        registered(page)
    Registration.objects.update(changed_at=NOW - timedelta(days=1))
    told = training_of(page)
    assert sum(in_threads(4, lambda _number: reminding.remind(told, morning))) == 21
    assert len(letters()) == 21


def link(title: str = "Prezentacja") -> Any:
    value = {"title": title, "audience": "all", "url": "https://example.org/prezentacja"}
    return {"type": "link", "value": value, "id": str(uuid4())}


def over(materials: Iterable[Any] = ()) -> TrainingPage:
    """A training that ended yesterday, with one person admitted and one not."""
    page = training("Warsztaty", on=timezone.localdate() - timedelta(days=2), materials=list(materials))
    registered(page, "pierwsza@example.org")
    registered(page, "druga@example.org", standing=Standing.RESERVED)
    return page


@pytest.mark.django_db
def test_those_with_a_place_are_told_of_materials_once_a_set() -> None:
    first, second = link(), link("Nagranie")
    page = over([first])
    now = timezone.now()
    assert [tell_due(now), tell_due(now)] == [1, 0]
    change(page, materials=[first, second])
    assert [tell_due(now), tell_due(now)] == [1, 0]
    change(page, materials=[second])
    assert tell_due(now) == 0
    assert [(message.recipient, message.subject) for message in letters("training-materials:")] == [
        ("pierwsza@example.org", "Materiały: „Warsztaty”"),
        ("pierwsza@example.org", "Nowe materiały: „Warsztaty”"),
    ]


@pytest.mark.django_db
def test_materials_put_up_beforehand_wait_for_the_end() -> None:
    page = training("Warsztaty", materials=[link()])
    registered(page)
    assert tell_due(timezone.now()) == 0
    assert tell_due(timezone.now() + timedelta(days=32)) == 1


@pytest.mark.django_db
def test_being_told_of_materials_does_not_undo_what_is_known_of_the_dates() -> None:
    page = over([link()])
    tell_due(timezone.now())
    assert announce(page) == 0
    assert TrainingBook.objects.get(page=page).sequence == 0


@pytest.mark.django_db
def test_what_is_unpublished_or_long_over_is_left_alone() -> None:
    page = over([link()])
    assert tell_due(timezone.now() + timedelta(days=61)) == 0
    page.unpublish()
    assert tell_due(timezone.now()) == 0


@pytest.mark.django_db
def test_minute_without_news_asks_once_for_all_trainings(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        registered(training(f"Szkolenie {number}", reminder_days="1"))
    tell_due(timezone.now())
    with django_assert_max_num_queries(1):
        assert tell_due(timezone.now()) == 0


@pytest.mark.django_db
def test_training_that_cannot_be_told_of_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = over([link()]), over([link("Nagranie")])
    TrainingBook.objects.filter(page=broken).update(announced={"title": "zepsute"})
    assert tell_due(timezone.now()) == 1
    assert [message.key.split(":")[1] for message in letters()] == [str(sound.pk)]
    assert f"The news of training {broken.pk} cannot be told" in caplog.text
