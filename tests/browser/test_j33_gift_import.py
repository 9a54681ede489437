"""J33: GIFT broken at line 14: the line is named, nothing is imported; a good file: a preview with counts."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.models import Question
from tests import make
from tests.browser.checks import fits
from tests.browser.conftest import Browse
from tests.courses.views.test_exchange_files import BROKEN, GOOD, INDEX

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def page(site: object, browse: Browse, settings: Any) -> Page:
    """The editor's window."""
    settings.STAFF_SECOND_FACTOR = False
    # Groups come with migrations, and are gone where an earlier test has emptied the database.
    return browse(make.user("Redaktorka", "Przykładowa", email="red@example.org", is_staff=True, is_superuser=True))


def give(page: Page, content: str) -> None:
    page.goto(INDEX)
    page.get_by_label("Plik z pytaniami").set_input_files(
        {"name": "pytania.gift", "mimeType": "text/plain", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Wczytaj plik").click()


def test_a_broken_file_then_the_mended_one(page: Page) -> None:
    give(page, BROKEN)
    expect(page.get_by_role("alert").filter(has_text="Nic nie zostało zaimportowane")).to_be_visible()
    expect(page.get_by_role("cell", name="wiersz 14", exact=True).first).to_be_visible()
    fits(page)
    assert not Question.objects.exists()

    give(page, GOOD)
    row = page.get_by_role("row", name="Razem")
    expect(row).to_contain_text("3")
    assert not Question.objects.exists()
    page.get_by_role("button", name="Zaimportuj 3 pytania").click()
    expect(page.get_by_role("status").filter(has_text="Pytania są w")).to_be_visible()
    assert Question.objects.count() == 3
