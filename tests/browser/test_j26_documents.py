"""J26: a file before its release, a forwarded link, a replaced file, and downloads that are counted once.

And the shelf by which a document is found: filtered without a reload, by keyboard, with the back button.
"""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import APIResponse, Page, expect
from wagtail.models import PageViewRestriction

from elearning.accounts.models import User
from library.models import DocumentPage, Usage, VersionPage
from tests import make
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse
from tests.browser.steps import log_in
from tests.library import documents

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PAGE = "/dokumenty/porozumienie/"
FILE = f"{PAGE}-/plik/docx/"


def saying(words: str) -> dict[str, Any]:
    return {"form_fields": [], "parts": [{"type": "paragraph", "value": {"text": words}}]}


@pytest.fixture
def document(site: object) -> DocumentPage:
    """D1."""
    return documents.document(
        "Porozumienie zespołu", slug="porozumienie", lead="Kto co robi.", purpose="Ustala zadania.", stage="agreement"
    )


@pytest.fixture
def jan(site: object) -> User:
    return make.user("Jan", "Kowalski", email="jan@example.org", institution=make.institution("PCPR B"))


def counted() -> int:
    return sum(Usage.objects.values_list("count", flat=True))


def asked(page: Page, method: str = "GET", **headers: str) -> APIResponse:
    return page.request.fetch(FILE, method=method, headers={name.replace("_", "-"): v for name, v in headers.items()})


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("link", name=re.compile(name)).click()
    return got.value.path().read_bytes()


def test_before_its_day_a_file_gives_the_reason(document: DocumentPage, page: Page) -> None:
    version = documents.version(document, days=2)
    page.goto(PAGE)
    expect(page.get_by_text("Wersja 1 zacznie obowiązywać")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Pusty druk"))).to_have_count(0)
    stop(page)
    answer = page.goto(FILE)
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Ta wersja jeszcze nie obowiązuje")
    expect(page.get_by_text(f"{version.in_force_on.day}\xa0")).to_be_visible()
    stop(page)
    assert counted() == 0

    VersionPage.objects.filter(pk=version.pk).update(in_force_on=timezone.localdate() - timedelta(days=1))
    page.goto(PAGE)
    assert is_zipfile(BytesIO(download(page, r"Pusty druk \(DOCX, \d+")))
    assert counted() == 1


def test_a_forwarded_link_is_closed_to_a_stranger(
    document: DocumentPage, jan: User, page: Page, browse: Browse
) -> None:
    documents.version(document)
    PageViewRestriction.objects.create(page=document, restriction_type="login")
    answer = page.goto(FILE)
    assert answer is not None
    assert answer.status == 403
    stop(page)
    page.get_by_role("main").get_by_role("link", name="Zaloguj się").click()
    with page.expect_download() as got:
        log_in(page, jan.email)
    assert is_zipfile(got.value.path())
    page.goto("/dokumenty/")
    expect(page.get_by_role("link", name="Porozumienie zespołu")).to_be_visible()
    stranger = browse()
    stranger.goto("/dokumenty/")
    expect(stranger.get_by_text("Nie ma jeszcze dokumentów")).to_be_visible()


def test_a_replaced_file_comes_from_the_same_address(document: DocumentPage, page: Page) -> None:
    documents.version(document, **saying("Okres wypowiedzenia wynosi 14 dni."))
    page.goto(PAGE)
    before = download(page, "Pusty druk .DOCX")
    tag = asked(page).headers["etag"]
    assert asked(page, If_None_Match=tag).status == 304

    documents.version(document, days=0, **saying("Okres wypowiedzenia wynosi 30 dni."))
    after = asked(page, If_None_Match=tag)
    assert (after.status, after.body() == before) == (200, False)
    page.goto(f"{PAGE}wersja-1/")
    expect(page.get_by_text("To jest wersja archiwalna")).to_be_visible()
    assert download(page, "Pusty druk .DOCX") == before
    stop(page)
    page.get_by_role("link", name="Przejdź do obowiązującej wersji").click()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    page.get_by_role("link", name="Porównaj z poprzednią wersją").click()
    expect(page.locator("del", has_text="14")).to_be_visible()
    expect(page.locator("ins", has_text="30")).to_be_visible()
    stop(page)
    page.set_viewport_size({"width": 320, "height": 700})
    stop(page)


def test_a_download_is_counted_once(document: DocumentPage, jan: User, browse: Browse) -> None:
    documents.version(document)
    page = browse(jan)
    page.goto(PAGE)
    assert asked(page, "HEAD").status == 200
    part = asked(page, Range="bytes=100-199")
    assert (part.status, len(part.body())) == (206, 100)
    assert counted() == 0
    for _ in range(2):
        download(page, "Pusty druk .DOCX")
    download(page, "Pusty druk .PDF")
    assert counted() == 1


# --- The shelf --------------------------------------------------------------------------------------------------------
@pytest.fixture
def shelf(document: DocumentPage) -> None:
    """Three documents, one of them for families."""
    documents.version(document)
    documents.version(documents.document("Zgoda rodziny", audience="families", stage="diagnosis"))
    documents.version(documents.document("Lista obecności", stage="training"))
    call_command("update_index", verbosity=0)


def titles(page: Page) -> list[str]:
    return page.locator("[data-list] h3").all_inner_texts()


def test_the_shelf_is_filtered_without_a_reload(shelf: None, page: Page) -> None:
    page.goto("/dokumenty/")
    stop(page)
    page.evaluate("window.stays = true")
    audience = page.get_by_label("Dla kogo")
    audience.focus()
    audience.select_option("families")
    expect(page.get_by_role("status")).to_have_text("1\xa0dokument")
    expect(page).to_have_url(re.compile(r"/dokumenty/\?dla=families$"))
    assert titles(page) == ["Zgoda rodziny"]
    expect(audience).to_be_focused()
    audience.select_option("")
    page.get_by_label("Szukaj").press_sequentially("obecnosci")
    expect(page).to_have_url(re.compile(r"/dokumenty/\?q=obecnosci$"))
    assert titles(page) == ["Lista obecności"]
    stop(page)
    assert page.evaluate("window.stays")


def test_the_back_button_leads_to_what_was_chosen_before(shelf: None, page: Page) -> None:
    page.goto("/dokumenty/?dla=families")
    page.evaluate("window.stays = true")
    page.get_by_label("Szukaj").fill("lokomotywa")
    expect(page.get_by_role("status")).to_have_text("Nie ma takich dokumentów")
    page.get_by_role("link", name="Pokaż wszystkie dokumenty").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("3\xa0dokumenty")
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    expect(page.get_by_label("Szukaj")).to_have_value("")

    page.go_back()
    expect(page.get_by_label("Szukaj")).to_have_value("lokomotywa")
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_have_text("1\xa0dokument")
    expect(page.get_by_label("Szukaj")).to_have_value("")
    expect(page.get_by_label("Dla kogo")).to_have_value("families")
    assert page.evaluate("window.stays")


def test_the_shelf_works_by_keyboard_at_320_px(shelf: None, browse: Browse) -> None:
    page = browse(width=320, height=700)
    page.goto("/dokumenty/")
    page.get_by_label("Szukaj").fill("zgody")
    press(page, page.get_by_label("Szukaj"))
    expect(page.get_by_role("heading", level=2)).to_be_focused()
    assert titles(page) == ["Zgoda rodziny"]
    stop(page)
    press(page, page.get_by_role("link", name="Zgoda rodziny"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Zgoda rodziny")
    press(page, page.locator("summary", has_text="Zobacz treść dokumentu"))
    stop(page)


def test_without_javascript_the_shelf_is_a_form(shelf: None, browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/dokumenty/")
    page.get_by_label("Etap pracy").select_option("training")
    page.get_by_role("button", name="Pokaż dokumenty").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1\xa0dokument")
    expect(page.get_by_label("Etap pracy")).to_have_value("training")
