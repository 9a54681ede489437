"""The head of pages: one address for each, what is shared, data for search engines; the map of the site and 404."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from elearning.cms.models import HomePage, NewsIndexPage, NewsPage
from elearning.cms.views import words_of
from elearning.institutions.models import TerritorialUnit
from media.models import Rendition
from tests import make, trainings
from tests.cms.front.vocabulary import faults
from tests.library import documents
from tests.media import films

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')


def head(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode().partition("</head>")[0]


def told(address: str) -> dict[str, dict[str, Any]]:
    """The things that a page tells of, by their type."""
    blocks = DATA.findall(head(address))
    assert len(blocks) == 1
    return {thing["@type"]: thing for thing in json.loads(blocks[0])["@graph"]}


def meta(address: str) -> dict[str, str]:
    found = META.findall(head(address))
    assert len(found) - len(dict(found)) <= 1  # theme-color is there for light and for dark
    return dict(found)


def test_every_kind_of_page_tells_what_it_is(article: NewsPage) -> None:
    film = films.film(video=films.video(duration=65_000), live=True)
    document = documents.document()
    documents.version(document)
    kinds = {
        "/": "WebPage",
        "/aktualnosci/": "WebPage",
        "/aktualnosci/pierwsza/": "NewsArticle",
        f"/kursy/{make.course(lead='O modelu.').slug}/": "Course",
        f"/szkolenia/{trainings.training(lead='O zespole.').slug}/": "Event",
        f"/filmy/{film.slug}/": "WebPage",
        f"/dokumenty/{document.slug}/": "WebPage",
    }
    for address, kind in kinds.items():
        things = told(address)
        assert {"Organization", "WebSite", kind} <= set(things), address
        assert ("BreadcrumbList" in things) == (address != "/"), address
        assert [fault for thing in things.values() for fault in faults(thing)] == [], address
        assert things[kind]["url"] == f"{settings.BASE_URL}{address}"


def test_a_film_with_a_picture_is_told_of_as_a_film() -> None:
    video = films.video(duration=65_000)
    made = Rendition(video=video, kind=Rendition.Kind.POSTER, state=Rendition.State.DONE)
    made.file.name = "films/probny/obraz.jpg"
    made.save()
    page = films.film(video=video, live=True, lead="O zespole.", first_published_at=timezone.now())
    things = told(f"/filmy/{page.slug}/")
    assert [fault for thing in things.values() for fault in faults(thing)] == []
    film = things["VideoObject"]
    assert film["thumbnailUrl"] == [f"{settings.BASE_URL}/filmy/{page.slug}/-/plik/{video.key}/obraz.jpg"]
    assert film["contentUrl"].endswith(".mp4")
    assert film["duration"] == "PT1M5S"


def test_where_a_training_takes_place_is_told() -> None:
    TerritorialUnit.objects.create(code="18", name="podkarpackie", kind="voivodeship")
    page = trainings.training(lead="O zespole.", address="ul. Szkolna 1, Rzeszów", place_id="18")
    place = told(f"/szkolenia/{page.slug}/")["Event"]["location"]
    assert place["name"] == "Sala konferencyjna"
    assert place["address"]["addressRegion"] == "podkarpackie"
    assert "addressLocality" not in place["address"]


def test_every_page_can_be_shared(article: NewsPage) -> None:
    article.lead = "Co się zmieniło „w gminach”."
    make.publish(article)
    found = meta("/aktualnosci/pierwsza/")
    assert found["description"] == found["og:description"] == "Co się zmieniło „w gminach”."
    assert found["og:title"] == "Pierwsza wiadomość"
    assert found["og:type"] == "article"
    assert found["og:locale"] == "pl_PL"
    assert found["og:url"] == f"{settings.BASE_URL}/aktualnosci/pierwsza/"


def test_a_page_without_a_lead_still_has_a_description(article: NewsPage) -> None:
    assert meta("/aktualnosci/pierwsza/")["description"] == "Pierwsza wiadomość – Modele Kooperacji"


def test_a_title_cannot_leave_the_data(article: NewsPage) -> None:
    article.title = "</script><script>alert(1)</script>"
    make.publish(article)
    assert told("/aktualnosci/pierwsza/")["NewsArticle"]["headline"] == article.title
    assert "<script>alert" not in head("/aktualnosci/pierwsza/")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?strona=1", ""),
        ("?strona=2", "?strona=2"),
        ("?strona=9999", "?strona=2"),
        ("?strona=abc", ""),
        ("?rok=2020", ""),
        ("?rok=2020&strona=2", ""),
        ("?utm_source=list", ""),
    ],
)
def test_one_address_for_each_page_of_a_list(article: NewsPage, query: str, canonical: str) -> None:
    index = NewsIndexPage.objects.get()
    for number in range(12):
        make.publish(index.add_child(instance=NewsPage(title=f"Wiadomość {number}", date="2020-01-01")))
    assert CANONICAL.findall(head(f"/aktualnosci/{query}")) == [f"{settings.BASE_URL}/aktualnosci/{canonical}"]


def test_pages_that_are_no_content_tell_nothing(site: HomePage) -> None:
    for address in ("/konto/login/", "/zaswiadczenia/"):
        assert DATA.findall(head(address)) == []
        assert CANONICAL.findall(head(address)) == []


def addresses() -> list[str]:
    response = Client().get("/sitemap.xml")
    assert response.headers["Content-Type"].startswith("application/xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = ElementTree.fromstring(response.content).findall("s:url/s:loc", names)
    return [str(place.text).removeprefix(settings.BASE_URL) for place in found]


def test_the_map_lists_what_everybody_can_open(article: NewsPage, django_assert_max_num_queries: Any) -> None:
    make.publish(article)
    course = make.course(lessons=2)
    index = NewsIndexPage.objects.get()
    index.add_child(instance=NewsPage(title="Szkic", slug="szkic", live=False))
    closed = make.publish(index.add_child(instance=NewsPage(title="Zamknięta", slug="zamknieta")))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    addresses()
    with django_assert_max_num_queries(4):
        listed = addresses()
    assert listed == ["/", "/kursy/", f"/kursy/{course.slug}/", "/aktualnosci/", "/aktualnosci/pierwsza/"]
    for address in listed:
        assert Client().get(address).status_code == 200


def test_robots_are_shown_the_map() -> None:
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in Client().get("/robots.txt").content.decode()


def test_404_leads_on(article: NewsPage, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        response = Client().get("/aktualnosci/praca-z-rodzina/")
    text = response.content.decode()
    assert response.status_code == 404
    assert 'action="/szukaj/"' in text
    assert 'value="praca z rodzina"' in text
    assert '<a href="/aktualnosci/">Aktualności</a>' in text
    assert '<a href="/kursy/">Katalog kursów</a>' in text
    assert "/filmy/" not in text.partition("<main")[2]
    assert "http://testserver/aktualnosci/praca-z-rodzina/" in text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/filmy/piecza-zastepcza.html", "piecza zastepcza"),
        ("/Aktualności/Żółć_i_inne/", "Żółć i inne"),
        ("/", ""),
        ("/a/" + "b" * 500, "b" * 100),
        ("/<script>alert('x')</script>", "script"),
        ("/%'\"\\;--/", ""),
    ],
)
def test_what_an_address_says_in_words(address: str, words: str) -> None:
    assert words_of(address) == words


def test_odd_addresses_are_not_found_and_harm_nothing(site: HomePage) -> None:
    for address in ("/%3Cscript%3Ealert(1)%3C/script%3E/", "/%00/", "/" + "a" * 3000 + "/", "/?q=%27%22/x"):
        response = Client().get(address)
        assert response.status_code in (200, 404)
        assert "<script>alert" not in response.content.decode()
