"""J24: the code of the day scanned too early, then in time while logged out: present once. Tomorrow’s is refused."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from courses.models import TrainingPage
from courses.trainings import check_in_codes
from courses.trainings.terms import schedule_of
from elearning.accounts.models import User
from elearning.records.models import AttendanceMark
from elearning.records.presence import Presence, Source
from elearning.records.schedule import ZONE
from tests import trainings
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse
from tests.browser.steps import log_in, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def training(site: object) -> TrainingPage:
    """Today and tomorrow, from nine o’clock."""
    return trainings.training("Szkolenie Z1", on=timezone.localdate())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock of the server to a time of today."""
    today = timezone.localdate()

    def set_to(hour: int, minute: int) -> None:
        moment = datetime.combine(today, time(hour, minute), ZoneInfo(ZONE))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def code(training: TrainingPage, day: int) -> str:
    """What the code of that day opens."""
    return reverse("trainings:check_in", args=[check_in_codes.code_of(training.pk, schedule_of(training).days[day].id)])


def told(phone: Page, title: str) -> Locator:
    """The content of the page, once it has that title; accessible and no wider than the screen."""
    expect(phone.get_by_role("heading", level=1)).to_contain_text(title)
    stop(phone)
    return phone.get_by_role("main")


def test_too_early_then_in_time_then_tomorrow(
    browse: Browse, training: TrainingPage, learner: User, clock: Any
) -> None:
    trainings.registered(training, user=learner)
    phone = browse(width=320, height=640)
    clock(8, 25)
    phone.goto(code(training, 0))
    main = told(phone, "Jeszcze nie")
    expect(main).to_contain_text("Obecność potwierdzisz od 8:30")

    clock(8, 45)
    press(phone, main.get_by_role("link", name="Spróbuj ponownie"))
    press(phone, told(phone, "Potwierdź obecność").get_by_role("link", name="Zaloguj się"))
    log_in(phone, learner.email)
    expect(main).to_contain_text(f"Potwierdzasz obecność jako {learner.first_name}")
    assert not AttendanceMark.objects.exists()
    press(phone, told(phone, "Potwierdź obecność").get_by_role("button", name="Potwierdzam obecność"))
    told(phone, "Obecność potwierdzona")

    clock(8, 52)
    phone.goto(code(training, 0))
    expect(told(phone, "Obecność jest już potwierdzona")).to_contain_text("jest zapisana od 8:45")
    marks = AttendanceMark.objects.values_list("source", "presence")
    assert list(marks) == [(Source.QR, Presence.PRESENT)] * 2

    phone.goto(code(training, 1))
    told(phone, "Ten kod jest na inny dzień")
    assert AttendanceMark.objects.count() == 2


def test_without_an_account_the_code_of_the_message_opens_it(
    browse: Browse, training: TrainingPage, clock: Any
) -> None:
    registration = trainings.registered(training, "ola@example.org")
    clock(9, 20)
    phone = browse(width=320, height=640)
    phone.goto(code(training, 0))
    phone.get_by_label("Adres e-mail ze zgłoszenia").fill("ola@example.org")
    phone.get_by_label("Kod zgłoszenia").fill("000000")
    submit(phone, "Potwierdzam obecność")
    expect(phone.get_by_role("alert")).to_contain_text("Nie znamy takiego adresu")
    expect(phone.get_by_label("Adres e-mail ze zgłoszenia")).to_have_value("ola@example.org")
    stop(phone)
    phone.get_by_label("Kod zgłoszenia").fill(registration.short_code.lower())
    submit(phone, "Potwierdzam obecność")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Obecność potwierdzona")
    assert set(AttendanceMark.objects.values_list("topic", "presence")) == {
        ("Przed południem", Presence.LATE),
        ("Po południu", Presence.PRESENT),
    }


def test_the_code_on_the_wall(browse: Browse, training: TrainingPage, administrator: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    wall = browse(administrator, width=320, height=640)
    wall.goto(reverse("training_desk:code", args=[training.pk, schedule_of(training).days[0].id]))
    expect(wall.get_by_role("img", name="Kod QR")).to_be_visible()
    expect(wall.get_by_role("main")).to_contain_text(code(training, 0))
    stop(wall)
