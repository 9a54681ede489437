"""What was watched and not sent yet: it goes before logging out, and never stays for the next person at the device.

The film has no file here. What its player would say, these tests say; playing itself is journey J14.
"""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from media.models import Watch
from tests import make
from tests.browser import steps
from tests.browser.conftest import Browse, Guard, session_of
from tests.courses import films

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

REPORTS = "**/-/film/**"
PLAYED = 3_000  # ms, within what a page may claim at once


@pytest.fixture
def lesson(site: object, guard: Guard) -> str:
    """The address of a lesson with a film whose file is missing."""
    guard.expected = {401, 404, 503}
    course = make.course("Kurs", slug="kurs", lessons=0)
    films.lesson(course, films.block(films.film()), slug="lekcja")
    return outline_of(course).items[0].url


@pytest.fixture
def anna(lesson: str) -> User:
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    make.enrolment(person, CoursePage.objects.get())
    return person


def refuse(route: Route) -> None:
    route.fulfill(status=503, body="")


def watched_without_network(page: Page, lesson: str) -> None:
    """The player has played three seconds, and the server did not take them."""
    page.route(REPORTS, refuse)
    page.goto(lesson)
    page.wait_for_function(READY)
    page.evaluate(SAY, PLAYED)
    expect(page.get_by_text("Niezapisane.")).to_be_visible()
    assert len(kept(page)) == 1


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('film:'))")
    return found


def test_logging_out_sends_what_is_left_and_leaves_nothing(anna: User, lesson: str, browse: Browse) -> None:
    page = browse(anna)
    watched_without_network(page, lesson)
    other = page.context.new_page()
    other.goto("/panel/")

    steps.log_out(other)

    expect(other.get_by_role("banner")).to_contain_text("Zaloguj się")
    expect(page.get_by_role("banner")).to_contain_text("Zaloguj się")
    assert Watch.objects.get().watched == PLAYED
    assert kept(other) == []


def test_logging_out_takes_what_the_player_has_not_said_yet(anna: User, lesson: str, browse: Browse) -> None:
    page = browse(anna)
    page.goto(lesson)
    page.wait_for_function(READY)
    page.evaluate("seconds => document.querySelector('film-player').played.add(0, seconds)", PLAYED / 1000)

    steps.log_out(page)

    expect(page.get_by_role("banner")).to_contain_text("Zaloguj się")
    assert Watch.objects.get().watched == PLAYED
    assert kept(page) == []


def test_who_cannot_send_decides_whether_to_lose_it(anna: User, lesson: str, browse: Browse) -> None:
    page = browse(anna)
    watched_without_network(page, lesson)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    steps.log_out(page)
    expect(page.get_by_text("Niezapisane.")).to_be_visible()
    page.wait_for_timeout(300)
    assert asked[0].startswith("Nie możemy teraz zapisać wszystkiego, co udało Ci się obejrzeć.")
    assert len(kept(page)) == 1

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Wyloguj się").first.click()

    expect(page.get_by_role("banner")).to_contain_text("Zaloguj się")
    assert kept(page) == []
    assert not Watch.objects.exists()


def test_what_was_watched_offline_goes_by_itself_when_the_network_is_back(
    anna: User, lesson: str, browse: Browse
) -> None:
    page = browse(anna)
    page.goto(lesson)
    page.wait_for_function(READY)
    page.context.set_offline(True)
    page.evaluate(SAY, PLAYED)
    expect(page.get_by_text("Niezapisane.")).to_be_visible()

    with page.expect_response(REPORTS):
        page.context.set_offline(False)

    expect(page.get_by_text("Niezapisane.")).to_be_hidden()
    assert Watch.objects.get().watched == PLAYED
    assert kept(page) == []


def test_the_next_person_finds_nothing(anna: User, lesson: str, browse: Browse, served: LiveServer) -> None:
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    page = browse(anna)
    watched_without_network(page, lesson)
    page.goto("/filmy/")
    assert len(kept(page)) == 1

    page.context.clear_cookies()
    page.context.add_cookies([session_of(ewa, served.url)])
    page.goto("/panel/")

    expect(page.get_by_role("banner")).to_contain_text("Ewa Nowak")
    assert kept(page) == []
    assert not Watch.objects.filter(user=ewa).exists()


# What a player says that has played from the beginning.
SAY = """end => document.querySelector('film-player').dispatchEvent(
  new CustomEvent('film:played', { bubbles: true, detail: { played: [[0, end]], position: end } }))"""
READY = "() => Boolean(customElements.get('film-progress') && customElements.get('film-player'))"
