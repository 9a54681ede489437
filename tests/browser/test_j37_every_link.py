"""J37: the demo site, as each of its people: every link on every page reachable, no error."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings
from playwright.sync_api import Page, expect

from courses.demo import people
from elearning.accounts.models import User
from tests.browser.checks import stop
from tests.browser.conftest import Browse
from tests.browser.steps import log_in

# Pages of one role: far more than the demo site has for a learner; the admin alone goes on without end.
MANY_PAGES = 600
# The admin's own lists lead to each page, each revision and each order of each list: a sample shows that they work.
ADMIN_PAGES = 100
# So are the orders and choices of one list of the public site: a few of each.
CHOICES = 3
# Refusals that are pages with an explanation and a way on.
EXPLAINED = {
    403: {"courses/blocked.html"},
    409: {"courses/admin/undeletable_pages.html", "library/admin/kept_versions.html"},
}
STRANGERS_SITE = "http://testserver"


class Links(HTMLParser):
    """Addresses that a page leads to or loads, and the ids that a part of it can be reached by."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if identity := values.get("id"):
            self.ids.add(identity)
        address = values.get("href" if tag in {"a", "link"} else "src")
        if address:
            self.found.append(address)


class Visit(NamedTuple):
    address: str
    referrer: str


class Crawl:
    """Follows links breadth first with one client, and writes down what does not work."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: set[str] = set()
        self.ids: dict[str, set[str]] = {}
        self.parts: list[tuple[str, str, str]] = []
        self.broken: list[str] = []

    def run(self, *starts: str) -> None:
        queue = deque(Visit(start, "the start") for start in starts)
        lists: Counter[str] = Counter()
        while queue and len(self.seen) < MANY_PAGES:
            address, referrer = queue.popleft()
            if address in self.seen:
                continue
            where, most = sample_of(address)
            if lists[where] == most:
                continue
            lists[where] += 1
            self.seen.add(address)
            queue.extend(Visit(found, address) for found in self.open(address, referrer))
        self.broken += [
            f"#{part} is missing in {address} (link in {referrer})"
            for address, part, referrer in self.parts
            if address in self.ids and part not in self.ids[address]
        ]

    def open(self, address: str, referrer: str) -> Iterator[str]:
        answer = self.client.get(address, follow=True)
        if answer.status_code >= 400 and not explains(answer):
            self.broken.append(f"{answer.status_code} {address} (link in {referrer})")
            return
        if not answer.get("Content-Type", "").startswith("text/html"):
            if answer.streaming:  # read to the end, the client closes the file without closing the test's connection
                list(answer)
            return
        links = Links()
        links.feed(answer.content.decode())
        self.ids[address] = links.ids
        where = answer.request["PATH_INFO"]
        for found in links.found:
            yield from self.inside(urljoin(f"{STRANGERS_SITE}{where}", found), address)

    def inside(self, absolute: str, referrer: str) -> Iterator[str]:
        plain, part = urldefrag(absolute)
        parts = urlsplit(plain)
        if parts.scheme not in {"http", "https"}:
            return
        if f"{parts.scheme}://{parts.netloc}" not in {STRANGERS_SITE, settings.BASE_URL}:
            if parts.path.endswith((".js", ".css", ".woff2", ".svg", ".png")):
                self.broken.append(f"third party {absolute} in {referrer}")
            return
        # The admin's scripts add to the addresses of bulk actions what was ticked.
        if parts.path.startswith((settings.STATIC_URL, "/redakcja/logout", "/redakcja/bulk/")):
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if part:
            self.parts.append((address, part, referrer))
        yield address


def sample_of(address: str) -> tuple[str, int]:
    """What an address is one of, and how many of those are opened."""
    path, _, choice = address.partition("?")
    if path.startswith("/redakcja/"):
        return "/redakcja/", ADMIN_PAGES
    return (f"{path}?", CHOICES) if choice else (path, 1)


def explains(answer: HttpResponse) -> bool:
    return not EXPLAINED.get(answer.status_code, set()).isdisjoint(template.name for template in answer.templates)


@override_settings(STAFF_SECOND_FACTOR=False, DEMO_MAILBOX=True)
class TestEveryLink(TestCase):
    """With the client of the tests; the demo site is built once."""

    @classmethod
    def setUpTestData(cls) -> None:
        with cls.captureOnCommitCallbacks(execute=True):
            call_command("demo", stdout=StringIO())

    def crawl(self, email: str | None, *starts: str) -> Crawl:
        client = Client()
        if email is not None:
            client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[1])
        crawl = Crawl(client)
        crawl.run("/", *starts)
        assert not crawl.broken, "\n".join(crawl.broken)
        return crawl

    def test_a_stranger(self) -> None:
        crawl = self.crawl(None)
        for address in ("/kursy/", "/kursy/kooperacja-w-miastach/", "/aktualnosci/", "/konto/login/", "/kontakt/"):
            assert address in crawl.seen
        assert len(crawl.seen) > 30

    def test_a_learner_in_the_middle_of_a_course(self) -> None:
        crawl = self.crawl("marta@example.org")
        assert "/panel/" in crawl.seen
        assert any("/kooperacja-w-gminach-wiejskich/" in address and address.count("/") == 5 for address in crawl.seen)

    def test_a_learner_who_finished(self) -> None:
        crawl = self.crawl("ewa@example.org")
        assert any(address.startswith("/zaswiadczenia/") for address in crawl.seen)

    def test_a_participant_of_webinars(self) -> None:
        assert "/panel/" in self.crawl("krzysztof@example.org").seen

    def test_an_editor(self) -> None:
        assert "/redakcja/" in self.crawl("anna@example.org").seen

    def test_a_trainer(self) -> None:
        assert "/redakcja/" in self.crawl("tomasz@example.org").seen

    def test_a_coordinator(self) -> None:
        assert "/redakcja/" in self.crawl("joanna@example.org").seen

    def test_an_administrator(self) -> None:
        assert "/redakcja/" in self.crawl("piotr@example.org").seen


MAIN_PAGES = (
    *("/", "/kursy/", "/kursy/kooperacja-w-gminach-wiejskich/", "/aktualnosci/", "/o-projekcie/", "/kontakt/"),
    *("/deklaracja-dostepnosci/", "/prywatnosc/", "/regulamin/", "/zaswiadczenia/", "/konto/login/", "/konto/signup/"),
    *("/filmy/", "/dokumenty/", "/dokumenty/ipw/", "/dokumenty/ipw/-/wypelnij/"),
)
OWN_PAGES = ("/panel/", "/kursy/kooperacja-w-gminach-wiejskich/", "/konto/", "/konto/email/", "/konto/2fa/")

whole_site = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def demo(transactional_db: None) -> None:
    call_command("demo", stdout=StringIO())


@whole_site
def test_the_pages_of_everybody_are_accessible(demo: None, browse: Browse) -> None:
    """One demo site for all of them: it takes longer to build than to look at."""
    look_at_main_pages(browse(width=1440))
    for _role, email in people.logins():
        page = browse(width=320)
        page.goto("/konto/login/?next=/panel/")
        log_in(page, email, people.PASSWORD)
        expect(page).to_have_url(re.compile("/panel/$"))
        stop(page)
    for email in ("marta@example.org", "ewa@example.org"):
        page = browse(User.objects.get(email=email), width=1440)
        for address in OWN_PAGES:
            page.goto(address)
            stop(page)


def look_at_main_pages(stranger: Page) -> None:
    """On a desktop and on a phone."""
    for address in MAIN_PAGES:
        for width in (1440, 320):
            stranger.set_viewport_size({"width": width, "height": 900})
            answer = stranger.goto(address)
            assert answer is not None
            assert answer.ok, address
            stop(stranger)
