"""J40: a template is found from the lesson, filled in by keyboard and taken as DOCX and PDF; nothing of it stays."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from docx import Document
from playwright.sync_api import Download, Page, expect
from pytest_django import Settings

from elearning.accounts.models import User
from library.models import DocumentPage, Usage, VersionPage
from tests import make
from tests.browser.checks import follow, press, stop, tab_to
from tests.browser.conftest import Browse
from tests.browser.steps import log_out
from tests.library import documents
from tests.pdf import words as words_of_pdf

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ADDRESS = "/dokumenty/porozumienie/-/wypelnij/"
CANARY = "Kanarkowo"
UP = {row: re.compile(rf"^W\s+górę\s*: wiersz {row}$") for row in (2, 3)}
SCREENS = {"1280 px": {"width": 1280, "height": 900}, "320 px": {"width": 320, "height": 640}}


@pytest.fixture
def version(site: object) -> VersionPage:
    return documents.version(documents.document())


@pytest.fixture
def marta(site: object) -> User:
    return make.user("Marta", "Nowak", email="marta@example.org", institution=make.institution("GOPS w Piątnicy"))


def lesson_with(version: VersionPage, learner: User) -> str:
    """The address of a lesson that offers the document to this learner."""
    document = DocumentPage.objects.get(pk=version.get_parent().pk)
    course = make.course("Kurs", lessons=0)
    value = {"title": "Porozumienie PZK", "description": "Wzór porozumienia instytucji.", "document": document}
    lesson = make.lesson(course, body=[("document", value)])
    make.enrolment(learner, course)
    return str(lesson.get_url())


def find_from_lesson(page: Page, address: str) -> None:
    page.goto(address)
    stop(page)
    follow(page, page.get_by_role("main").get_by_role("link", name="Zobacz cały wzór i jego wersje"))
    stop(page)
    follow(page, page.get_by_role("main").get_by_role("link", name=re.compile("Wypełnij")).first)


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(re.compile(f"^{label}")).first)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def taken(page: Page, name: str) -> tuple[Download, bytes]:
    """The file that a button brings, pressed by keyboard."""
    button = page.get_by_role("main").get_by_role("button", name=name).first
    tab_to(page, button)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    return waiting.value, Path(waiting.value.path()).read_bytes()


def names(page: Page) -> list[str]:
    """What stands in the names of the rows, in their order."""
    return [field.input_value() for field in page.locator("[data-row] input[name$='-nazwa']").all()]


def with_mistakes(page: Page) -> None:
    """The form comes back with what is wrong, and leads to it."""
    type_into(page, "Data zawarcia", "31.02.2026")
    press(page, page.get_by_role("button", name="Pobierz DOCX"))
    expect(page.locator("error-summary")).to_be_focused()
    expect(page.locator("error-summary li")).to_have_count(2)
    stop(page)
    press(page, page.locator("error-summary a").nth(1))
    expect(page.get_by_label(re.compile("^Data zawarcia"))).to_be_focused()


def nothing_is_left(page: Page, folder: Path) -> None:
    """The canary is in no table, in no file, in no address and not in the browser."""
    assert CANARY not in page.url
    for model in apps.get_models():
        assert not [row for row in model._base_manager.values() if CANARY in str(row)]
    kept = [path for path in folder.rglob("*") if path.is_file() and "assets" not in path.parts]
    assert not [path for path in kept if CANARY.encode() in path.read_bytes()]
    assert CANARY not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_from_the_lesson_to_both_files_by_keyboard(
    version: VersionPage, marta: User, browse: Browse, settings: Settings, screen: dict[str, int]
) -> None:
    page = browse(marta, **screen)
    find_from_lesson(page, lesson_with(version, marta))
    expect(page.get_by_role("heading", level=1)).to_have_text("Wypełnij: Porozumienie")
    assert names(page) == ["GOPS w Piątnicy"]
    expect(page.get_by_text("z danych Twojej instytucji")).to_be_visible()
    stop(page)

    with_mistakes(page)
    type_into(page, "Miejsce zawarcia", CANARY)
    type_into(page, "Data zawarcia", "7.10.2026")
    type_into(page, "Kwota wkładu", "1250,5")
    press(page, page.get_by_role("button", name="Podgląd", exact=True))
    expect(page.get_by_role("main")).to_contain_text(CANARY)
    stop(page)

    docx, content = taken(page, "Pobierz DOCX")
    assert docx.suggested_filename == "porozumienie.docx"
    assert CANARY in "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    pdf, content = taken(page, "Pobierz PDF")
    assert pdf.suggested_filename == "porozumienie.pdf"
    assert CANARY in words_of_pdf(content)
    press(page, page.get_by_role("button", name="Wróć do formularza").first)
    expect(page.get_by_label(re.compile("^Miejsce zawarcia"))).to_have_value(CANARY)

    assert Usage.objects.get().count == 1
    nothing_is_left(page, Path(settings.VAR_DIR))


def test_rows_by_keyboard(version: VersionPage, browse: Browse) -> None:
    page = browse()
    page.goto(ADDRESS)
    status = page.locator("[data-status]")
    type_into(page, "Nazwa", "pierwsza")
    for name in ("druga", "trzecia"):
        press(page, page.get_by_role("button", name="Dodaj wiersz"))
        page.keyboard.type(name)  # the new row has the focus
    assert names(page) == ["pierwsza", "druga", "trzecia"]
    expect(status).to_have_text("Dodano wiersz 3.")
    stop(page)
    press(page, page.get_by_role("button", name=UP[3]))
    assert names(page) == ["pierwsza", "trzecia", "druga"]
    expect(page.get_by_role("button", name=UP[2])).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert names(page) == ["trzecia", "pierwsza", "druga"]
    expect(status).to_have_text("Dalej nie można przesunąć.")
    press(page, page.get_by_role("button", name="Usuń wiersz 2"))
    assert names(page) == ["trzecia", "druga"]
    expect(page.locator("[data-row] input[name$='-nazwa']").nth(1)).to_be_focused()
    expect(status).to_have_text("Usunięto wiersz 2. Zostało wierszy: 2.")
    press(page, page.get_by_role("button", name="Przywróć usunięty wiersz"))
    assert names(page) == ["trzecia", "pierwsza", "druga"]


def test_rows_are_printed_in_their_new_order(version: VersionPage, browse: Browse) -> None:
    page = browse()
    page.goto(ADDRESS)
    type_into(page, "Miejsce zawarcia", "Łomży")
    type_into(page, "Nazwa", "pierwsza")
    press(page, page.get_by_role("button", name="Dodaj wiersz"))
    page.keyboard.type("druga")
    press(page, page.get_by_role("button", name=UP[2]))
    press(page, page.get_by_role("button", name="Podgląd", exact=True))
    found = page.locator(".fill-sheet").inner_text()
    assert found.index("druga") < found.index("pierwsza")


def test_all_of_it_without_javascript(version: VersionPage, browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto(ADDRESS)
    expect(page.get_by_text("Zapamiętaj na tym urządzeniu")).to_be_hidden()
    page.get_by_label(re.compile("^Miejsce zawarcia")).fill(CANARY)
    page.get_by_label(re.compile("^Nazwa")).fill("pierwsza")
    page.get_by_role("button", name="Dodaj wiersz").click()
    page.get_by_label(re.compile("^Nazwa")).nth(1).fill("druga")
    page.get_by_role("button", name=UP[2]).click()
    assert names(page) == ["druga", "pierwsza"]
    page.get_by_role("button", name="Usuń wiersz 2").click()
    assert names(page) == ["druga"]
    page.get_by_label(re.compile("^Data zawarcia")).fill("31.02.2026")
    page.get_by_label(re.compile("^Kwota")).press("Enter")
    expect(page.get_by_role("heading", name="Popraw błędy w formularzu")).to_be_visible()
    page.get_by_label(re.compile("^Data zawarcia")).fill("7.10.2026")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Pobierz PDF").click()
    assert CANARY in words_of_pdf(Path(waiting.value.path()).read_bytes())


def kept(page: Page) -> int:
    return int(page.evaluate("Object.values({...localStorage}).filter(text => text.includes('Kanarkowo')).length"))


def test_a_draft_stays_on_the_device_only_if_asked(version: VersionPage, marta: User, browse: Browse) -> None:
    page = browse(marta)
    page.goto(ADDRESS)
    type_into(page, "Miejsce zawarcia", CANARY)
    press(page, page.get_by_role("button", name="Dodaj wiersz"))
    page.keyboard.type("PCPR")
    page.wait_for_timeout(600)
    assert kept(page) == 0
    box = page.get_by_label("Zapamiętaj na tym urządzeniu")
    assert not box.is_checked()
    tab_to(page, box)
    page.keyboard.press("Space")
    assert kept(page) == 1

    page.goto(ADDRESS)
    expect(page.get_by_label(re.compile("^Miejsce zawarcia"))).to_have_value("")
    stop(page)
    press(page, page.get_by_role("button", name="Wpisz je do formularza"))
    expect(page.get_by_label(re.compile("^Miejsce zawarcia"))).to_have_value(CANARY)
    assert names(page) == ["GOPS w Piątnicy", "PCPR"]
    press(page, page.get_by_role("button", name="Usuń z tego urządzenia"))
    assert kept(page) == 0
    expect(page.get_by_label(re.compile("^Miejsce zawarcia"))).to_have_value(CANARY)


def test_logging_out_takes_the_draft_along(version: VersionPage, marta: User, browse: Browse) -> None:
    page = browse(marta)
    page.goto(ADDRESS)
    type_into(page, "Miejsce zawarcia", CANARY)
    tab_to(page, page.get_by_label("Zapamiętaj na tym urządzeniu"))
    page.keyboard.press("Space")
    assert kept(page) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    log_out(page)
    expect(page.get_by_role("link", name="Zaloguj się").first).to_be_visible()
    assert kept(page) == 0


def test_a_pesel_is_asked_about(version: VersionPage, browse: Browse) -> None:
    page = browse(**SCREENS["320 px"])
    page.goto(ADDRESS)
    type_into(page, "Miejsce zawarcia", "Łomży, 440514-01359")
    press(page, page.get_by_role("button", name="Podgląd", exact=True))
    expect(page.get_by_role("group", name="Czy numer PESEL jest tu potrzebny?")).to_be_visible()
    stop(page)
    tab_to(page, page.get_by_label("Tak, numer PESEL jest tu potrzebny"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Podgląd", exact=True))
    expect(page.get_by_role("main")).to_contain_text("440514-01359")
