"""J28: under a rule of 80 %, 13 of 16 hours give a certificate; 12 are refused, and both sides read that it is 75 %."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import TrainingPage
from courses.trainings.terms import schedule_of, training_of
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.models import Certificate, Registration
from elearning.records.presence import Presence, Source
from tests import make, trainings
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HOURS = (4, 4, 3, 4, 1)


@pytest.fixture
def training(site: object, settings: Any) -> TrainingPage:
    """Two days of 16 teaching hours, over since yesterday."""
    settings.STAFF_SECOND_FACTOR = False
    first = timezone.localdate() - timedelta(days=3)
    morning, noon, early, late, end = (
        trainings.block(f"{8 + number}:00", f"{9 + number}:00", f"Blok {number + 1}", hours=hours)
        for number, hours in enumerate(HOURS)
    )
    days = [trainings.day(first, morning, noon), trainings.day(first + timedelta(days=1), early, late, end)]
    return trainings.training("Szkolenie Z1", on=first, days=days, certificate_share=80)


def present(page: TrainingPage, name: str, *, missed: int) -> Registration:
    """Somebody whom the trainer saw in all blocks but one."""
    registration = trainings.registered(page, first_name="Anna", last_name=name)
    there = [block.id for number, block in enumerate(schedule_of(page).blocks) if number != missed]
    voice = attendance.Voice(source=Source.TRAINER, by=make.user())
    attendance.mark(registration, training_of(page), there, Presence.PRESENT, voice)
    return registration


def own(registration: Registration) -> str:
    return f"/szkolenia/{registration.training.slug}/-/zgloszenie/{registration.token}/"


def test_thirteen_hours_are_enough_and_twelve_are_not(
    browse: Browse, training: TrainingPage, administrator: User
) -> None:
    enough, too_few = present(training, "Trzynaście", missed=2), present(training, "Dwanaście", missed=1)

    desk = browse(administrator)
    desk.goto(f"/redakcja/szkolenia/{training.pk}/zaswiadczenia/")
    refused = desk.get_by_role("row", name="Dwanaście")
    expect(refused).to_contain_text("12 z\xa016")
    expect(refused).to_contain_text("75%")
    press(desk, desk.get_by_role("button", name="Wystaw zaświadczenia zaznaczonym"))
    expect(desk.get_by_text("Wystawiono 1\xa0zaświadczenie.")).to_be_visible()
    expect(desk.get_by_role("row", name="Trzynaście").get_by_role("link")).to_have_text(
        Certificate.objects.get().number
    )
    expect(refused).to_contain_text("Nie.")

    phone = browse(width=320, height=640)
    phone.goto(own(enough))
    expect(phone.get_by_role("main")).to_contain_text("13 z\xa016")
    expect(phone.get_by_role("link", name="Pobierz zaświadczenie")).to_be_visible()
    stop(phone)
    phone.goto(own(too_few))
    expect(phone.get_by_role("main")).to_contain_text("75%")
    expect(phone.get_by_role("link", name="Pobierz zaświadczenie")).to_have_count(0)
    stop(phone)
    assert Certificate.objects.get().registration == enough
