"""Pages kept for visitors without an account: no query, never stale, nothing personal."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from elearning import freshness
from elearning.accounts.models import User
from elearning.cms import page_cache
from elearning.cms.models import HomePage, NewsPage
from elearning.cms.page_cache import PageCacheMiddleware
from tests import trainings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
Committing = Callable[[], AbstractContextManager[None]]
NEWS = "/aktualnosci/pierwsza/"


@pytest.fixture
def editor(settings: Any, administrator: User) -> Client:
    """The browser of somebody who may publish."""
    settings.STAFF_SECOND_FACTOR = False
    client = Client()
    client.force_login(administrator)
    return client


def page(client: Client, address: str = NEWS, **headers: Any) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def is_kept(client: Client, address: str, queries: Any) -> bool:
    """Whether the page costs nothing the second time."""
    client.get(address)
    try:
        with queries(0):
            client.get(address)
    except pytest.fail.Exception:
        return False
    return True


def test_a_page_is_drawn_once_for_everybody(article: NewsPage, django_assert_num_queries: Any) -> None:
    drawn = page(Client())
    with django_assert_num_queries(0):
        assert page(Client()) == drawn
    assert "Pierwsza wiadomość" in drawn


def test_what_an_editor_publishes_is_seen_at_once(article: NewsPage, editor: Client, committing: Committing) -> None:
    visitor = Client()
    assert "Pierwsza wiadomość" in page(visitor)
    form = {"title": "Sprostowanie", "slug": "pierwsza", "date": "2026-11-23", "body-count": "0"}
    fields = _form_of(editor, article)
    with committing():
        sent = editor.post(
            reverse("wagtailadmin_pages:edit", args=[article.pk]), {**fields, **form, "action-publish": "1"}
        )
    assert sent.status_code == 302
    assert "Sprostowanie" in page(visitor)
    assert "Sprostowanie" in page(visitor, "/aktualnosci/")


def test_a_draft_is_not_seen_and_leaves_pages_kept(
    article: NewsPage, editor: Client, committing: Committing, django_assert_num_queries: Any
) -> None:
    visitor = Client()
    drawn = page(visitor)
    with committing():
        form = {**_form_of(editor, article), "title": "Szkic", "slug": "pierwsza", "body-count": "0"}
        assert editor.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form).status_code == 302
    article.refresh_from_db()
    assert article.has_unpublished_changes
    with django_assert_num_queries(0):
        assert page(visitor) == drawn


def test_what_is_taken_down_is_gone(article: NewsPage, editor: Client, committing: Committing) -> None:
    visitor = Client()
    page(visitor)
    with committing():
        assert editor.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk])).status_code == 302
    assert visitor.get(NEWS).status_code == 404


def test_bulk_actions_are_seen_too(article: NewsPage, editor: Client, committing: Committing) -> None:
    visitor = Client()
    page(visitor)
    with committing():
        action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        editor.post(f"{action}?id={article.pk}")
    assert visitor.get(NEWS).status_code == 404


def test_a_page_that_is_restricted_closes_at_once(article: NewsPage, committing: Committing) -> None:
    visitor = Client()
    page(visitor)
    with committing(), freshness.renewing():
        PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    for _ in range(2):
        assert visitor.get(NEWS).status_code == 302
        assert "Pierwsza" not in visitor.get("/aktualnosci/pierwsza/").content.decode()


def test_people_with_an_account_get_their_own_page(article: NewsPage, learner: User, as_learner: Client) -> None:
    assert learner.get_full_name() in page(as_learner)
    assert learner.get_full_name() not in page(Client())
    assert learner.get_full_name() in page(as_learner)


def test_a_page_drawn_for_somebody_is_kept_for_nobody(
    article: NewsPage, as_learner: Client, django_assert_max_num_queries: Any
) -> None:
    page(as_learner)
    assert list(caches["pages"]._list_cache_files()) == []  # type: ignore[attr-defined]


def test_any_cookie_but_that_of_forms_passes_by(article: NewsPage, django_assert_num_queries: Any) -> None:
    page(Client())
    visitor = Client()
    visitor.cookies["csrftoken"] = "a" * 32
    with django_assert_num_queries(0):
        page(visitor)
    visitor.cookies["messages"] = "co-innego"
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
        page(visitor)


@pytest.mark.parametrize("address", ["/konto/login/", "/zaswiadczenia/", "/robots.txt", "/nie-ma-takiej/"])
def test_forms_other_files_and_errors_are_not_kept(
    site: HomePage, address: str, django_assert_num_queries: Any
) -> None:
    Client().get(address)
    assert not list(caches["pages"]._list_cache_files()[1:])  # type: ignore[attr-defined]  # the token alone


@pytest.mark.parametrize("query", ["?strona=1", "?rok=2026&strona=1"])
def test_pages_of_lists_are_kept_each_by_itself(article: NewsPage, query: str, django_assert_num_queries: Any) -> None:
    assert is_kept(Client(), f"/aktualnosci/{query}", django_assert_num_queries)


@pytest.mark.parametrize(
    "query", ["?fbclid=1", "?strona=1&strona=2", "?strona=%00", "?strona=" + "9" * 50, "?q=piecza"]
)
def test_what_people_make_up_is_not_kept(article: NewsPage, query: str, django_assert_num_queries: Any) -> None:
    assert not is_kept(Client(), f"/aktualnosci/{query}", django_assert_num_queries)


def test_headers_poison_nothing(article: NewsPage, django_assert_num_queries: Any) -> None:
    clean = page(Client())
    caches["pages"].clear()
    odd = {
        "X-Forwarded-Host": "zly.example.org",
        "X-Forwarded-Proto": "gopher",
        "X-Original-URL": "/redakcja/",
        "Accept-Language": "en",
        "User-Agent": "<script>",
        "Referer": "https://zly.example.org/",
        "X-Requested-With": "XMLHttpRequest",
    }
    page(Client(), **odd)
    with django_assert_num_queries(0):
        assert page(Client()) == clean
    assert Client().get(NEWS, headers={"Host": "zly.example.org"}).status_code == 400


def test_another_port_or_authorization_passes_by(article: NewsPage, django_assert_num_queries: Any) -> None:
    page(Client())
    for headers in ({"Host": "testserver:8080"}, {"Authorization": "Basic YTpi"}):
        with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
            page(Client(), **headers)


def test_a_browser_that_has_the_page_hears_304(article: NewsPage, django_assert_num_queries: Any) -> None:
    first = Client().get(NEWS)
    for _ in range(2):
        with django_assert_num_queries(0):
            again = Client().get(NEWS, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in first.headers["Vary"]


def test_head_and_both_encodings_are_the_same_page(article: NewsPage, django_assert_num_queries: Any) -> None:
    plain = Client().get(NEWS)
    with django_assert_num_queries(0):
        head = Client().head(NEWS)
        packed = Client().get(NEWS, headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
        refused = Client().get(NEWS, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert head.status_code == 200
    assert head.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert len(packed.content) == int(packed.headers["Content-Length"]) < len(plain.content) / 2
    assert "Content-Encoding" not in refused.headers
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert packed.headers[name] == plain.headers[name]


def test_a_page_drawn_before_a_change_and_kept_after_it_is_not_served() -> None:
    told = ["stare"]

    def slow(request: HttpRequest) -> HttpResponse:
        request.resolver_match = ResolverMatch(slow, (), {}, "wagtail_serve")
        read = told[0]
        if read == "stare":  # somebody publishes while this page is being drawn
            told[0] = "nowe"
            freshness.renew()
        return HttpResponse(read)

    middleware = PageCacheMiddleware(slow)
    assert middleware(RequestFactory().get("/")).content == b"stare"
    assert middleware(RequestFactory().get("/")).content == b"nowe"
    assert middleware(RequestFactory().get("/")).content == b"nowe"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request, response: response.set_cookie("cokolwiek", "1"),
        lambda request, response: response.headers.setdefault("Cache-Control", "private"),
        lambda request, response: response.headers.setdefault("Vary", "Accept-Language"),
        lambda request, response: response.headers.setdefault("Content-Disposition", "attachment"),
        lambda request, response: response.headers.__setitem__("Content-Type", "application/json"),
        lambda request, response: setattr(response, "status_code", 203),
        lambda request, response: setattr(request, "_csp_nonce", "abc"),
        lambda request, response: messages.success(request, "Zapisaliśmy Cię."),
        lambda request, response: setattr(request, "resolver_match", ResolverMatch(print, (), {}, "panel")),
        lambda request, response: setattr(request, "resolver_match", None),
    ],
)
def test_whatever_may_be_of_one_person_is_not_kept(spoil: Callable[[HttpRequest, HttpResponse], None]) -> None:
    request, response = RequestFactory().get("/"), HttpResponse("treść")
    request.resolver_match = ResolverMatch(print, (), {}, "wagtail_serve")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    assert page_cache.may_be_kept(request, response)
    spoil(request, response)
    assert not page_cache.may_be_kept(request, response)


def test_pages_with_somebodys_registration_are_not_kept(django_assert_num_queries: Any) -> None:
    training = trainings.training()
    mine = trainings.registered(training, "ewa@example.org")
    address = reverse("trainings:registration", args=[training.slug, mine.token])
    assert not is_kept(Client(), address, django_assert_num_queries)


def test_places_are_counted_anew_when_somebody_registers(committing: Committing) -> None:
    training = trainings.training(capacity=1)
    address = reverse("trainings:training", args=[training.slug])
    before = page(Client(), address)
    with committing(), freshness.renewing():
        trainings.registered(training, "ewa@example.org")
    assert page(Client(), address) != before


def test_what_depends_on_the_clock_is_kept_for_a_short_time_only(
    monkeypatch: pytest.MonkeyPatch, article: NewsPage
) -> None:
    kept: dict[str, int] = {}
    monkeypatch.setattr(page_cache, "_write", lambda key, page, seconds: kept.update({key: seconds}))
    training = trainings.training()
    for address in (NEWS, "/", "/szkolenia/", reverse("trainings:training", args=[training.slug])):
        page(Client(), address)
    assert list(kept.values()) == [600, 60, 60, 60]


def test_a_page_of_yesterday_ends_with_the_day(
    article: NewsPage, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    page(Client())
    monkeypatch.setattr(timezone, "localdate", lambda *_: timezone.now().date() + timedelta(days=1))
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
        page(Client())


def test_the_site_stands_without_its_cache(article: NewsPage, settings: Any) -> None:
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "tests.cms.front.broken.BrokenCache"}}
    assert "Pierwsza wiadomość" in page(Client())


def _form_of(editor: Client, article: NewsPage) -> dict[str, Any]:
    """What the editor's form of a page holds before anything is typed."""
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).context["form"]
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    fields = {name: value for name, value in values.items() if isinstance(value, str | int) and value is not False}
    for part in getattr(form, "formsets", {}).values():
        fields.update({f"{part.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")})
    return {**fields, "date": "2026-11-23"}
