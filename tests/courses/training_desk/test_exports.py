"""Lists taken away: what stands in the files, in Polish Excel too, and that it is written down who took them."""

import csv
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import PageLogEntry

from courses.models import TrainingPage
from elearning.institutions.models import TerritorialUnit
from elearning.records.models import AcceptedClause, AttendanceMark, Registration
from elearning.records.places import Standing
from tests import make, trainings

KINDS = ["zgloszenia", "obecnosc", "finansujacy", "kontakty"]


def content(client: Client, page: TrainingPage, kind: str) -> bytes:
    answer = client.get(f"/redakcja/szkolenia/{page.pk}/eksport/{kind}/")
    assert answer.status_code == 200
    assert kind.split(".", maxsplit=1)[0] in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def csv_of(client: Client, page: TrainingPage, key: str) -> list[list[str]]:
    raw = content(client, page, f"{key}.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def xlsx_of(client: Client, page: TrainingPage, key: str) -> list[list[Any]]:
    book = load_workbook(BytesIO(content(client, page, f"{key}.xlsx")))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


@pytest.fixture
def one(page: TrainingPage) -> Registration:
    """Żaneta Gęś with an answer that is a formula, one clause and the first of four blocks."""
    unit = TerritorialUnit.objects.create(code="18", name="podkarpackie", kind="voivodeship")
    office = make.institution("PCPR w\xa0Łańcucie", unit=unit)
    one = trainings.registered(
        page,
        "ges@example.org",
        first_name="Żaneta",
        last_name="Gęś",
        institution=office,
        function="kierowniczka",
        answers=[{"id": str(uuid4()), "question": "Skąd wiesz?", "answer": "=HYPERLINK(1)"}],
        criteria=[{"id": str(uuid4()), "text": "Mała gmina", "points": 3}],
        points=3,
    )
    AcceptedClause.objects.create(
        registration=one, key=uuid4(), title="RODO", version=2, text="Zgoda", given_at=timezone.now()
    )
    block = page.days[0].value["blocks"].bound_blocks[0]
    AttendanceMark.objects.create(
        registration=one,
        block=block.id,
        day=page.days[0].value["date"],
        topic="Blok",
        hours=4,
        source="qr",
        presence="present",
        at=timezone.now(),
    )
    return one


def named(rows: list[list[Any]], row: int = 1) -> dict[Any, Any]:
    return dict(zip(rows[0], rows[row], strict=False))


@pytest.mark.parametrize("read", [csv_of, xlsx_of])
def test_registrations_have_everything_that_was_said(
    desk: Client, page: TrainingPage, one: Registration, read: Any
) -> None:
    trainings.registered(page, standing=Standing.CANCELLED, first_name="Ola", last_name="Lis")
    rows = read(desk, page, "zgloszenia")
    assert len(rows) == 3
    row = named(rows)
    assert (row["Nazwisko"], row["Imię"], row["E-mail"]) == ("Gęś", "Żaneta", "ges@example.org")
    assert (row["Instytucja"], row["Stan"]) == ("PCPR w\xa0Łańcucie", "przyjęte")
    assert row["Skąd wiesz?"] == "'=HYPERLINK(1)"
    assert (row["Mała gmina"], row["Zgoda: RODO"]) == ("tak", "tak, wersja 2")
    assert str(row["Punkty"]) == "3"
    assert named(rows, 2)["Zgoda: RODO"] == "nie"


def test_presence_has_blocks_and_hours(desk: Client, page: TrainingPage, one: Registration) -> None:
    rows = xlsx_of(desk, page, "obecnosc")
    assert len(rows[0]) == 4 + 4 + 3
    assert rows[1][4:8] == ["obecność", "brak danych", "brak danych", "brak danych"]
    assert [float(cell) for cell in rows[1][8:]] == [4, 16, 25]
    assert csv_of(desk, page, "obecnosc")[1][-1] == "25,0"


def test_differing_sources_are_said(desk: Client, page: TrainingPage, one: Registration) -> None:
    mark = one.marks.get()
    mark.pk, mark.source, mark.presence, mark.by = None, "trainer", "absent", trainings.member("Redakcja")
    mark.save()
    assert xlsx_of(desk, page, "obecnosc")[1][4] == "rozbieżność"


def test_the_list_for_the_funder_has_no_pesel_and_says_what_to_check(
    desk: Client, page: TrainingPage, one: Registration
) -> None:
    rows = csv_of(desk, page, "finansujacy")
    row = named(rows)
    assert (row["Nazwisko"], row["Województwo instytucji"]) == ("Gęś", "podkarpackie")
    assert row["Typ instytucji"] == "powiatowe centrum pomocy rodzinie (PCPR)"
    assert row["Wziął udział"] == "tak"
    assert row["Data rozpoczęcia udziału"] < row["Data zakończenia udziału"]
    assert [row[name] for name in ("PESEL", "Płeć", "Niepełnosprawność")] == ["", "", ""]
    assert "SM EFS" in rows[-1][0]


def test_contacts_are_those_with_a_place_in_alphabetical_order(
    desk: Client, page: TrainingPage, one: Registration
) -> None:
    trainings.registered(page, "lis@example.org", first_name="Ola", last_name="Ćma")
    trainings.registered(page, standing=Standing.RESERVED)
    rows = csv_of(desk, page, "kontakty")
    assert [row[0] for row in rows[1:]] == ["Ćma", "Gęś"]
    assert rows[0] == ["Nazwisko", "Imię", "E-mail"]


@pytest.mark.parametrize("key", KINDS)
def test_an_empty_training_gives_the_head(desk: Client, page: TrainingPage, key: str) -> None:
    assert csv_of(desk, page, key)[0]


def test_who_took_which_list_is_written_down(desk: Client, organiser: Any, page: TrainingPage, one: Any) -> None:
    content(desk, page, "kontakty.xlsx")
    entry = PageLogEntry.objects.get(action="trainings.export")
    assert (entry.user, entry.data) == (organiser, {"title": "Lista kontaktów", "format": "xlsx", "count": 1})
    shown = desk.get(f"/redakcja/szkolenia/{page.pk}/").content.decode()
    assert "Lista kontaktów (XLSX), wiersze: 1" in shown


@pytest.mark.parametrize("kind", ["pesel.csv", "zgloszenia.pdf", "zgloszenia", ".xlsx"])
def test_other_lists_are_not_found(desk: Client, page: TrainingPage, kind: str) -> None:
    assert desk.get(f"/redakcja/szkolenia/{page.pk}/eksport/{kind}/").status_code == 404


@pytest.mark.parametrize("key", KINDS)
def test_many_rows_ask_no_more_queries(
    desk: Client, page: TrainingPage, one: Registration, key: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        trainings.registered(page)
    content(desk, page, f"{key}.csv")
    with django_assert_max_num_queries(24):
        assert len(csv_of(desk, page, key)) >= 32
