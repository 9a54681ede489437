"""Checking in by the code of the day: early, late, of another day, logged out, without an account, without a place."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings import check_in_codes
from courses.trainings.terms import training_of
from courses.views.trainings import check_in
from elearning.accounts.models import User
from elearning.records.models import AttendanceMark
from elearning.records.places import Standing
from elearning.records.schedule import ZONE
from tests import trainings

pytestmark = pytest.mark.django_db

FIRST = date(2027, 5, 11)


@pytest.fixture
def page() -> TrainingPage:
    return trainings.training(on=FIRST)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock of the first day: `clock(8, 25)`, or of a day after it."""

    def set_to(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
        on = FIRST + timedelta(days=day)
        moment = datetime.combine(on, time(hour, minute), ZoneInfo(ZONE))
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return set_to


def url(page: TrainingPage, day: int = 0) -> str:
    return f"/szkolenia/-/obecnosc/{check_in_codes.code_of(page.pk, training_of(page).schedule.days[day].id)}/"


def told(client: Client, address: str, **typed: str) -> str:
    """What the page says; posted where something is typed."""
    response = client.post(address, typed) if typed else client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_code_names_its_page_and_day_and_no_other() -> None:
    page = trainings.training()
    day = training_of(page).schedule.days[0].id
    code = check_in_codes.code_of(page.pk, day)
    assert check_in_codes.read(code) == (page.pk, day)
    for forged in (code[:-1], f"{page.pk + 1}{code[1:]}", f"{page.pk}-{day.hex}", "x", ""):
        assert check_in_codes.read(forged) is None


def test_whoever_has_a_place_checks_in_with_one_press(
    page: TrainingPage, clock: Any, client: Client, learner: User
) -> None:
    registration = trainings.registered(page, user=learner)
    clock(8, 45)
    client.force_login(learner)
    assert "Potwierdzam obecność" in told(client, url(page))
    assert not AttendanceMark.objects.exists()
    assert "Obecność potwierdzona" in told(client, url(page), ok="1")
    clock(9, 30)
    assert "już potwierdzona" in told(client, url(page))
    assert "8:45" in told(client, url(page), ok="1")
    assert list(AttendanceMark.objects.values_list("registration", flat=True)) == [registration.pk] * 2


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ((8, 25, 0), "Obecność potwierdzisz od 8:30"),
        ((16, 0, 0), "już się skończyły"),
        ((9, 0, -1), "Ten kod jest na inny dzień"),
        ((9, 0, 1), "Ten kod jest z innego dnia"),
    ],
)
def test_at_another_time_the_code_says_when(
    page: TrainingPage, clock: Any, client: Client, learner: User, when: tuple[int, int, int], said: str
) -> None:
    trainings.registered(page, user=learner)
    hour, minute, day = when
    clock(hour, minute, day=day)
    assert said in told(client, url(page))
    client.force_login(learner)
    assert said in told(client, url(page))
    assert said in told(client, url(page), ok="1")
    assert not AttendanceMark.objects.exists()


def test_a_stranger_is_shown_the_way_to_log_in_and_back(page: TrainingPage, clock: Any, client: Client) -> None:
    clock(9)
    assert f"/konto/login/?next={url(page).replace('/', '%2F')}" in told(client, url(page))


def test_without_an_account_address_and_code_open_it(page: TrainingPage, clock: Any, client: Client) -> None:
    registration = trainings.registered(page, "Krzysztof.Nowak@example.org")
    clock(9)
    typed = {"email": "krzysztof.nowak@EXAMPLE.org", "code": f" {registration.short_code.lower()} "}
    assert "Obecność potwierdzona" in told(client, url(page), **typed)
    assert AttendanceMark.objects.filter(registration=registration).count() == 2


def test_a_wrong_address_and_a_wrong_code_are_told_alike(page: TrainingPage, clock: Any, client: Client) -> None:
    registration = trainings.registered(page, "krzysztof@example.org")
    clock(9)
    unknown = check_in.UNKNOWN.replace("\xa0", " ")
    assert unknown in told(client, url(page), email="krzysztof@example.org", code="000000")
    assert unknown in told(client, url(page), email="inny@example.org", code=registration.short_code)
    text = told(client, url(page), email="to nie adres", code="")
    assert "to nie adres" in text
    assert "Podaj kod zgłoszenia" in text
    assert not AttendanceMark.objects.exists()


def test_guessing_ends_soon(page: TrainingPage, clock: Any, client: Client) -> None:
    registration = trainings.registered(page, "krzysztof@example.org")
    clock(9)
    for number in range(check_in.TRIES):
        told(client, url(page), email="krzysztof@example.org", code=f"{number:06d}")
    text = told(client, url(page), email="krzysztof@example.org", code=registration.short_code)
    assert check_in.TOO_MANY.replace("\xa0", " ") in text
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("standing", [Standing.RESERVED, Standing.CANCELLED, Standing.PENDING])
def test_without_a_place_it_says_so(
    page: TrainingPage, clock: Any, client: Client, learner: User, standing: Standing
) -> None:
    trainings.registered(page, user=learner, standing=standing)
    clock(9)
    client.force_login(learner)
    for typed in ({}, {"ok": "1"}):
        assert "Nie masz miejsca" in told(client, url(page), **typed)
    assert not AttendanceMark.objects.exists()


def test_on_another_account_it_says_what_to_do(page: TrainingPage, clock: Any, client: Client, colleague: User) -> None:
    clock(9)
    client.force_login(colleague)
    assert "Na tym koncie nie ma zgłoszenia" in told(client, url(page), ok="1")


def test_whoever_came_back_after_cancelling_has_a_place(
    page: TrainingPage, clock: Any, client: Client, learner: User
) -> None:
    trainings.registered(page, user=learner)
    trainings.registered(page, user=learner, standing=Standing.CANCELLED)
    clock(9)
    client.force_login(learner)
    assert "Obecność potwierdzona" in told(client, url(page), ok="1")


def test_a_forged_code_and_an_unpublished_training_are_not_found(
    page: TrainingPage, clock: Any, client: Client
) -> None:
    clock(9)
    assert client.get("/szkolenia/-/obecnosc/1-x.y/").status_code == 404
    address = url(page)
    page.unpublish()
    assert client.get(address).status_code == 404


def test_a_training_that_was_called_off_says_so(clock: Any, client: Client, learner: User) -> None:
    page = trainings.training(on=FIRST, called_off=True, called_off_reason="Prowadząca zachorowała.")
    trainings.registered(page, user=learner)
    clock(9)
    client.force_login(learner)
    assert "Prowadząca zachorowała." in told(client, url(page), ok="1")


def test_a_hall_full_of_people_takes_few_queries(
    page: TrainingPage, clock: Any, client: Client, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        trainings.registered(page)
    trainings.registered(page, user=learner)
    clock(9)
    client.force_login(learner)
    with django_assert_max_num_queries(10):
        told(client, url(page))
    with django_assert_max_num_queries(18):
        told(client, url(page), ok="1")
