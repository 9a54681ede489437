"""Moves of registrations by the clock, in the trainings where something may move."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.trainings import settling
from elearning.notifications.models import Message
from elearning.records.models import Registration
from elearning.records.places import Standing
from tests import trainings

pytestmark = pytest.mark.django_db


def standing(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.standing


def test_more_places_on_the_page_are_given_out_within_a_minute() -> None:
    page = trainings.training(capacity=1)
    trainings.registered(page)
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    page.capacity = 2
    page.save_revision().publish()

    call_command("settle_registrations")
    call_command("settle_registrations")

    assert standing(waiting) == Standing.ADMITTED
    assert Message.objects.count() == 1


def test_lapsed_offers_go_on_to_the_next() -> None:
    page = trainings.training(capacity=1, offer_hours=24)
    now = timezone.now()
    late = trainings.registered(page, standing=Standing.OFFERED, offered_until=now)
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    assert settling.settle_all(now=now) == 2
    assert (standing(late), standing(waiting)) == (Standing.LAPSED, Standing.OFFERED)


def test_trainings_that_are_over_called_off_or_not_published_are_left_alone() -> None:
    past = trainings.training(on=timezone.localdate() - timedelta(days=9), capacity=5)
    called_off = trainings.training(capacity=5, called_off=True)
    hidden = trainings.training(capacity=5)
    waiting = [trainings.registered(page, standing=Standing.RESERVED) for page in (past, called_off, hidden)]
    hidden.unpublish()
    assert settling.settle_all(now=timezone.now()) == 0
    assert [standing(one) for one in waiting] == [Standing.RESERVED] * 3


def test_nothing_to_do_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    trainings.registered(trainings.training(capacity=1))
    with django_assert_num_queries(1):
        assert settling.settle_all(now=timezone.now()) == 0


def test_a_full_training_with_a_reserve_list_locks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page = trainings.training(capacity=1)
    trainings.registered(page)
    trainings.registered(page, standing=Standing.RESERVED)
    # The trainings; of one its clauses, its quotas and its registrations.
    with django_assert_num_queries(4):
        assert settling.settle_all(now=timezone.now()) == 0


def test_one_that_cannot_be_settled_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = trainings.training(capacity=1), trainings.training(capacity=1)
    waiting = [trainings.registered(page, standing=Standing.RESERVED) for page in (broken, sound)]
    type(broken).objects.filter(pk=broken.pk).update(days='[{"type": "day", "value": {"date": "2026-01-01"}}]')
    assert settling.settle_all(now=timezone.now()) == 1
    assert [standing(one) for one in waiting] == [Standing.RESERVED, Standing.ADMITTED]
    assert "cannot be settled" in caplog.text
