"""The register of gminy and powiaty: its page, its filters, its file, and the page of a gmina."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from elearning.cms.models.participation import Participation
from elearning.cms.models.places import PlacesPage
from elearning.institutions.models import TerritorialUnit

from .builders import commune, participation, places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    call_command("load_teryt", verbosity=0)


@pytest.fixture
def page() -> PlacesPage:
    """Two gminy of Podlasie in testing, their powiat, a gmina of an unknown stage, a town of another model."""
    participation("2007022", first_year=2019, last_year=2020, list_is_complete=True)
    participation("2007052", first_year=2019, last_year=2020, list_is_complete=True)
    participation("2007", list_is_complete=True)
    participation("1808032", phase="")
    participation("1213011", track="urban", source_url="https://example.org/lista")
    return places_page()


def listed(client: Client, query: str = "") -> list[str]:
    """The codes of the units in the list."""
    answer = client.get(f"/gminy/{query}")
    assert answer.status_code == 200
    return [entry.unit_id for entry in answer.context["page_obj"].object_list]


def test_it_works(client: Client, page: PlacesPage) -> None:
    text = client.get("/gminy/").content.decode()
    assert "4&nbsp;gminy i&nbsp;1&nbsp;powiat" in text
    assert 'href="/gminy/2007052/"' in text
    assert "Ta lista nie jest pełna" in text
    assert 'aria-label="podlaskie 3: 2 gminy, 1 powiat"' in text
    assert 'aria-label="lubuskie: brak wpisów"' in text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["1808032", "2007022", "2007", "1213011", "2007052"]),
        ("?model=urban", ["1213011"]),
        ("?wojewodztwo=20", ["2007022", "2007", "2007052"]),
        ("?etap=nieznany", ["1808032"]),
        ("?etap=testing&model=rural&wojewodztwo=18", []),
        ("?model=nie-ma&wojewodztwo=99&etap=x", ["1808032", "2007022", "2007", "1213011", "2007052"]),
        ("?wojewodztwo=' OR 1=1 --", ["1808032", "2007022", "2007", "1213011", "2007052"]),
        ("?strona=9999", ["1808032", "2007022", "2007", "1213011", "2007052"]),
        ("?strona=-1&model=%00", ["1808032", "2007022", "2007", "1213011", "2007052"]),
    ],
)
def test_filters_in_the_address(client: Client, page: PlacesPage, query: str, codes: list[str]) -> None:
    assert sorted(listed(client, query)) == sorted(codes)


def test_tile_leads_to_its_voivodeship_and_keeps_the_other_filters(client: Client, page: PlacesPage) -> None:
    text = client.get("/gminy/?model=rural").content.decode()
    assert 'href="/gminy/?model=rural&amp;wojewodztwo=20"' in text
    chosen = client.get("/gminy/?model=rural&wojewodztwo=20").content.decode()
    assert 'href="/gminy/?model=rural"' in chosen
    assert "Wybrane, pokaż wszystkie" in chosen
    assert 'aria-label="pod- karpackie 1: 1 gmina, 0 powiatów"' in chosen


def test_nothing_found_leads_back(client: Client, page: PlacesPage) -> None:
    text = client.get("/gminy/?model=urban&wojewodztwo=20").content.decode()
    assert "Nie ma takich wpisów" in text
    assert "Pokaż wszystkie wpisy" in text


def test_complete_list_is_not_said_to_be_cut_off(client: Client, page: PlacesPage) -> None:
    assert "Ta lista nie jest pełna" not in client.get("/gminy/?wojewodztwo=20").content.decode()


def test_empty_register_says_so(client: Client) -> None:
    places_page()
    assert "Rejestr jest jeszcze pusty" in client.get("/gminy/").content.decode()


def test_file_has_what_the_list_has(client: Client, page: PlacesPage) -> None:
    answer = client.get("/gminy/-/csv/?wojewodztwo=20")
    assert answer["Content-Disposition"] == 'attachment; filename="gminy-i-powiaty.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Kod TERC"] for row in rows] == ["2007022", "2007", "2007052"]
    first = rows[0]
    assert (first["Nazwa"], first["Rodzaj"], first["Powiat"], first["Województwo"]) == (
        "Łomża",
        "gmina wiejska",
        "łomżyński",
        "podlaskie",
    )
    assert (first["Od roku"], first["Do roku"], first["Lista w\xa0źródle"]) == ("2019", "2020", "pełna")


def test_long_register_has_pages(client: Client, page: PlacesPage) -> None:
    for number in range(10, 90):
        commune(f"2007{number}2", f"Wola {number}")
        participation(f"2007{number}2")
    assert len(listed(client)) == 50
    assert len(listed(client, "?strona=2")) == 35
    assert "strona 2" in client.get("/gminy/?strona=2&model=rural").content.decode()


def test_cost_does_not_grow(
    client: Client, page: PlacesPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counties = list(TerritorialUnit.objects.filter(kind="county").values_list("pk", flat=True))
    TerritorialUnit.objects.bulk_create(
        [
            TerritorialUnit(
                code=f"{counties[number % 300]}{10 + number // 300}2",
                name=f"Wola {number}",
                search_name=f"wola {number}",
                kind="commune",
                commune_type=2,
                parent_id=counties[number % 300],
            )
            for number in range(2400)
        ],
        ignore_conflicts=True,
    )
    units = TerritorialUnit.objects.filter(kind="commune", search_name__startswith="wola ")
    Participation.objects.bulk_create(
        [Participation(unit=unit, track="rural", phase="testing", source="Strona") for unit in units]
    )
    assert units.count() > 2000
    for address in ("/gminy/", "/gminy/?strona=7&model=rural&wojewodztwo=20&etap=testing", "/gminy/2007052/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_page_of_a_gmina_says_what_is_known(client: Client, page: PlacesPage) -> None:
    text = client.get("/gminy/2007052/").content.decode()
    assert "<h1>Gmina wiejska Piątnica</h1>" in text
    assert "testowanie modelu, 2019–2020" in text
    assert "To gmina wiejska." in text
    assert 'href="/gminy/2007022/"' in text  # Łomża in the same powiat
    assert 'href="/dokumenty/?model=rural"' in text
    assert "Liczba mieszkańców" not in text


def test_page_of_a_gmina_that_is_not_in_the_register(client: Client, page: PlacesPage) -> None:
    text = client.get("/gminy/2005092/").content.decode()
    assert "Nie mamy informacji o&nbsp;udziale tej gminy" in text
    assert "W&nbsp;tym samym województwie" in text


def test_page_of_a_powiat_and_of_a_city(client: Client, page: PlacesPage) -> None:
    assert "<h1>Powiat łomżyński</h1>" in client.get("/gminy/2007/").content.decode()
    city = client.get("/gminy/2062011/").content.decode()
    assert "<h1>Miasto Łomża</h1>" in city
    assert "miasto na prawach powiatu" in city
    assert "nie mamy jej w&nbsp;rejestrze" in city
    assert "<h1>Miasto Łomża na prawach powiatu</h1>" in client.get("/gminy/2062/").content.decode()


@pytest.mark.parametrize("code", ["9999999", "20", "200", "abcdefg", "2007052x", "20070522", "٢٠٠٧٠٥٢"])
def test_unknown_code_is_not_found(client: Client, page: PlacesPage, code: str) -> None:
    assert client.get(f"/gminy/{code}/").status_code == 404


def test_draft_and_restricted_register_are_closed(client: Client, page: PlacesPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for address in ("/gminy/", "/gminy/2007052/", "/gminy/-/csv/"):
        assert client.get(address).status_code == 302
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    for address in ("/gminy/", "/gminy/2007052/", "/gminy/-/csv/"):
        assert client.get(address).status_code == 404


def test_register_is_found_by_names_and_mapped(client: Client, page: PlacesPage) -> None:
    assert {"Piątnica", "Kuryłówka", "łomżyński"} <= set(page.search_text().split())
    locations = [url["location"] for url in page.get_sitemap_urls()]
    assert locations[0].endswith("/gminy/")
    assert f"{locations[0]}2007052/" in locations
    assert len(locations) == 6


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"unit_id": "20"}, "unit"),
        ({"first_year": 1999}, "first_year"),
        ({"last_year": 2020}, "first_year"),
        ({"first_year": 2020, "last_year": 2019}, "__all__"),
    ],
)
def test_editors_are_told_what_is_wrong(fields: dict[str, object], field: str) -> None:
    entry = Participation(**{"unit_id": "2007052", "track": "rural", "source": "Strona", **fields})  # type: ignore[misc]
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_database_keeps_one_entry_of_a_phase() -> None:
    participation("2007052")
    with pytest.raises(IntegrityError), transaction.atomic():
        participation("2007052")
    with pytest.raises(IntegrityError), transaction.atomic():
        participation("2007022", first_year=2020, last_year=2019)


@pytest.mark.parametrize(
    ("first", "last", "words"), [(None, None, ""), (2020, None, "2020"), (2019, 2020, "2019–2020")]
)
def test_years_in_words(first: int | None, last: int | None, words: str) -> None:
    assert Participation(first_year=first, last_year=last).years == words
