"""An editor writes a document by keyboard alone: the document, a version with a mistake, then without, the next one."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from elearning.accounts.models import User
from library.models import DocumentPage, Form, How, Usage, VersionPage
from tests.browser.checks import AXE, fits, follow, press, tab_to
from tests.browser.conftest import Browse
from tests.library import documents

# What WCAG asks of what is ours on a page: the fields and the text, without Wagtail's bars and its map of the form.
RUN_AXE = """async () => {
  const where = {include: [['.w-form-width, .nice-padding, main#tresc']], exclude: [['[class*=w-minimap]']]};
  const found = await axe.run(where, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']});
  return found.violations.map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html).join(' ')}`);
}"""

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def page(browse: Browse, site: object, editor: User, settings: Any) -> Any:
    settings.STAFF_SECOND_FACTOR = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # when something is saved, the journey says
    opened = browse(editor, height=1800)
    yield opened
    opened.goto("about:blank")  # the form says good-bye to the server, which must still be there


def write(page: Page, field: Locator, text: str) -> None:
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def action(page: Page, name: str) -> None:
    """The button at the foot of the form, or in the menu beside it."""
    wanted = page.get_by_role("button", name=name, exact=True)
    if not wanted.is_visible():
        press(page, page.get_by_role("button", name="Więcej akcji", exact=True))
    press(page, wanted)


def add_block(page: Page, stream: str, name: str) -> None:
    """The first block of a stream, chosen by typing its name."""
    press(page, page.locator(f"[data-contentpath='{stream}']").get_by_title("Dodaj blok").first)
    tab_to(page, page.get_by_role("combobox").and_(page.locator(":visible")).last)
    page.keyboard.type(name)
    offered = page.locator("[role='option']")
    expect(offered.first).to_have_text(name)
    page.keyboard.press("Enter")
    expect(offered).to_have_count(0)


def accessible(page: Page) -> None:
    """axe finds nothing on a page of the admin, in either theme."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.evaluate(AXE.read_text())
        found = page.evaluate(RUN_AXE)
        assert not found, f"{page.url} ({theme})\n" + "\n".join(found)
    page.emulate_media(color_scheme="light")


def test_a_document_from_nothing_to_its_second_version(page: Page) -> None:
    document = written_document(page)
    press(page, page.get_by_role("link", name="Dodaj pierwszą wersję"))
    page.wait_for_url("**/library/versionpage/**")
    refused_drafts(page)
    version = published_version(page)
    assert (version.live, version.title, version.slug) == (True, "Wersja 1", "wersja-1")
    assert [field.name for field in version.document().fields] == ["gmina"]
    begin_the_next(page, version)
    page.goto(f"/redakcja/pages/{document.pk}/edit/")
    expect(page.get_by_role("row", name=re.compile("Wersja 1"))).to_contain_text("obowiązuje od")
    expect(page.get_by_role("row", name=re.compile("Wersja 2"))).to_contain_text("projekt")
    accessible(page)
    fits(page)


def written_document(page: Page) -> DocumentPage:
    """From the form of a new document to that of the published one."""
    page.goto(f"/redakcja/pages/add/library/documentpage/{documents.index().pk}/")
    write(page, page.locator("#id_title"), "Zgoda na współpracę")
    action(page, "Opublikuj")
    expect(page.get_by_text(re.compile("opublikowan")).first).to_be_visible()
    document = DocumentPage.objects.get()
    page.goto(f"/redakcja/pages/{document.pk}/edit/")
    accessible(page)
    return document


def refused_drafts(page: Page) -> None:
    """Without a text, then with a mark that is no field."""
    accessible(page)
    fits(page)
    action(page, "Opublikuj")
    expect(page.get_by_text("Napisz treść dokumentu.")).to_be_visible()
    accessible(page)
    add_block(page, "parts", "Tekst")
    write(page, page.locator("[name='parts-0-value-text']"), "Zawarte w {{ gmina }} dnia dzisiejszego.")
    action(page, "Opublikuj")
    expect(page.get_by_text("Nieznane pole „gmina”").first).to_be_visible()
    accessible(page)
    assert not VersionPage.objects.exists()


def published_version(page: Page) -> VersionPage:
    """With the field that was missing."""
    add_block(page, "form_fields", "Tekst")
    write(page, page.locator("[name='form_fields-0-value-label']"), "Gmina")
    action(page, "Opublikuj")
    expect(page.get_by_text(re.compile("opublikowan")).first).to_be_visible()
    return VersionPage.objects.get()


def begin_the_next(page: Page, version: VersionPage) -> None:
    """The version in force is explained; the way leads to a draft of the next one."""
    page.goto(f"/redakcja/pages/{version.pk}/edit/")
    accessible(page)
    fits(page)
    follow(page, page.get_by_role("link", name="Utwórz nową wersję"))
    accessible(page)
    follow(page, page.get_by_role("button", name="Utwórz szkic"))
    expect(page.get_by_text("Utworzyliśmy szkic: Wersja 2.")).to_be_visible()
    accessible(page)


@pytest.mark.parametrize("path", ["do-przegladu", "statystyki", "formularz"])
def test_the_other_pages_for_editors_are_accessible(page: Page, path: str) -> None:
    document = documents.document(review_on=documents.day(-1))
    version = documents.version(document)
    Usage.objects.create(version=version, month=date(2026, 1, 1), how=How.DOWNLOAD, form=Form.DOCX, count=3)
    addresses = {
        "do-przegladu": "/redakcja/dokumenty/do-przegladu/",
        "statystyki": f"/redakcja/statystyki/dokumenty/{document.pk}/",
        "formularz": f"/redakcja/dokumenty/wersje/{version.pk}/formularz/",
    }
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 1800})
        page.goto(addresses[path])
        expect(page.get_by_text(re.compile("Porozumienie")).first).to_be_visible()
        accessible(page)
        fits(page)
