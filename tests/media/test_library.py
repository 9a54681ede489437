"""The library of films: what it lists, what it finds, what it costs."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from elearning.institutions.models import TerritorialUnit
from media.models import FilmPage
from tests.media import films

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\n00:01:05.000 --> 00:01:09.000\nW gminie wiejskiej działa asystentka.\n"


def text(query: str = "", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/filmy/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


@pytest.fixture
def three() -> list[FilmPage]:
    """A rural one of a known place, an urban one, and one at a hosting service."""
    voivodeship = TerritorialUnit.objects.get_or_create(
        code="18", defaults={"name": "podkarpackie", "kind": "voivodeship"}
    )[0]
    county = TerritorialUnit.objects.get_or_create(
        code="1808", defaults={"name": "leżajski", "kind": "county", "parent": voivodeship}
    )[0]
    commune = {"name": "Kuryłówka", "kind": "commune", "commune_type": 2, "parent": county}
    place = TerritorialUnit.objects.get_or_create(code="1808032", defaults=commune)[0]
    rural = films.film(
        "Zespół na wsi", live=True, track="rural", place=place, vtt=VTT, video=films.video(duration=120_000)
    )
    rural.topics.add("Praca z rodziną")
    rural.save()
    urban = films.film("Miasto razem", live=True, track="urban", video=films.video(duration=400_000))
    other = films.film(
        "Film w serwisie", live=True, video=None, external_url="https://vimeo.com/1", external_minutes=20
    )
    return [rural, urban, other]


def shown(query: str) -> set[str]:
    page = text(query)
    return {title for title in ("Zespół na wsi", "Miasto razem", "Film w serwisie") if title in page}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Zespół na wsi", "Miasto razem", "Film w serwisie"}),
        ("?model=rural", {"Zespół na wsi"}),
        ("?wojewodztwo=18", {"Zespół na wsi"}),
        ("?gmina=1808032", {"Zespół na wsi"}),
        ("?dlugosc=krotkie", {"Zespół na wsi"}),
        ("?dlugosc=srednie", {"Miasto razem"}),
        ("?dlugosc=dlugie", {"Film w serwisie"}),
        ("?model=urban&wojewodztwo=18", set()),
        ("?model=nieznany&dlugosc=x&gmina=0", {"Zespół na wsi", "Miasto razem", "Film w serwisie"}),
    ],
)
def test_films_are_chosen_by_what_stands_in_the_address(three: list[FilmPage], query: str, expected: set[str]) -> None:
    assert shown(query) == expected


def test_films_are_chosen_by_topic(three: list[FilmPage]) -> None:
    assert shown(f"?temat={three[0].topics.get().slug}") == {"Zespół na wsi"}


def test_places_without_films_are_not_offered(three: list[FilmPage]) -> None:
    page = text()
    assert "podkarpackie" in page
    assert "mazowieckie" not in page


@pytest.mark.parametrize("words", ["asystentki", "gminach wiejskich", "zespol", "DZIAŁA"])
def test_what_is_said_is_found_with_the_second(three: list[FilmPage], words: str) -> None:
    call_command("update_index", verbosity=0)
    page = text(f"?q={words}")
    assert "Zespół na wsi" in page
    assert "Miasto razem" not in page
    if words != "zespol":
        assert f"/filmy/{three[0].slug}/?t=65" in page
        assert "W gminie wiejskiej działa asystentka." in page


@pytest.mark.parametrize(
    "query",
    ["?q=", "?q=" + "a" * 500, "?q=%25%27%22%3C%5C", "?q=%F0%9F%98%80", "?q=' OR 1=1", "?strona=9999", "?strona=x"],
)
def test_odd_addresses_give_sensible_pages(three: list[FilmPage], query: str) -> None:
    call_command("update_index", verbosity=0)
    text(query)


def test_words_that_are_nowhere_find_nothing(three: list[FilmPage]) -> None:
    call_command("update_index", verbosity=0)
    assert "Nie ma takich filmów" in text("?q=lokomotywa")


def test_restricted_films_and_drafts_are_not_listed(three: list[FilmPage], as_learner: Client) -> None:
    PageViewRestriction.objects.create(page=three[0], restriction_type="login")
    three[1].unpublish()
    call_command("update_index", verbosity=0)
    assert shown("") == {"Film w serwisie"}
    assert shown("?q=asystentka") == set()
    assert "Zespół na wsi" in text(client=as_learner)


def test_the_list_goes_over_several_pages() -> None:
    for number in range(14):
        films.film(f"Film numer {number}", live=True)
    assert "14 filmów" in text()
    assert "strona=2" in text()
    assert "strona 2" in text("?strona=2")


def test_an_empty_library_says_so() -> None:
    films.index()
    assert "Nie ma jeszcze filmów" in text()


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_costs_the_same_for_many_films(number: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(number):
        films.film(live=True, vtt=VTT)
    call_command("update_index", verbosity=0)
    text()
    with django_assert_max_num_queries(14):
        text()
    with django_assert_max_num_queries(15):
        text("?q=asystentka")
