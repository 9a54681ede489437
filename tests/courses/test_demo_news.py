"""News of the demo site: all of the sources, dated as there, and nothing made twice."""

import re
import tomllib
from typing import Any

import pytest
from django.test import Client

from courses.demo import bank, news
from courses.demo.files import FOLDER, read
from courses.demo.streams import Shelves
from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, NewsTag
from tests import make

TEXTS = tomllib.loads((FOLDER / "news.toml").read_text(encoding="utf-8"))["news"]
KEYS = {"slug", "title", "lead", "author", "sample", "sources", "tags", "related", "body"}
# What the sources date: the articles S0, S3 and S4, and three meetings in S1.
DATED = {
    "dzialania-edukacyjno-informacyjne": "2021-10-07",
    "podsumowanie-projektu-w-lomzy": "2021-10-25",
    "czwarte-spotkanie-w-sandomierzu": "2018-12-17",
    "spotkanie-komitetu-sterujacego": "2021-04-13",
    "zdalne-spotkanie-zespolow-i-komitetu": "2021-03-10",
    "spotkanie-trzech-makroregionow": "2021-03-05",
}


def test_every_article_of_the_sources_is_told() -> None:
    counted = [row["sources"] for row in TEXTS]
    assert {name: counted.count(name) for name in ("S0", "S1", "S2", "S3", "S4")} == {
        "S0": 1, "S1": 10, "S2": 1, "S3": 1, "S4": 1,
    }  # fmt: skip


@pytest.mark.parametrize("row", TEXTS, ids=lambda row: str(row["slug"]))
def test_it_is_complete_and_dated_as_in_its_source(row: dict[str, Any]) -> None:
    assert KEYS <= set(row) <= KEYS | {"date", "time", "date_note"}
    assert str(row.get("date", "")) == DATED.get(row["slug"], "")
    assert "date" in row or row["date_note"]
    assert row["tags"]
    assert set(row["related"]) <= {other["slug"] for other in TEXTS} - {row["slug"]}
    assert len(row["lead"]) <= 300
    assert not re.search("[„”]", row["title"])


def test_what_the_sources_cut_off_is_said_to_be_cut_off() -> None:
    for row in TEXTS:
        if row["sources"] == "S1":
            assert any(
                block["type"] == "callout" and "Czego nie wiemy" in block["value"]["title"] for block in row["body"]
            )


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_an_old_site_gets_what_it_lacks(client: Client) -> None:
    home = make.site()
    index = make.publish(home.add_child(instance=NewsIndexPage(title="Stara lista", slug="aktualnosci")))
    old = NewsPage(title="Stary tytuł", slug="spotkanie-trzech-makroregionow")
    make.publish(index.add_child(instance=old))
    shelves = Shelves(bank.figures(), {})
    for _ in range(2):
        news.build(HomePage.objects.get(), shelves)
        assert NewsPage.objects.live().count() == len(TEXTS)
    assert NewsIndexPage.objects.get().title == "Stara lista"
    assert NewsPage.objects.get(slug="spotkanie-trzech-makroregionow").title == "Stary tytuł"
    assert NewsPage.objects.filter(date=None).count() == len([row for row in TEXTS if "date" not in row])
    assert NewsTag.objects.count() == len({tag for row in TEXTS for tag in row["tags"]})
    assert sum(page.related_links.count() for page in NewsPage.objects.all()) >= len(TEXTS) - 1
    for page in NewsPage.objects.all():
        assert client.get(page.get_url()).status_code == 200
    assert read("news.toml")["lead"]
