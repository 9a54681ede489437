"""Pages found at once are those that Wagtail would find step by step."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page, PageViewRestriction

from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from elearning.cms.serving import page_at
from tests import make

pytestmark = pytest.mark.django_db


def test_every_page_is_found_where_wagtail_finds_it(article: NewsPage) -> None:
    home = HomePage.objects.get()
    about = make.publish(home.add_child(instance=StandardPage(title="O projekcie", slug="o-projekcie")))
    make.publish(about.add_child(instance=StandardPage(title="Pierwsza", slug="pierwsza")))
    for path in ("", "aktualnosci/", "aktualnosci/pierwsza/", "o-projekcie/", "o-projekcie/pierwsza/"):
        request = RequestFactory().get(f"/{path}", headers={"Host": "localhost"})
        route = Page.route_for_request(request, path)
        assert route is not None
        assert page_at(path) == route.page.page_ptr


@pytest.mark.parametrize(
    "path", ["Aktualnosci/pierwsza/", "aktualnosci/PIERWSZA/", "pierwsza/", "aktualnosci/aktualnosci/", "start/", "%/"]
)
def test_other_addresses_are_not_found(article: NewsPage, path: str) -> None:
    assert page_at(path) is None
    assert Client().get(f"/{path}").status_code == 404


def test_drafts_are_not_served(article: NewsPage) -> None:
    article.unpublish()
    assert Client().get("/aktualnosci/pierwsza/").status_code == 404


@pytest.mark.parametrize("above", [False, True])
def test_restricted_pages_ask_for_a_login(article: NewsPage, as_learner: Client, above: bool) -> None:
    closed = NewsIndexPage.objects.get() if above else article
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    refused = Client().get("/aktualnosci/pierwsza/")
    assert refused.status_code == 302
    assert refused["Location"].startswith("/konto/login/")
    assert as_learner.get("/aktualnosci/pierwsza/").status_code == 200


def test_an_alias_is_closed_with_its_source(article: NewsPage) -> None:
    article.create_alias(update_slug="druga")
    assert Client().get("/aktualnosci/druga/").status_code == 200
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/aktualnosci/druga/").status_code == 302


def test_finding_a_page_is_one_query(article: NewsPage, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        page_at("aktualnosci/pierwsza/")
