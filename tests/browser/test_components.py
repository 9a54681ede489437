"""The component page in a real browser: accessible in both themes, usable by keyboard, never wider than the screen."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import path
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from elearning.cms.views import components
from elearning.urls import urlpatterns as site_urlpatterns

# The page exists only with DEBUG, so the test adds its address.
urlpatterns = [path("rozwoj/komponenty/", components), *site_urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True, serialized_rollback=True)]

AXE = settings.ASSETS_DIR / "axe-core" / "axe.min.js"


@pytest.fixture
def opened(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The component page on a phone; a console message or an error in a script fails the test."""
    context = chromium.new_context(viewport={"width": 320, "height": 720}, locale="pl-PL")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{live_server.url}/rozwoj/komponenty/")
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def without_scripts(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 720})
    page = context.new_page()
    page.goto(f"{live_server.url}/rozwoj/komponenty/")
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_component_is_accessible_and_fits(opened: Page, theme: str, width: int) -> None:
    opened.emulate_media(color_scheme=theme)
    opened.set_viewport_size({"width": width, "height": 800})
    opened.evaluate(AXE.read_text())
    violations = opened.evaluate(
        "axe.run().then(result => result.violations.map(rule => [rule.id, rule.nodes[0].html]))"
    )
    assert violations == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(opened: Page) -> None:
    summaries = opened.locator("error-summary")
    expect(summaries.last).to_be_focused()
    summaries.first.get_by_role("link", name="Hasło – To pole jest wymagane.").click()
    field = opened.locator("#id_jasny-password")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby") or ""
    words = [opened.locator(f"#{name}").inner_text() for name in described.split()]
    assert words == ["Co najmniej 12 znaków.", "Błąd: To pole jest wymagane."]


def test_a_group_of_choices_takes_the_focus_at_its_first_choice(opened: Page) -> None:
    opened.locator("error-summary").first.get_by_role("link", name="Kto wchodzi do zespołu?").click()
    expect(opened.get_by_label("ośrodek pomocy społecznej").first).to_be_focused()


def test_a_long_list_is_searched_without_polish_letters_and_by_keyboard(opened: Page) -> None:
    field = opened.get_by_role("combobox", name="Instytucja").first
    field.fill("lodz centrum")
    expect(opened.locator("select-filter [role=option]")).to_have_count(2)
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Centrum Usług Społecznych – Łódź")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert opened.locator("select[name=jasny-institution]").input_value() == "Centrum Usług Społecznych Łódź"


def test_words_that_name_nothing_do_not_stay_in_a_searched_list(opened: Page) -> None:
    field = opened.get_by_role("combobox", name="Instytucja").first
    field.fill("nie ma takiej")
    field.press("Tab")
    expect(field).to_have_value("")


def test_tabs_move_by_arrows_and_show_one_section(opened: Page) -> None:
    first = opened.get_by_role("tab", name="Program").first
    first.focus()
    first.press("ArrowLeft")
    last = opened.get_by_role("tab", name="Pytania").first
    expect(last).to_be_focused()
    expect(last).to_have_attribute("aria-selected", "true")
    expect(opened.locator("#jasny-pytania")).to_be_visible()
    expect(opened.locator("#jasny-program")).to_be_hidden()


def test_a_dialog_keeps_the_focus_and_gives_it_back(opened: Page) -> None:
    opener = opened.get_by_role("button", name="Wypisz mnie z kursu").first
    opener.click()
    dialog = opened.get_by_role("dialog", name="Wypisać Cię z kursu?")
    expect(dialog).to_be_visible()
    opened.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_password_can_be_read_and_hidden_again(opened: Page) -> None:
    field = opened.locator("#id_jasny-password")
    button = opened.locator("password-field").filter(has=field).get_by_role("button")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_text("Ukryj hasło")
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_the_chosen_theme_outlives_the_page(opened: Page) -> None:
    opened.get_by_label("Wygląd strony").select_option("dark")
    opened.reload()
    expect(opened.locator("html")).to_have_attribute("data-theme", "dark")
    opened.get_by_label("Wygląd strony").select_option("")
    assert opened.evaluate("document.documentElement.dataset.theme === undefined")


def test_the_menu_closes_on_escape_and_returns_the_focus(opened: Page) -> None:
    button = opened.locator("summary", has_text="Menu")
    button.click()
    expect(opened.get_by_role("link", name="Kursy", exact=True).first).to_be_visible()
    opened.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert opened.locator("details.menu--phone[open]").count() == 0


def test_the_first_stop_of_the_keyboard_skips_to_the_content(without_scripts: Page) -> None:
    without_scripts.keyboard.press("Tab")
    skip = without_scripts.get_by_role("link", name="Przejdź do treści")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(without_scripts.locator("main")).to_be_focused()


def test_without_scripts_every_section_and_field_is_there(without_scripts: Page) -> None:
    expect(without_scripts.locator("#jasny-program")).to_be_visible()
    expect(without_scripts.locator("#jasny-zasady")).to_be_visible()
    expect(without_scripts.locator("select[name=jasny-institution]")).to_be_visible()
    without_scripts.locator("summary", has_text="Menu").click()
    expect(without_scripts.get_by_role("link", name="Kursy", exact=True).first).to_be_visible()
