"""Pages kept for everybody beside people with an account and an editor; 404; what the head holds under the policy."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from elearning.accounts.models import User
from elearning.cms.models import NewsIndexPage, NewsPage
from tests import make
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]
NEWS = "/aktualnosci/pierwsza/"


@pytest.fixture
def article(site: object, settings: Settings, tmp_path: Path) -> NewsPage:
    """News on a site that keeps its pages, as in production."""
    settings.STAFF_SECOND_FACTOR = False
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "pages"},
    }
    index = make.site().add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
    page: NewsPage = make.publish(index.add_child(instance=NewsPage(title="Pierwsza wiadomość", slug="pierwsza")))
    return page


def etag(page: Page, address: str) -> str | None:
    response = page.goto(address)
    assert response is not None
    return response.header_value("etag")


def test_a_kept_page_is_nobodys(article: NewsPage, browse: Browse) -> None:
    visitor, learner = browse(), make.user("Anna", "Żółć", email="anna@example.org")
    assert etag(visitor, NEWS)
    visitor.goto(f"/konto/login/?next={NEWS}")
    visitor.get_by_label("E-mail").fill(learner.email)
    visitor.get_by_label("Hasło", exact=True).fill(make.PASSWORD)
    visitor.get_by_role("button", name="Zaloguj się").first.click()
    expect(visitor.get_by_text("Anna Żółć").first).to_be_visible()
    assert etag(visitor, NEWS) is None
    expect(visitor.get_by_text("Anna Żółć").first).to_be_visible()
    stranger = browse()
    assert etag(stranger, NEWS)
    expect(stranger.get_by_text("Anna Żółć")).to_have_count(0)
    visitor.get_by_text("Anna Żółć").first.click()
    visitor.get_by_role("button", name="Wyloguj się").first.click()
    visitor.goto(NEWS)
    expect(visitor.get_by_text("Anna Żółć")).to_have_count(0)
    expect(visitor.get_by_role("link", name="Zaloguj się").first).to_be_visible()


def test_what_an_editor_publishes_reaches_who_already_has_the_page(
    article: NewsPage, editor: User, browse: Browse
) -> None:
    visitor, desk = browse(), browse(editor)
    before = etag(visitor, NEWS)
    desk.goto(f"/redakcja/pages/{article.pk}/edit/")
    desk.get_by_role("textbox", name="Tytuł").first.fill("Sprostowanie")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Pierwsza wiadomość")
    desk.get_by_role("button", name="Więcej akcji", exact=True).click()
    desk.get_by_role("button", name="Opublikuj", exact=True).click()
    expect(desk.locator(".messages")).to_contain_text("Sprostowanie")
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sprostowanie")
    assert etag(visitor, NEWS) != before


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_404_leads_on_with_the_keyboard(article: NewsPage, browse: Browse, width: int) -> None:
    page = browse(width=width)
    page.goto("/aktualnosci/praca-z-rodzina/")
    stop(page)
    expect(page.get_by_label("Czego szukasz?")).to_have_value("praca z rodzina")
    press(page, page.get_by_role("main").get_by_role("link", name="Aktualności"))
    expect(page).to_have_url(re.compile(r"/aktualnosci/$"))


def test_404_searches_for_what_the_address_says(article: NewsPage, browse: Browse) -> None:
    page = browse()
    page.goto("/aktualnosci/praca-z-rodzina/")
    press(page, page.get_by_label("Czego szukasz?"))
    page.wait_for_url("**/szukaj/?q=praca+z+rodzina")


def test_data_for_search_engines_pass_the_policy(article: NewsPage, page: Page) -> None:
    page.goto(NEWS)  # the guard notes what the policy refuses
    data = page.locator('script[type="application/ld+json"]')
    expect(data).to_have_count(1)
    kinds = data.evaluate("element => JSON.parse(element.textContent)['@graph'].map(one => one['@type'])")
    assert "NewsArticle" in kinds
