"""What search engines are told, as values."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms import structured
from elearning.cms.structured import Attendance, Site, Venue
from tests.cms.front.vocabulary import faults

SITE = Site("https://modele.example.pl", "Modele Kooperacji", "/static/img/mark.svg")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = "https://modele.example.pl/tu/"
EVENT: dict[str, Any] = {
    "name": "Szkolenie",
    "description": "O kooperacji.",
    "starts": NOON,
    "ends": NOON + timedelta(hours=6),
    "attendance": Attendance.ON_SITE,
    "url": HERE,
    "venue": Venue("Sala", "Rynek 1", "Kielce"),
}
FILM: dict[str, Any] = {
    "name": "Film",
    "description": "O zespole.",
    "uploaded": NOON,
    "thumbnail": "https://modele.example.pl/a.jpg",
    "milliseconds": 65_000,
}
NEWS: dict[str, Any] = {"headline": "Nowe", "published": date(2020, 1, 2), "modified": NOON}
COURSE: dict[str, Any] = {"name": "Kurs", "description": "O modelu.", "provider": "ROPS"}


@pytest.mark.parametrize(
    "thing",
    [
        structured.organization(SITE),
        structured.website(SITE, search="/szukaj/?q="),
        structured.breadcrumbs(SITE, [{"title": "Start", "url": "/"}, {"title": "Tu", "url": "/tu/"}]),
        structured.placed(structured.web_page(name="Strona"), SITE, url=HERE),
        structured.placed(structured.news_article(**NEWS), SITE, url=HERE),
        structured.placed(structured.news_article(**NEWS, author="Anna Nowak"), SITE, url=HERE, image=HERE + "a.jpg"),
        structured.placed(structured.course(**COURSE), SITE, url=HERE),
        structured.placed(structured.course(**COURSE, hours=8, blended=True), SITE, url=HERE),
        structured.placed(structured.event(**EVENT), SITE, url=HERE),
        structured.placed(structured.event(**{**EVENT, "attendance": Attendance.ONLINE}), SITE, url=HERE),
        structured.placed(
            structured.event(**{**EVENT, "attendance": Attendance.HYBRID}, is_called_off=True), SITE, url=HERE
        ),
        structured.placed(structured.video(**FILM, content=HERE + "a.mp4"), SITE, url=HERE),
        structured.placed(structured.video(**FILM, player="https://player.vimeo.com/video/1"), SITE, url=HERE),
    ],
)
def test_each_thing_is_what_search_engines_ask_for(thing: structured.Thing) -> None:
    assert faults(thing) == []


def test_the_check_finds_faults() -> None:
    assert faults({"@type": "Event", "name": "", "startDate": "2026-11-23T12:00:00", "colour": "red"}) != []
    assert faults({"@type": "Recipe"}) == ["Recipe is no type of ours"]


@given(st.text())
def test_no_text_leaves_the_element_of_the_data(text: str) -> None:
    written = structured.as_json([structured.web_page(name=text or "x")])
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["@graph"][0]["name"] == (text or "x")


def test_an_end_of_script_in_a_title_is_harmless() -> None:
    written = structured.as_json([structured.web_page(name="</script><script>alert(1)</script><!--")])
    assert "\\u003c/script\\u003e" in written


def test_where_an_event_takes_place() -> None:
    at_place = structured.event(**EVENT)["location"]
    online = structured.event(**{**EVENT, "attendance": Attendance.ONLINE})["location"]
    both = structured.event(**{**EVENT, "attendance": Attendance.HYBRID})["location"]
    assert at_place["@type"] == "Place"
    assert online == {"@type": "VirtualLocation", "url": HERE}
    assert [place["@type"] for place in both] == ["Place", "VirtualLocation"]


def test_what_is_called_off_says_so() -> None:
    assert structured.event(**EVENT)["eventStatus"].endswith("/EventScheduled")
    assert structured.event(**EVENT, is_called_off=True)["eventStatus"].endswith("/EventCancelled")


def test_a_film_without_a_picture_is_not_told_of() -> None:
    assert structured.video(**{**FILM, "thumbnail": ""}) == {}


@pytest.mark.parametrize(("milliseconds", "expected"), [(65_000, "PT1M5S"), (3_600_000, "PT1H"), (400, "PT0S")])
def test_how_long_a_film_is(milliseconds: int, expected: str) -> None:
    assert structured.video(**{**FILM, "milliseconds": milliseconds})["duration"] == expected


def test_the_home_page_has_no_way_to_itself() -> None:
    assert structured.breadcrumbs(SITE, [{"title": "Start", "url": "/"}]) == {}


def test_news_without_an_author_is_spoken_by_the_site() -> None:
    told = structured.placed(structured.news_article(**NEWS), SITE, url=HERE)
    assert told["author"] == told["publisher"] == {"@id": SITE.organization_id}
