"""The three models, their comparison and the glossary, as their readers see them."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from elearning.accounts.models import User
from elearning.cms.models import Datum, TrackPage
from tests import make

from . import builders

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_the_list_leads_to_each_model_and_compares_them(client: Client) -> None:
    builders.index(comparison=[builders.row("Zespół"), builders.row("Cel", is_common=True)])
    builders.track("rural", title="Gminy wiejskie", slug="gminy-wiejskie")
    builders.track("urban", title="Miasta", slug="miasta")
    text = read(client, "/modele/")
    assert 'href="/modele/gminy-wiejskie/"' in text
    assert text.index("Czym się różnią") < text.index("Zespół: urban") < text.index("Co mają wspólnego")
    assert text.index("Co mają wspólnego") < text.index("Cel: rural")


def test_an_empty_list_says_nothing_of_a_comparison(client: Client) -> None:
    builders.index()
    assert "Podobieństwa" not in read(client, "/modele/")


def test_drafts_and_restricted_models_are_not_listed(client: Client) -> None:
    draft, closed = builders.track("rural", title="Szkic"), builders.track("urban", title="Zamknięty")
    draft.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    text = read(client, "/modele/")
    assert "Szkic" not in text
    assert "Zamknięty" not in text


def test_each_model_has_one_page() -> None:
    builders.track("rural")
    with pytest.raises(ValidationError, match="Model kooperacji"):
        builders.index().add_child(instance=TrackPage(title="Drugi", slug="drugi", track="rural"))


def test_levels_stand_from_the_widest_with_their_roles(client: Client) -> None:
    pzk = builders.term()
    roles = [
        builders.role("family", "Rodzina"),
        builders.role("county", "Zespół", term=pzk),
        builders.role("voivodeship", "ROPS"),
    ]
    builders.track(roles=roles)
    text = read(client, "/modele/rural/")
    assert text.index("ROPS") < text.index('<a href="/slownik/#pzk">Zespół</a>') < text.index("Rodzina")
    assert ">Gmina<" not in text


def test_steps_lead_to_what_everybody_may_open(client: Client) -> None:
    course = make.course("Kurs otwarty")
    hidden = make.course("Kurs ukryty")
    hidden.unpublish()
    builders.track(stages=[builders.stage("Zespół", course, hidden), builders.stage("Ocena")], course=course)
    text = read(client, "/modele/rural/")
    assert "Krok etapu Zespół" in text
    assert f'<a href="/kursy/{course.slug}/">Kurs otwarty</a>' in text
    assert "Kurs ukryty" not in text
    assert "Zobacz kurs o tym modelu" in text


def test_results_are_figures_with_their_source(client: Client) -> None:
    datum = Datum.objects.create(value="86,34%", label="uznało model za skuteczny", source="Badanie")
    builders.track(figures=[("datum", datum), ("paragraph", "<p>Reszty źródło nie podaje.</p>")])
    text = read(client, "/modele/rural/")
    assert "86,34%" in text
    assert datum.address in text


def test_a_page_without_parts_shows_only_what_there_is(client: Client) -> None:
    builders.track()
    text = read(client, "/modele/rural/")
    for part in ("Kto jest kim", "Etapy", "Korzyści", "Wyniki", "Zobacz kurs"):
        assert part not in text


def test_terms_stand_in_the_order_of_the_alphabet_each_at_its_anchor(client: Client) -> None:
    builders.glossary()
    for name in ("Żak", "Łódź", "Lato", "Animator"):
        builders.term(name, "")
    builders.term()
    text = read(client, "/slownik/")
    places = [text.index(f'id="{anchor}"') for anchor in ("animator", "lato", "lodz", "pzk", "zak")]
    assert places == sorted(places)
    assert text.index(">L<") < text.index(">Ł<")


def test_an_empty_glossary_says_so(client: Client) -> None:
    builders.glossary()
    assert "Słownik jest jeszcze pusty" in read(client, "/slownik/")


def test_more_content_takes_no_more_queries(
    client: Client, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [make.course(f"Kurs {number}") for number in range(4)]
    terms = [builders.term(f"Pojęcie {number}", "") for number in range(4)]
    figures = [Datum.objects.create(value=f"{number}", label=f"liczba {number}", source="B") for number in range(4)]
    builders.glossary()
    builders.track(
        roles=[builders.role("county", term.name, term=term) for term in terms],
        stages=[builders.stage(f"Etap {page.pk}", page, *pages) for page in pages],
        figures=[("datum", figure) for figure in figures],
        pack=[("page", page) for page in pages],
        course=pages[0],
    )
    builders.track("urban")
    for address in ("/modele/", "/modele/rural/", "/slownik/"):
        with django_assert_max_num_queries(12):
            client.get(address)
