"""The shelf of documents: what it lists, what it finds, what it costs."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from library.models import DocumentIndexPage, DocumentPage
from library.stored import store
from tests.library import documents

pytestmark = pytest.mark.django_db


def saying(words: str) -> dict[str, Any]:
    """A version without fields that says this and nothing else."""
    return {"form_fields": [], "parts": [{"type": "paragraph", "value": {"text": words}}]}


TITLES = ("Porozumienie zespołu", "Zgoda rodziny", "Wyniki badań")


def text(query: str = "", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/dokumenty/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


@pytest.fixture
def three() -> list[DocumentPage]:
    """A rural template for institutions, one for families, and a material of all models."""
    agreement = documents.document(
        "Porozumienie zespołu",
        urban=False,
        urban_rural=False,
        stage="agreement",
        purpose="Ustala zadania instytucji w gminach wiejskich.",
    )
    consent = documents.document("Zgoda rodziny", audience="families", stage="diagnosis", rural=False)
    research = documents.document("Wyniki badań", kind="research", stage="evaluation", lead="Łódź i okolice.")
    documents.version(agreement)
    documents.version(consent, **saying("Wyrażam zgodę na spotkania."))
    stored = store(b"%PDF-1.7 raport", name="raport.pdf")
    documents.version(research, source="file", file=stored, form_fields=[], parts=[])
    call_command("update_index", verbosity=0)
    return [agreement, consent, research]


def shown(query: str, client: Client | None = None) -> set[str]:
    page = text(query, client)
    return {title for title in TITLES if title in page}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", set(TITLES)),
        ("?rodzaj=template", {"Porozumienie zespołu", "Zgoda rodziny"}),
        ("?rodzaj=research", {"Wyniki badań"}),
        ("?dla=families", {"Zgoda rodziny"}),
        ("?model=rural", {"Porozumienie zespołu", "Wyniki badań"}),
        ("?etap=diagnosis", {"Zgoda rodziny"}),
        ("?dla=institutions&model=urban", {"Wyniki badań"}),
        ("?etap=training", set()),
        ("?rodzaj=x&dla=&model=nieznany", set(TITLES)),
    ],
)
def test_documents_are_chosen_by_what_stands_in_the_address(
    three: list[DocumentPage], query: str, expected: set[str]
) -> None:
    assert shown(query) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("porozumienia zespołów", {"Porozumienie zespołu"}),
        ("gmina wiejska", {"Porozumienie zespołu"}),
        ("ZGODY", {"Zgoda rodziny"}),
        ("wyrażam spotkaniami rodziny", {"Zgoda rodziny"}),
        ("lodz", {"Wyniki badań"}),
        ("lokomotywa", set()),
    ],
)
def test_words_are_found_whatever_their_endings(three: list[DocumentPage], words: str, expected: set[str]) -> None:
    assert shown(f"?q={words}") == expected


def test_only_what_is_in_force_is_searched(three: list[DocumentPage]) -> None:
    consent = three[1]
    documents.version(consent, days=-1, **saying("Zgadzam się na wizyty."))
    documents.version(consent, days=9, **saying("Dopuszczam konferencje."))
    call_command("update_index", verbosity=0)
    assert shown("?q=wizyta") == {"Zgoda rodziny"}
    assert shown("?q=spotkanie") == set()
    assert shown("?q=konferencja") == set()


def test_a_document_says_what_it_is(three: list[DocumentPage]) -> None:
    page = text("?etap=agreement")
    assert "1 dokument<" in page
    assert "wzór dokumentu, dla instytucji" in page
    assert "Stan prawny na" in page
    assert "DOCX, PDF" in page
    assert "Wypełnisz w przeglądarce" in page
    material = text("?rodzaj=research")
    assert "</svg>PDF<" in material
    assert "Wypełnisz w przeglądarce" not in material


def test_a_document_that_is_announced_says_from_when() -> None:
    documents.version(documents.document("Nowy wzór"), days=10)
    page = text()
    assert "Nowy wzór" in page
    assert "Stan prawny na" not in page
    assert "Wypełnisz" not in page


@pytest.mark.parametrize(
    "query",
    ["?q=", "?q=" + "a" * 500, "?q=%25%27%22%3C%5C", "?q=%F0%9F%98%80", "?q=%00", "?strona=9999", "?strona=x"],
)
def test_odd_addresses_give_sensible_pages(three: list[DocumentPage], query: str) -> None:
    text(query)


def test_restricted_documents_and_drafts_are_not_listed(three: list[DocumentPage], as_learner: Client) -> None:
    PageViewRestriction.objects.create(page=three[0], restriction_type="login")
    three[1].unpublish()
    assert shown("") == {"Wyniki badań"}
    assert shown("?q=porozumienie") == set()
    assert shown("", as_learner) == {"Porozumienie zespołu", "Wyniki badań"}


def test_an_empty_shelf_says_so() -> None:
    documents.index()
    assert "Nie ma jeszcze dokumentów" in text()
    assert "Nie ma takich dokumentów" in text("?q=zgoda")


def test_there_is_no_shelf_before_it_is_published() -> None:
    DocumentIndexPage.objects.filter(pk=documents.index().pk).update(live=False)
    assert Client().get("/dokumenty/").status_code == 404


def test_the_list_goes_over_several_pages() -> None:
    for number in range(32):
        documents.document(f"Wzór numer {number}")
    assert "32 dokumenty" in text()
    assert "?dla=institutions&amp;strona=2" in text("?dla=institutions")
    assert "strona 2" in text("?strona=2")


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_costs_the_same_for_many_documents(number: int, django_assert_max_num_queries: Any) -> None:
    for each in range(number):
        documents.version(documents.document(f"Wzór numer {each}"), days=-each)
    call_command("update_index", verbosity=0)
    text()
    with django_assert_max_num_queries(9):
        text()
    with django_assert_max_num_queries(14):
        text("?q=miejsca zawarcia dnia strony&dla=institutions&model=rural&rodzaj=template")
