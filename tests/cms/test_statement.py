"""The accessibility statement: identifiers, headings and dates of the technical conditions 2.0, and its review."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from elearning.accounts.models import User
from elearning.cms import statement_rules
from elearning.cms.admin.statement import review_panel
from tests import make, trainings

from .statement import statement

MANDATORY = (
    *("a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"),
    *("a11y-status", "a11y-data-sporzadzenie", "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura"),
    *("a11y-architektura", "a11y-komunikacja"),
)
CONDITIONAL = ("a11y-data-przeglad", "a11y-ocena", "a11y-aplikacje", "a11y-architektura-url")
FULL = {
    "problems": [("item", "Brak opisów")],
    "burdens": "<p>Koszt.</p>",
    "reviewed_on": date(2027, 3, 30),
    "facilities": "<p>Kontrast.</p>",
    "shortcuts": "<p>Brak.</p>",
    "apps": "<p>Aplikacja.</p>",
    "architecture_url": "https://example.org/dojazd",
}


class Headings(HTMLParser):
    """The headings of the content, each as its level and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.level = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.level = tag
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.level:
            self.level = ""

    def handle_data(self, data: str) -> None:
        if self.level:
            level, words = self.found[-1]
            self.found[-1] = (level, words + data.replace("\xa0", " "))


def content(client: Client) -> str:
    page = client.get("/deklaracja-dostepnosci/").content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.django_db
def test_every_mandatory_part_stands_there_once(client: Client) -> None:
    statement()
    html = content(client)
    ids = re.findall(r'id="(a11y-[a-z-]+)"', html)
    assert sorted(ids) == sorted(MANDATORY)


@pytest.mark.django_db
def test_conditional_parts_stand_there_when_they_apply(client: Client) -> None:
    statement(**FULL)
    ids = re.findall(r'id="(a11y-[a-z-]+)"', content(client))
    assert sorted(ids) == sorted((*MANDATORY, *CONDITIONAL))


@pytest.mark.django_db
def test_headings_follow_the_conditions(client: Client) -> None:
    statement(**FULL)
    assert Headings(content(client)).found == [
        ("h1", "Deklaracja dostępności"),
        ("h2", "Stan dostępności cyfrowej"),
        ("h2", "Niedostępne treści"),
        ("h3", "Niezgodność z załącznikiem"),
        ("h3", "Treści nieobjęte przepisami"),
        ("h3", "Nadmierne koszty"),
        ("h2", "Przygotowanie deklaracji dostępności"),
        ("h2", "Udogodnienia, ograniczenia i inne informacje"),
        ("h2", "Skróty klawiszowe"),
        ("h2", "Informacje zwrotne i dane kontaktowe"),
        ("h2", "Obsługa wniosków i skarg związanych z dostępnością"),
        ("h2", "Pozostałe informacje"),
        ("h3", "Aplikacje mobilne"),
        ("h3", "Dostępność architektoniczna"),
        ("h3", "Dostępność komunikacyjno-informacyjna"),
    ]


@pytest.mark.django_db
def test_dates_are_machine_readable(client: Client) -> None:
    statement()
    html = content(client).replace("\xa0", " ")
    assert '<time id="a11y-data-sporzadzenie" datetime="2027-02-05">5 lutego 2027 r.</time>' in html
    assert '<time id="a11y-data-publikacja" datetime="2026-01-02">' in html


@pytest.mark.django_db
def test_the_state_is_told_in_the_words_of_the_conditions(client: Client) -> None:
    statement()
    said = (
        "Strona internetowa jest częściowo zgodna z załącznikiem do ustawy z dnia 4 kwietnia 2019 r. o dostępności "
        "cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych z powodu niezgodności lub wyłączeń "
        "wymienionych poniżej."
    )
    assert said in content(client).replace("\xa0", " ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"updated_on": date(2025, 1, 1)}, "updated_on"),
        ({"reviewed_on": date(2026, 1, 1)}, "reviewed_on"),
        ({"status": "full", "problems": [("item", "Brak opisów")]}, "status"),
        ({"exclusions": []}, "problems"),
        ({"phone": "zadzwoń"}, "phone"),
    ],
)
def test_contradictions_are_refused_at_the_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        statement(**fields)
    assert field in refused.value.message_dict


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_the_next_review_is_due_in_the_year_after_the_last(made_on: date, reviewed_on: date) -> None:
    due = statement_rules.review_by(made_on, reviewed_on)
    assert (due.month, due.day, due.year) == (3, 31, max(made_on, reviewed_on).year + 1)
    assert not statement_rules.is_overdue(made_on, reviewed_on, due)
    assert statement_rules.is_to_be_reminded(made_on, reviewed_on, due)


@pytest.mark.django_db
def test_editors_of_the_statement_are_reminded(administrator: User) -> None:
    page = statement(made_on=date(2020, 5, 5), published_on=date(2020, 1, 1), updated_on=date(2020, 1, 1))
    panel = review_panel(administrator)
    assert panel is not None
    html = panel.render_html().replace("\xa0", " ")
    assert "31 marca 2021 r." in html
    assert review_panel(trainings.editor_of(trainings.training())) is None
    page.reviewed_on = timezone.localdate()
    make.publish(page)
    assert review_panel(administrator) is None


@pytest.mark.django_db
def test_the_front_page_of_the_admin_shows_it(client: Client, administrator: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    statement(made_on=date(2020, 5, 5), published_on=date(2020, 1, 1), updated_on=date(2020, 1, 1))
    client.force_login(administrator)
    assert "Przegląd deklaracji dostępności miał być" in client.get("/redakcja/").content.decode()
