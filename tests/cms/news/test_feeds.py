"""Atom and RSS: valid, Polish, with whole addresses, for strangers."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from elearning.cms.models import HomePage, NewsIndexPage
from tests.cms.news import builders

pytestmark = pytest.mark.django_db
ATOM, RSS = "/aktualnosci/-/kanal.atom", "/aktualnosci/-/kanal.rss"
A = "{http://www.w3.org/2005/Atom}"
BASE = "https://modele.example.org"


@pytest.fixture(autouse=True)
def _base(settings: Any) -> None:
    settings.BASE_URL = BASE


def feed(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    kind = "atom" if address == ATOM else "rss"
    assert response["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_atom_works(client: Client, index: NewsIndexPage) -> None:
    builders.news(
        "Spotkanie <w> Łomży & okolicy", lead="Było.", author="Anna", slug="spotkanie", topics=["Łódź"],
        date=date(2021, 10, 25), time="12:30",
    )  # fmt: skip
    root = feed(client, ATOM)
    assert root.tag == f"{A}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "pl"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")}
    assert links == {"alternate": f"{BASE}/aktualnosci/", "self": f"{BASE}{ATOM}"}
    entry = root.find(f"{A}entry")
    assert entry is not None
    assert entry.findtext(f"{A}title") == "Spotkanie <w> Łomży & okolicy"
    assert entry.findtext(f"{A}id") == f"{BASE}/aktualnosci/spotkanie/"
    assert entry.findtext(f"{A}published") == "2021-10-25T12:30:00+02:00"
    assert entry.findtext(f"{A}updated")
    assert entry.findtext(f"{A}summary") == "Było."
    assert entry.findtext(f"{A}author/{A}name") == "Anna"
    assert [category.get("term") for category in entry.findall(f"{A}category")] == ["Łódź"]


def test_rss_works(client: Client, index: NewsIndexPage) -> None:
    builders.news("Spotkanie", slug="spotkanie", date=date(2021, 10, 25))
    channel = feed(client, RSS).find("channel")
    assert channel is not None
    assert channel.findtext("language") == "pl"
    assert channel.findtext("link") == f"{BASE}/aktualnosci/"
    assert channel.findtext("item/link") == f"{BASE}/aktualnosci/spotkanie/"
    assert channel.findtext("item/guid") == f"{BASE}/aktualnosci/spotkanie/"
    assert channel.findtext("item/pubDate") == "Mon, 25 Oct 2021 00:00:00 +0200"


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_an_empty_list_is_a_valid_feed(client: Client, index: NewsIndexPage, address: str) -> None:
    root = feed(client, address)
    assert not root.findall(f"{A}entry")
    assert not root.findall("channel/item")
    if address == ATOM:  # RFC 4287 §4.1.1
        assert all(root.findtext(f"{A}{name}") for name in ("id", "title", "updated"))
        assert root.findtext(f"{A}author/{A}name")
    else:
        assert all(root.findtext(f"channel/{name}") for name in ("title", "link", "description"))


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_restricted_news_and_drafts_are_not_in_feeds(client: Client, index: NewsIndexPage, address: str) -> None:
    builders.restrict(builders.news("Zamknięta"))
    builders.news("Zdjęta").unpublish()
    builders.news("Otwarta")
    text = client.get(address).content.decode()
    assert "Otwarta" in text
    assert "Zamknięta" not in text
    assert "Zdjęta" not in text


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_there_is_no_feed_of_a_closed_list_or_of_none(client: Client, site: HomePage, address: str) -> None:
    assert client.get(address).status_code == 404
    index = builders.index()
    builders.restrict(index)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_pasted_control_characters_do_not_break_a_feed(client: Client, index: NewsIndexPage, address: str) -> None:
    builders.news("Zła\x0b wiadomość", lead="Od\x01 czytnika", author="A\x1fB", topics=["te\x02mat"])
    assert "Zła wiadomość" in ElementTree.tostring(feed(client, address), encoding="unicode")


def test_a_day_that_is_not_that_of_publication_is_not_told(client: Client, index: NewsIndexPage) -> None:
    builders.news(date=date(2021, 3, 5), date_note="dzień spotkania")
    builders.news(date_note="źródło nie podaje daty")
    assert feed(client, ATOM).findall(f".//{A}published") == []
    assert feed(client, RSS).findall(".//item/pubDate") == []


def test_the_list_names_its_feeds(client: Client, index: NewsIndexPage) -> None:
    page = client.get("/aktualnosci/").content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" title="Aktualności (Atom)" href="{ATOM}">' in page
    assert f'<link rel="alternate" type="application/rss+xml" title="Aktualności (RSS)" href="{RSS}">' in page


@pytest.mark.parametrize("rows", [2, 20])
def test_query_budget_holds_as_news_grow(
    client: Client, index: NewsIndexPage, rows: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(rows):
        builders.news(topics=["a", "b"])
    with django_assert_max_num_queries(8):
        client.get(ATOM)
