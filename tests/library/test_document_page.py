"""The page of a document, the pages of its versions, their comparison, and their previews in the admin."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from elearning.accounts.models import User
from elearning.cms.models import Project
from library.models import DocumentPage, Subscription, VersionPage
from library.stored import store
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db


def saying(words: str) -> dict[str, Any]:
    """A version without fields that says this and nothing else."""
    return {"form_fields": [], "parts": [{"type": "paragraph", "value": {"text": words}}]}


def text(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def url(page: DocumentPage, *names: str, route: str = "") -> str:
    return reverse(f"documents:{route or ('version' if names else 'document')}", args=[page.slug, *names])


@pytest.fixture
def document() -> DocumentPage:
    return documents.document(
        "Porozumienie PZK",
        slug="porozumienie",
        lead="Kto co robi w zespole.",
        purpose="Ustala zadania.",
        who="Podpisują kierujący instytucjami.",
        legal_basis="Art. 2 ust. 2 ustawy.",
        author="Zespół platformy",
        stage="agreement",
        is_sample=True,
    )


@pytest.fixture
def two(document: DocumentPage) -> list[VersionPage]:
    first = documents.version(document, in_force_on=date(2025, 3, 3))
    changed = [{"type": "paragraph", "value": {"text": "Zawarte w\xa0**{{ miejsce }}** w\xa0dniu {{ data }}."}}]
    second = documents.version(
        document,
        in_force_on=date(2026, 9, 1),
        changes="Nowe brzmienie wstępu.",
        approved_by="radczyni prawna",
        parts=[*changed, *documents.PARTS[1:]],
    )
    return [first, second]


def test_the_page_says_what_the_document_is_for(document: DocumentPage, two: list[VersionPage]) -> None:
    page = text(url(document))
    for words in (
        "Porozumienie PZK",
        "Kto co robi w zespole.",
        "Ustala zadania.",
        "Podpisują kierujący instytucjami.",
        "Art. 2 ust. 2 ustawy.",
        "Zespół platformy",
        "Stan prawny na 1 września 2026 r.",
        "treść przykładowa",
        "radczyni prawna",
        "porozumienie",
    ):
        assert words in page, words
    assert page.count("<h1") == 1


def test_the_page_leads_to_the_form_and_to_files_with_their_sizes(
    document: DocumentPage, two: list[VersionPage]
) -> None:
    page = text(url(document))
    assert f'href="{url(document, route="fill")}"' in page
    for form in ("docx", "pdf"):
        address = reverse("documents:file", args=["porozumienie", form])
        size = round(int(Client().get(address)["Content-Length"]) / 1000)
        assert f'href="{address}">Pusty druk ({form.upper()}, {size} KB)</a>' in page


def test_a_material_is_only_downloaded() -> None:
    material = documents.document("Raport", kind="research")
    stored = store(b"%PDF-1.7" + b"x" * 34_000, name="raport.pdf")
    documents.version(material, source="file", file=stored, form_fields=[], parts=[], file_text="")
    page = text(url(material))
    assert "Pobierz materiał (PDF, 34 KB)" in page
    assert "Wypełnij w przeglądarce" not in page
    assert "Zobacz treść" not in page


def test_readers_are_told_that_a_review_is_due(document: DocumentPage, two: list[VersionPage]) -> None:
    assert "czeka na przegląd" not in text(url(document))
    document.review_on = documents.day(-1)
    make.publish(document)
    assert "czeka na przegląd" in text(url(document))


def test_versions_are_listed_with_what_changed(document: DocumentPage, two: list[VersionPage]) -> None:
    page = text(url(document))
    part = page[page.index('id="wersje"') :]
    assert part.index("Wersja 2") < part.index("Wersja 1")
    assert part.index("obowiązuje") < part.index("archiwalna")
    assert "Nowe brzmienie wstępu." in part
    assert url(document, "wersja-2", route="comparison") in part
    assert url(document, "wersja-1", route="comparison") not in part


def test_what_comes_next_is_announced(document: DocumentPage, two: list[VersionPage]) -> None:
    upcoming = documents.version(document, days=10, changes="Krótszy okres wypowiedzenia.")
    page = text(url(document))
    assert "Wersja 3 zacznie obowiązywać" in page
    assert "Krótszy okres wypowiedzenia." in page
    assert "Stan prawny na 1 września 2026 r." in page
    assert url(document, upcoming.slug, route="comparison") not in page


def test_before_its_first_day_a_document_offers_nothing(document: DocumentPage) -> None:
    documents.version(document, days=10)
    page = text(url(document))
    assert "Wersja 1 zacznie obowiązywać" in page
    assert "Pusty druk" not in page
    assert "Zobacz treść" not in page


def test_a_document_without_versions_has_a_page(document: DocumentPage) -> None:
    assert "Pusty druk" not in text(url(document))


def test_lessons_that_use_it_are_named(
    indexing: None, document: DocumentPage, two: list[VersionPage], learner: User
) -> None:
    body = [("document", {"title": "Wzór", "description": "", "document": document})]
    course = make.course("Kurs")
    lesson = make.lesson(course, title="Jak podpisać porozumienie", body=body)
    hidden = make.lesson(course, title="Lekcja w szkicu", body=body)
    hidden.unpublish()
    closed = make.lesson(course, title="Lekcja dla zespołu", body=body)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page = text(url(document))
    assert lesson.url_path.split("/", 2)[2] in page
    assert "Jak podpisać porozumienie" in page
    assert "Lekcja w szkicu" not in page
    assert "Lekcja dla zespołu" not in page


def test_somebody_who_is_told_of_changes_is_offered_to_stop(
    document: DocumentPage, two: list[VersionPage], learner: User, as_learner: Client
) -> None:
    assert "Powiadom mnie o zmianie" in text(url(document))
    assert "Powiadom mnie o zmianie" in text(url(document), as_learner)
    Subscription.objects.create(document=document, user=learner, confirmed_at="2026-01-01T00:00:00Z")
    assert "Nie powiadamiaj mnie" in text(url(document), as_learner)


# --- Versions ---------------------------------------------------------------------------------------------------------
def test_an_old_version_says_so_first(document: DocumentPage, two: list[VersionPage]) -> None:
    page = text(url(document, "wersja-1"))
    main = page[page.index("<main") :]
    assert main.index("To jest wersja archiwalna") < main.index("<h1")
    assert f'href="{url(document)}">Przejdź do obowiązującej wersji' in main
    assert '<meta name="robots" content="noindex">' in page
    assert "Stan prawny na 3 marca 2025 r." in page
    assert reverse("documents:version_file", args=["porozumienie", "wersja-1", "docx"]) in page


def test_the_version_in_force_is_no_archive(document: DocumentPage, two: list[VersionPage]) -> None:
    page = text(url(document, "wersja-2"))
    assert "archiwalna" not in page[: page.index('id="wersje"')]
    assert "noindex" not in page
    assert reverse("documents:file", args=["porozumienie", "docx"]) in page


def test_a_version_that_is_announced_says_from_when(
    document: DocumentPage, two: list[VersionPage], administrator: User, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    documents.version(document, days=10)
    page = text(url(document, "wersja-3"))
    assert "Wersja 3 zacznie obowiązywać" in page
    assert "noindex" in page
    assert "Zobacz treść" not in page
    editor = Client()
    editor.force_login(administrator)
    assert "Zobacz treść" in text(url(document, "wersja-3"), editor)


def test_versions_that_are_not_there_are_not_found(document: DocumentPage, two: list[VersionPage]) -> None:
    documents.version(document, live=False)
    for slug in ("wersja-3", "wersja-9"):
        assert Client().get(url(document, slug)).status_code == 404


# --- Comparison -------------------------------------------------------------------------------------------------------
def test_a_version_is_compared_with_the_one_before(document: DocumentPage, two: list[VersionPage]) -> None:
    page = text(url(document, "wersja-2", route="comparison"))
    assert "Porównanie wersji 1 i 2" in page
    assert "1 akapit zmieniony, 0 dodanych, 0 usuniętych." in page
    assert "<ins><span" in page
    assert "[dodano: " in page
    assert "bez zmian" in page
    assert "Nowe brzmienie wstępu." in page


def test_any_two_versions_are_compared(document: DocumentPage, two: list[VersionPage]) -> None:
    documents.version(document, days=0, **saying("Inna treść."))
    assert "Porównanie wersji 2 i 3" in text(url(document, "wersja-3", route="comparison"))
    first = url(document, "wersja-3", route="comparison") + "?z=wersja-1"
    assert "Porównanie wersji 1 i 3" in text(first)
    assert "Porównanie wersji 1 i 2" in text(url(document, "wersja-1", route="comparison") + "?z=wersja-2")
    assert "Porównanie wersji 2 i 3" in text(url(document, "wersja-3", route="comparison") + "?z=nieznana")
    chosen = Client().get(first + "&do=wersja-2")
    assert chosen["Location"] == url(document, "wersja-2", route="comparison") + "?z=wersja-1"
    assert Client().get(first + "&do=wersja-9").status_code == 404


def test_there_is_nothing_to_compare_an_only_version_with(document: DocumentPage) -> None:
    documents.version(document)
    assert Client().get(url(document, "wersja-1", route="comparison")).status_code == 404


def test_what_is_not_in_force_yet_is_compared_by_its_editors(
    document: DocumentPage, two: list[VersionPage], administrator: User, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    documents.version(document, days=10)
    address = url(document, "wersja-3", route="comparison")
    assert Client().get(address).status_code == 403
    assert Client().get(url(document, "wersja-2", route="comparison") + "?z=wersja-3").status_code == 403
    editor = Client()
    editor.force_login(administrator)
    assert "Porównanie wersji 2 i 3" in text(address, editor)


def test_files_without_text_are_not_compared(document: DocumentPage) -> None:
    for days in (-9, -5):
        stored = store(b"%PDF-1.7", name="a.pdf")
        documents.version(document, days=days, source="file", file=stored, form_fields=[], parts=[])
    assert "Nie możemy porównać" in text(url(document, "wersja-2", route="comparison"))


def test_two_versions_that_say_the_same_are_no_change(document: DocumentPage) -> None:
    documents.version(document, days=-9)
    documents.version(document, days=-5)
    assert "Tekst się nie zmienił" in text(url(document, "wersja-2", route="comparison"))


# --- Previews ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def as_editor(administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(administrator)
    return client


def test_editors_preview_drafts(as_editor: Client, document: DocumentPage, two: list[VersionPage]) -> None:
    draft = documents.version(document, live=False, **saying("Szkic treści."))
    document.title = "Porozumienie w poprawkach"
    document.save_revision()
    expected = {documents.index(): "2026", document: "Porozumienie w poprawkach", draft: "Szkic treści."}
    for page, words in expected.items():
        assert words in text(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), as_editor)


def test_the_signs_of_a_project_are_on_paper_and_cost_no_writing(
    document: DocumentPage, two: list[VersionPage], django_assert_max_num_queries: Any
) -> None:
    strip = Image.objects.create(title="Znaki", file=get_test_image_file())
    text(url(document))
    before = Client().get(reverse("documents:file", args=["porozumienie", "docx"]))["ETag"]
    document.project = Project.objects.create(name="Projekt", funding_text="Z Unii.", logo_strip=strip)
    make.publish(document)
    text(url(document))
    assert Client().get(reverse("documents:file", args=["porozumienie", "docx"]))["ETag"] != before
    with django_assert_max_num_queries(14) as asked:
        text(url(document))
    assert not [query for query in asked.captured_queries if not query["sql"].startswith("SELECT")]


# --- What it costs ----------------------------------------------------------------------------------------------------
def test_pages_cost_the_same_for_many_versions(
    document: DocumentPage, as_learner: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        documents.version(document, days=number - 9)
    course = make.course("Kurs")
    for number in range(3):
        make.lesson(
            course,
            title=f"Lekcja {number}",
            body=[("document", {"title": "Wzór", "description": "", "document": document})],
        )
    text(url(document))
    with django_assert_max_num_queries(11):
        text(url(document))
    with django_assert_max_num_queries(14):
        text(url(document, "wersja-1"), as_learner)
    with django_assert_max_num_queries(10):
        text(url(document, "wersja-8", route="comparison"))
