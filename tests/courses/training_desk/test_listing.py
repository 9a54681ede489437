"""„Szkolenia” in the admin: order, filters, numbers, and how much they ask of the database."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from courses.models import TrainingIndexPage, TrainingPage
from elearning.records.models import AttendanceMark
from elearning.records.places import Standing
from tests import trainings

URL = "/redakcja/szkolenia/"


def titles(client: Client, **query: str) -> list[str]:
    """The titles of the list in their order."""
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return re.findall(r'/redakcja/szkolenia/\d+/">([^<]+)</a>', answer.content.decode())


def row_of(client: Client, title: str) -> list[str]:
    """The cells of the row of a training, without marks."""
    content = client.get(URL).content.decode()
    row = next(part for part in content.split("<tr>") if title in part)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row.split("<td")[1:]]


def test_those_to_come_go_first_and_past_ones_from_the_last(editorial: Client) -> None:
    today = timezone.localdate()
    for title, days in (("Dawne", -60), ("Za miesiąc", 30), ("Niedawne", -10), ("Jutro", 1)):
        trainings.training(title, on=today + timedelta(days=days))
    trainings.training("Bez programu", days=[])
    assert titles(editorial) == ["Jutro", "Za miesiąc", "Bez programu", "Niedawne", "Dawne"]


def test_the_filters_find_what_was_asked_for(editorial: Client) -> None:
    today = timezone.localdate()
    trainings.training("Łagodne przejścia", on=today + timedelta(days=5), kind="webinar")
    trainings.training("Dawna konferencja", on=today - timedelta(days=40), kind="conference")
    odd = trainings.training("Odwołane spotkanie", on=today + timedelta(days=9), called_off=True, called_off_reason="x")
    odd.unpublish()
    assert titles(editorial, szukaj="LAGODNE przej") == ["Łagodne przejścia"]
    assert titles(editorial, rodzaj="conference") == ["Dawna konferencja"]
    assert titles(editorial, stan="coming") == ["Łagodne przejścia"]
    assert titles(editorial, stan="past") == ["Dawna konferencja"]
    assert titles(editorial, stan="draft") == ["Odwołane spotkanie"]
    assert titles(editorial, stan="called_off") == ["Odwołane spotkanie"]
    assert titles(editorial, od=f"{today:%Y-%m-%d}", do=f"{today + timedelta(days=6):%Y-%m-%d}") == [
        "Łagodne przejścia"
    ]
    assert "Nic nie pasuje" in editorial.get(URL, {"szukaj": "niczego"}).content.decode()


def test_a_wrong_filter_is_said_and_the_rest_stays(editorial: Client) -> None:
    trainings.training("Jedno")
    answer = editorial.get(URL, {"od": "2020-05-02", "do": "2020-05-01", "szukaj": "jedno"})
    assert "Ten dzień musi być taki sam" in answer.content.decode()
    assert "Jedno" in answer.content.decode()


def test_a_row_has_its_numbers(editorial: Client) -> None:
    page = trainings.training("Liczone", capacity=20)
    first = trainings.registered(page)
    for standing in (Standing.ADMITTED, Standing.RESERVED, Standing.PENDING, Standing.PENDING, Standing.CANCELLED):
        trainings.registered(page, standing=standing)
    block = page.days[0].value["blocks"].bound_blocks[0]
    AttendanceMark.objects.create(
        registration=first,
        block=block.id,
        day=page.days[0].value["date"],
        topic="Blok",
        hours=4,
        source="qr",
        presence="present",
        at=timezone.now(),
    )
    numbers = [cell.split(">")[-1].strip() for cell in row_of(editorial, "Liczone")[2:]]
    assert numbers == ["20", "2", "1", "2", "1", "0"]


def test_without_any_training_it_says_so_and_leads_to_the_first(editorial: Client) -> None:
    trainings.index()
    content = editorial.get(URL).content.decode()
    assert "Nie ma jeszcze żadnego szkolenia" in content
    parent = TrainingIndexPage.objects.get()
    assert f"/redakcja/pages/add/courses/trainingpage/{parent.pk}/" in content


def test_five_hundred_trainings_ask_no_more_than_one(editorial: Client, django_assert_max_num_queries: Any) -> None:
    page = trainings.training("Pierwsze")
    _many(page, 499)
    for training in TrainingPage.objects.all()[:60]:
        trainings.registered(training)
    editorial.get(URL)  # what is remembered of a site is remembered
    with django_assert_max_num_queries(20):
        answer = editorial.get(URL, {"strona": "2", "szukaj": "szkolenie"})
    assert "Strona 2 z" in answer.content.decode()
    with django_assert_max_num_queries(20):
        content = editorial.get(URL).content.decode()
    assert "500 wydarzeń" in content


def _many(page: TrainingPage, count: int) -> None:
    """As many more pages beside it, made at once."""
    parent = page.get_parent()
    for number in range(count):
        parent.add_child(
            instance=TrainingPage(
                title=f"Szkolenie {number}",
                slug=f"wiele-{number}",
                starts_at=timezone.now() + timedelta(days=number),
                ends_at=timezone.now() + timedelta(days=number, hours=5),
            )
        )
