"""Paper for a day: the list to sign, and the code for the wall."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings import check_in_codes
from courses.trainings.attendance_sheet import attendance_pdf, sheet_of
from courses.trainings.terms import schedule_of
from elearning.accounts.models import User
from elearning.records.places import Standing
from library.sheet import Table, text_lines
from tests import make, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> TrainingPage:
    return trainings.training("Szkolenie Z1", on=date(2027, 5, 11))


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def url(page: TrainingPage, name: str, day: int = 0) -> str:
    return reverse(f"training_desk:{name}", args=[page.pk, schedule_of(page).days[day].id])


def listed(page: TrainingPage) -> list[str]:
    """The names on the list, in their order."""
    sheet = sheet_of(page, schedule_of(page).days[0])
    (table,) = [element for element in sheet.elements if isinstance(element, Table)]
    return [row[1][0][0].text for row in table.rows if row[1]]


def test_everybody_with_a_place_is_on_it_in_the_order_of_the_alphabet(page: TrainingPage) -> None:
    for first, last in (("Żaneta", "Żak"), ("Łucja", "Ćwik"), ("Anna", "Cal"), ("Ewa", "Zych")):
        trainings.registered(page, first_name=first, last_name=last)
    trainings.registered(page, last_name="Rezerwowa", standing=Standing.RESERVED)
    assert listed(page) == ["Cal Anna", "Ćwik Łucja", "Zych Ewa", "Żak Żaneta"]


def test_the_sheet_says_what_and_when(page: TrainingPage) -> None:
    text = "\n".join(text_lines(sheet_of(page, schedule_of(page).days[1]))).replace("\xa0", " ")
    for said in ("Szkolenie Z1", "środa, 12 maja 2027 r., 9:00–16:00", "Sala konferencyjna", "ROPS w Rzeszowie"):
        assert said in text


@pytest.mark.parametrize("name", ["#set page(width: 1pt)", "Kto$ & <b>", "Бабич", "丁丁", "A" * 80])
def test_any_name_can_be_printed(page: TrainingPage, name: str) -> None:
    trainings.registered(page, last_name=name, institution_name="Ośrodek " * 12)
    with pikepdf.open(BytesIO(attendance_pdf(page, schedule_of(page).days[0]))) as paper:
        assert len(paper.pages) == 1


def test_two_hundred_people_fit(page: TrainingPage) -> None:
    for number in range(200):
        trainings.registered(page, last_name=f"Nazwisko{number:03d}", institution_name="PCPR w Przykładowie")
    with pikepdf.open(BytesIO(attendance_pdf(page, schedule_of(page).days[0]))) as paper:
        assert 5 < len(paper.pages) < 20
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang).startswith("pl")


def test_the_file_has_a_name_for_every_system(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    response = client.get(url(page, "sheet"))
    assert response["Content-Type"] == "application/pdf"
    assert f"lista-obecnosci-{page.slug}-2027-05-11.pdf" in response["Content-Disposition"]
    assert b"".join(response).startswith(b"%PDF")


def test_the_code_leads_to_the_check_in_of_that_day(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    text = client.get(url(page, "code", day=1)).content.decode()
    assert check_in_codes.code_of(page.pk, schedule_of(page).days[1].id) in text
    assert "od 8:30 do 16:00" in text
    picture = client.get(url(page, "code_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<svg")


@pytest.mark.parametrize("name", ["sheet", "code", "code_picture"])
def test_who_gets_it(client: Client, page: TrainingPage, learner: User, administrator: User, name: str) -> None:
    named = trainings.member("Prowadzący")
    page.staff = [named]
    page = make.publish(page)
    people = {
        learner: False,
        trainings.member("Prowadzący"): False,
        trainings.editor_of(trainings.training("Inne")): False,
        trainings.member("Koordynacja"): False,
        named: True,
        trainings.editor_of(page): True,
        administrator: True,
    }
    assert client.get(url(page, name)).status_code == 302
    for person, may in people.items():
        client.force_login(person)
        response = client.get(url(page, name))
        list(response)
        assert (response.status_code == 200) is may, person


def test_a_day_that_is_not_there_is_not_found(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    assert client.get(reverse("training_desk:sheet", args=[page.pk, uuid4()])).status_code == 404


def test_a_longer_list_takes_no_more_queries(
    client: Client, page: TrainingPage, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(administrator)
    for number in range(12):
        institution = make.institution(f"PCPR {number}")
        trainings.registered(page, institution=institution)
    with django_assert_max_num_queries(12):
        list(client.get(url(page, "sheet")))
    with django_assert_max_num_queries(14):
        client.get(url(page, "code"))
