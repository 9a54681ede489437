"""What people do on many journeys, in the words they see."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.make import PASSWORD


def submit(page: Page, name: str) -> None:
    """Press the button of that name in the page's content."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """By password, from wherever the log-in form stands."""
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło", exact=True).fill(password)
    submit(page, "Zaloguj się")


def log_out(page: Page) -> None:
    page.get_by_role("banner").locator("summary", has_text="Konto").first.click()
    page.get_by_role("button", name="Wyloguj się").first.click()


def ask_for_code(page: Page, email: str) -> None:
    """From the log-in page to the page that takes the code."""
    page.goto("/konto/login/")
    page.get_by_role("main").get_by_role("link", name="Wyślij mi kod").click()
    page.get_by_label("Adres e-mail").fill(email)
    submit(page, "Wyślij mi kod")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("kod", re.IGNORECASE))


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Kod z wiadomości").fill(code)
    submit(page, "Potwierdź")


def another(code: str) -> str:
    """A well-formed code that is not that one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def words_of(page: Page, *, instead: Callable[[str], str] = str) -> str:
    """What the content of the page says, as its reader sees it."""
    return instead(page.get_by_role("main").inner_text())
