"""Fixtures of the journeys: a real browser before a real server, guarded against every error and every stranger."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Response, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from elearning.accounts.models import User
from elearning.cms.models import HomePage
from tests import make

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
EDITOR_SECRET = generate_totp_secret()
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")

Browse = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's own troubles on a busy machine get a second try, which the summary names; assertions never do."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[Error]))


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """Chromium of the machine, or the one Playwright brought."""
    made_by_migrations = getattr(connection, "_test_serialized_contents", None)
    expect.set_options(timeout=15_000)  # a queue that tries again does so within seconds, on a busy machine later
    with sync_playwright() as playwright:
        # While Playwright's loop runs, this thread has a connection of its own: it must know what to restore as well.
        if made_by_migrations is not None:
            connection._test_serialized_contents = made_by_migrations  # type: ignore[attr-defined]
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
        found = found or playwright.chromium.executable_path
        if not Path(found).exists():
            pytest.skip("Chromium is missing; `python3 run.py test` installs it.")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


class Guard:
    """Writes down what must never happen while a page is used."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.troubles: list[str] = []
        self.expected: set[int] = set()  # refusals that the test provokes

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self.note_console(message.type, message.text))
        page.on("pageerror", lambda error: self.troubles.append(f"error in a script: {error}"))
        page.on("request", self.note_request)
        page.on("response", self.note_response)

    def note_console(self, kind: str, text: str) -> None:
        # The browser says so of every refusal; `note_response` knows which of them are pages that explain.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {text}")

    def note_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.troubles.append(f"third party: {request.url}")

    def note_response(self, response: Response) -> None:
        explains = response.request.is_navigation_request() and response.status < 500
        if response.status >= 400 and not explains and response.status not in self.expected:
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")


@pytest.fixture
def served(live_server: LiveServer, settings: Settings) -> LiveServer:
    """The running site. Messages go through the outbox, as in production."""
    settings.BASE_URL = live_server.url
    settings.EMAIL_BACKEND = settings.OUTBOX_EMAIL_BACKEND
    return live_server


@pytest.fixture
def guard(served: LiveServer) -> Iterator[Guard]:
    """Fails the test when a page logged an error, failed, or asked another server."""
    guard = Guard(served.url)
    yield guard
    assert guard.troubles == []


@pytest.fixture
def browse(chromium: Browser, served: LiveServer, guard: Guard) -> Iterator[Browse]:
    """Opens a window of its own, as that person, on a screen of that size; `scale` is the zoom in the browser."""
    contexts: list[BrowserContext] = []

    def opened(
        person: User | None = None, *, width: int = 1280, height: int = 900, scale: float = 1, **options: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=served.url,
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            locale="pl-PL",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if person is not None:
            context.add_cookies([session_of(person, served.url)])
        page = context.new_page()
        guard.watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(browse: Browse) -> Page:
    """The window of a stranger on a desktop."""
    return browse()


def session_of(person: User, url: str) -> Any:
    """The cookie of a person who has logged in, for journeys that are not about logging in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}


@pytest.fixture
def code_for() -> Callable[[str], str]:
    """The six digits of the newest message to an address."""

    def newest(address: str) -> str:
        letters = [letter for letter in mail.outbox if address in letter.to]
        assert letters, f"No message to {address}: {[letter.to for letter in mail.outbox]}"
        found = CODE.search(str(letters[-1].body))
        assert found, letters[-1].body
        return found.group()

    return newest


@pytest.fixture
def site(transactional_db: None) -> HomePage:
    return make.site()


@pytest.fixture
def editor(transactional_db: None) -> User:
    """red, an editor with a second factor."""
    person = make.user("Renata", "Redaktorska", email="red@example.org", is_staff=True, is_superuser=True)
    TOTP.activate(person, EDITOR_SECRET)
    return person
