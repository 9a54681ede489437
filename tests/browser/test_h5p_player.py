"""The player: what is answered is saved and found again, whatever happens to the network and the session."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from elearning.accounts.models import User
from h5p.django.models import Attempt, State, Statement
from tests import make as site_make
from tests.browser import h5p_content
from tests.browser.conftest import Browse, Guard
from tests.h5p.django import make, urls

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("tests.h5p.django.urls"),
]


@pytest.fixture(autouse=True)
def _nothing_received() -> Iterator[None]:
    yield
    urls.activities.clear()
    urls.received.clear()


@pytest.fixture
def person(site: object) -> User:
    return site_make.user("Anna", email="anna@example.org")


@pytest.fixture
def page(browse: Browse, person: User) -> Page:
    return browse(person)


def answer(page: Page) -> None:
    h5p_content.frame(page).get_by_role("button", name="Odpowiadam").click()


def test_an_answer_is_saved_and_the_content_goes_on_where_it_stopped(page: Page, person: User) -> None:
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    expect(page.locator("h5p-player iframe")).to_have_attribute("title", "Karta")
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ")
    assert urls.received == [(1, True)]
    assert Attempt.objects.get(number=1).user == person

    page.reload()
    expect(h5p_content.frame(page).get_by_text("Odpowiedzi: 1")).to_be_visible()
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ")
    assert [number for number, _ in urls.received] == [1, 2]
    assert State.objects.get().data == '{"opened":2}'


def test_a_server_that_is_down_is_waited_for(page: Page, guard: Guard) -> None:
    """J12: 503 for a while: „niezapisane” is seen, the result is sent again, and it counts once."""
    guard.expected.add(503)
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    down = f"**/activity/{activity.key}/"
    page.route(down, lambda route: route.fulfill(status=503))
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Niezapisane")
    assert urls.received == []

    page.unroute(down)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ", timeout=40_000)
    assert urls.received == [(1, True)]


def test_what_could_not_be_sent_goes_with_the_next_visit(page: Page, guard: Guard) -> None:
    guard.expected.add(503)
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    expect(h5p_content.frame(page).get_by_role("button", name="Odpowiadam")).to_be_visible()
    down = f"**/activity/{activity.key}/"
    page.route(down, lambda route: route.fulfill(status=503))
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Niezapisane")
    page.wait_for_function("Object.values(localStorage).some((items) => items.includes('opened'))")
    page.reload()
    expect(h5p_content.frame(page).get_by_text("Odpowiedzi: 1")).to_be_visible()

    page.unroute(down)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ", timeout=40_000)
    assert urls.received == [(1, True)]


def test_an_answer_sent_twice_counts_once(page: Page, guard: Guard) -> None:
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server stores it, and the answer never arrives."""
        if not lost and "statement" in (route.request.post_data or ""):
            route.fetch()
            lost.append("once")
            route.abort()
        else:
            route.continue_()

    page.route(f"**/activity/{activity.key}/", lose)
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ", timeout=20_000)
    assert lost == ["once"]
    assert urls.received == [(1, True)]
    assert Statement.objects.count() == 1


def test_logging_out_saves_first_and_leaves_nothing_on_the_device(page: Page) -> None:
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    answer(page)
    page.get_by_role("button", name="Wyloguj się").click()
    page.wait_for_url(lambda url: "/page/" not in url)
    assert urls.received == [(1, True)]
    assert State.objects.get().data == '{"opened":1}'
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('h5p:'))") == []


def test_what_reports_nothing_is_marked_as_completed_after_its_time(page: Page) -> None:
    activity = h5p_content.activity(make.version(), "viewed", minimum_seconds=2)
    page.goto(h5p_content.address(activity))
    button = page.get_by_role("button", name="Oznacz jako ukończone")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled(timeout=10_000)
    button.click()
    expect(page.get_by_text("Ukończono", exact=False)).to_be_visible()
    assert urls.received == [(1, True)]


def test_two_players_on_a_page_keep_apart(page: Page) -> None:
    first, second = (
        h5p_content.activity(
            make.version(
                make.library(f"H5P.TestCard{n}", files={"card.js": make.SCRIPT.replace("TestCard", f"TestCard{n}")})
            )
        )
        for n in (1, 2)
    )
    page.goto(h5p_content.address(first))
    page.evaluate(
        """async (address) => { const other = new DOMParser().parseFromString(
        await (await fetch(address)).text(), 'text/html'); document.querySelector('main').append(
        document.importNode(other.querySelector('h5p-player'), true)); }""",
        h5p_content.address(second),
    )
    page.frame_locator("h5p-player >> nth=1 >> iframe").get_by_role("button", name="Odpowiadam").click()
    expect(page.get_by_role("status").nth(1)).to_contain_text("Zapisano ")
    expect(page.get_by_role("status").nth(0)).to_be_empty()
    assert Attempt.objects.get(number=1, finished_at__isnull=False).activity == second.key


@pytest.mark.parametrize("width", [320, 1280])
def test_the_frame_is_as_high_as_the_content_and_no_wider_than_the_page(
    browse: Browse, person: User, width: int
) -> None:
    page = browse(person, width=width)
    page.goto(h5p_content.address(h5p_content.activity(make.version())))
    frame = h5p_content.frame(page)
    expect(frame.get_by_role("button", name="Odpowiadam")).to_be_visible()
    page.wait_for_function("() => document.querySelector('h5p-player iframe').style.height !== ''")
    inside = frame.locator("body").evaluate("(body) => body.scrollHeight")
    assert abs(page.locator("h5p-player iframe").bounding_box()["height"] - inside) <= 1  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_content_is_answered_with_the_keyboard_alone(page: Page) -> None:
    page.goto(h5p_content.address(h5p_content.activity(make.version())))
    expect(h5p_content.frame(page).get_by_role("button", name="Odpowiadam")).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Tab")
        if h5p_content.frame(page).locator("button:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Zapisano ")


def test_a_script_that_cannot_be_joined_runs_by_itself(page: Page, guard: Guard) -> None:
    broken = make.library("H5P.Broken", files={"broken.js": "function ( {"})
    activity = h5p_content.activity(make.version(broken, make.library()))
    page.goto(h5p_content.address(activity))
    answer(page)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ")
    assert guard.troubles
    assert all("error in a script" in trouble for trouble in guard.troubles)
    guard.troubles.clear()


def test_a_link_in_a_content_opens_beside_the_page_and_only_after_a_click(page: Page) -> None:
    script = make.SCRIPT.replace("'<p>Odpowiedzi: '", "'<a href=\"/robots.txt\">Zasady</a><p>Odpowiedzi: '")
    activity = h5p_content.activity(make.version(make.library(files={"card.js": script})))
    page.goto(h5p_content.address(activity))
    with page.expect_popup() as opened:
        h5p_content.frame(page).get_by_role("link", name="Zasady").click()
    assert opened.value.url.endswith("/robots.txt")
    assert "/page/" in page.url


def test_several_results_are_several_attempts(page: Page) -> None:
    activity = h5p_content.activity(make.version())
    page.goto(h5p_content.address(activity))
    for number in (1, 2):
        answer(page)
        expect(h5p_content.frame(page).get_by_text(f"Odpowiedzi: {number}")).to_be_visible()
        page.wait_for_timeout(700)
    expect(page.get_by_role("status")).to_contain_text("Zapisano ")
    assert [number for number, _ in urls.received] == [1, 2]
