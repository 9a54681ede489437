"""The trainer’s list on a phone: ticks kept at once, without network later, and never over the word of another."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from courses.models import TrainingPage
from courses.trainings.terms import schedule_of
from elearning.accounts.models import User
from elearning.records.models import AttendanceMark
from elearning.records.presence import Presence
from tests import make, trainings
from tests.browser.checks import choose, press, stop
from tests.browser.conftest import Browse, Guard

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def trainer(site: object, settings: Any) -> User:
    settings.STAFF_SECOND_FACTOR = False
    return trainings.member("Prowadzący")


@pytest.fixture
def training(trainer: User) -> TrainingPage:
    page = trainings.training("Szkolenie Z1", on=timezone.localdate())
    page.staff = [trainer]
    page = make.publish(page)
    for first, last in (("Łucja", "Żak"), ("Anna", "Ćwik"), ("Jan", "Cal")):
        trainings.registered(page, first_name=first, last_name=last, institution_name="PCPR w\xa0Łańcucie")
    return page


def address(training: TrainingPage) -> str:
    return reverse("trainings:roll", args=[training.slug, schedule_of(training).days[0].id])


def person(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


def kept() -> list[tuple[str, str]]:
    """Who is what, by the marks of the first block."""
    marks = AttendanceMark.objects.filter(topic="Przed południem").order_by("pk")
    return [(name, presence) for name, presence in marks.values_list("registration__last_name", "presence")]


def test_each_tick_is_kept_and_without_network_later(browse: Browse, training: TrainingPage, trainer: User) -> None:
    phone = browse(trainer, width=320, height=640)
    phone.goto(address(training))
    stop(phone)
    choose(phone, person(phone, "Cal Jan").get_by_label("obecny", exact=True))
    expect(person(phone, "Cal Jan")).to_contain_text("Zapisano")
    assert kept()[-1] == ("Cal", Presence.PRESENT)

    phone.context.set_offline(True)
    person(phone, "Ćwik Anna").get_by_label("spóźniony").check()
    expect(phone.get_by_role("main")).to_contain_text("Brak połączenia")
    assert ("Ćwik", Presence.LATE) not in kept()
    phone.context.set_offline(False)
    expect(person(phone, "Ćwik Anna")).to_contain_text("Zapisano")
    assert ("Ćwik", Presence.LATE) in kept()
    phone.reload()
    expect(person(phone, "Ćwik Anna").get_by_label("spóźniony")).to_be_checked()
    stop(phone)


def test_people_are_found_by_name(browse: Browse, training: TrainingPage, trainer: User) -> None:
    phone = browse(trainer, width=320, height=640)
    phone.goto(address(training))
    phone.get_by_label("Znajdź osobę").fill("lucja zak")
    expect(person(phone, "Żak Łucja")).to_be_visible()
    expect(person(phone, "Cal Jan")).to_be_hidden()
    phone.get_by_label("Znajdź osobę").fill("nikt")
    expect(phone.get_by_text("Nie ma na liście nikogo takiego.")).to_be_visible()
    stop(phone)


def test_two_trainers_do_not_write_over_each_other(
    browse: Browse, guard: Guard, training: TrainingPage, trainer: User, administrator: User
) -> None:
    guard.expected.add(409)
    first, second = browse(trainer, width=320, height=640), browse(administrator)
    first.goto(address(training))
    second.goto(address(training))
    person(second, "Żak Łucja").get_by_label("nieobecny").check()
    expect(person(second, "Żak Łucja")).to_contain_text("Zapisano")
    person(first, "Żak Łucja").get_by_label("obecny", exact=True).check()
    expect(person(first, "Żak Łucja")).to_contain_text("Od otwarcia listy zapisano coś innego")
    stop(first)
    assert kept() == [("Żak", Presence.ABSENT)]
    press(first, first.get_by_role("main").get_by_role("button", name="Zapisz"))
    expect(person(first, "Żak Łucja")).to_contain_text("Rozbieżność")
    assert kept() == [("Żak", Presence.ABSENT), ("Żak", Presence.PRESENT)]


def test_without_scripts_it_is_one_form(browse: Browse, training: TrainingPage, trainer: User) -> None:
    phone = browse(trainer, width=320, height=640, java_script_enabled=False)
    phone.goto(address(training))
    person(phone, "Cal Jan").get_by_label("usprawiedliwiony").check()
    person(phone, "Żak Łucja").get_by_label("obecny", exact=True).check()
    phone.get_by_role("main").get_by_role("button", name="Zapisz").click()
    expect(phone.get_by_role("status").first).to_contain_text("2 osoby")
    assert sorted(kept()) == [("Cal", Presence.EXCUSED), ("Żak", Presence.PRESENT)]
