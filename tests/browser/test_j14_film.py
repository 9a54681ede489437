"""J14: a film in a lesson is completed by watching it, wherever and in whatever pieces, and by nothing else.

The film takes 20 seconds instead of ten minutes; it is really played. Without ffmpeg there is none, and nothing runs.
"""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page, expect

from courses.models import CoursePage, ModulePage
from elearning.accounts.models import User
from elearning.records.models import Result
from elearning.records.outline import Status
from media.models import FilmPage, Watch
from tests import make
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse, Guard
from tests.courses import films
from tests.make import PASSWORD
from tests.media import films as film_pages
from tests.media.video_files import by_ffmpeg

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SECONDS = 20
LESSON = "/kursy/k1/m1/l2/"
REPORTS = "**/-/film/**"
CODEC = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "10")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty silent seconds, so that no machine needs a loudspeaker."""
    return by_ffmpeg(tmp_path_factory.mktemp("film") / "film.webm", *CODEC, seconds=SECONDS, sound=False)


@pytest.fixture
def film(site: object, clip: Path) -> FilmPage:
    video = film_pages.video(duration=SECONDS * 1000)
    video.container, video.size = "webm", clip.stat().st_size
    video.file.save("film.webm", ContentFile(clip.read_bytes()))
    return film_pages.film("Zespół w Przykładowie", live=True, video=video)


@pytest.fixture
def course(film: FilmPage) -> CoursePage:
    """K1, of which this journey needs L2."""
    course = make.course("Kooperacja w praktyce", slug="k1", lessons=0)
    module = ModulePage.objects.child_of(course).get()
    module.slug = "m1"
    make.publish(module)
    films.lesson(course, films.block(film), title="Zespół przy stole", slug="l2")
    return CoursePage.objects.get(pk=course.pk)


@pytest.fixture
def anna(course: CoursePage) -> User:
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    make.enrolment(person, course)
    return person


def player(page: Page) -> Locator:
    return page.locator("film-player")


def opened(page: Page) -> None:
    """The lesson, with the film ready to play."""
    page.goto(LESSON)
    page.wait_for_function("() => document.querySelector('film-player video').readyState >= 1")


def place(page: Page) -> float:
    """Seconds of the film."""
    return float(page.evaluate("document.querySelector('film-player video').currentTime"))


def play_until(page: Page, seconds: float) -> None:
    """Let the film play to that second, and wait until the page has sent what was played."""
    player(page).get_by_role("button", name="Odtwórz", exact=True).click()
    wait_and_pause(page, seconds)


def wait_and_pause(page: Page, seconds: float) -> None:
    page.wait_for_function(
        "seconds => { const film = document.querySelector('film-player video');"
        " return film.currentTime >= seconds || film.ended; }",
        arg=seconds,
    )
    with page.expect_response(REPORTS):
        page.evaluate("document.querySelector('film-player video').pause()")


def seek(page: Page, seconds: float) -> None:
    player(page).get_by_label("Miejsce w filmie").fill(str(seconds))


def twice_as_fast(page: Page) -> None:
    player(page).locator("summary", has_text="Ustawienia").click()
    player(page).get_by_label("Prędkość").select_option("2")
    player(page).locator("summary", has_text="Ustawienia").click()


def log_in_over_the_page(page: Page, person: User) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Adres e-mail").fill(person.email)
    dialog.get_by_label("Hasło").fill(PASSWORD)
    dialog.get_by_role("button", name="Zaloguj się").click()


def is_completed() -> bool:
    return Result.objects.filter(kind="film", status=Status.COMPLETED).exists()


def test_seeking_to_the_end_is_no_progress(anna: User, browse: Browse) -> None:
    page = browse(anna)
    opened(page)
    stop(page)
    seek(page, SECONDS - 3)
    play_until(page, SECONDS - 1)

    assert 1000 < Watch.objects.get().watched < 4000
    assert not is_completed()
    expect(page.locator("activity-state").get_by_text("Ukończone")).to_be_hidden()


def test_the_same_part_many_times_is_one_part(anna: User, browse: Browse) -> None:
    page = browse(anna)
    opened(page)
    for _ in range(10):
        seek(page, 0)
        play_until(page, 1)

    assert 800 < Watch.objects.get().watched < 4000
    assert not is_completed()


def test_different_parts_on_two_devices_complete_it(anna: User, browse: Browse) -> None:
    phone, office = browse(anna, width=360, height=740), browse(anna)
    opened(phone)
    twice_as_fast(phone)
    play_until(phone, 10)
    stopped = place(phone)
    assert Result.objects.get(kind="film").status == Status.IN_PROGRESS

    opened(office)
    said = re.compile(r"Obejrzano \d+ z\s20 sekund\. Do ukończenia brakuje \d+ sekund")
    expect(office.get_by_text(said)).to_be_visible()
    office.wait_for_timeout(300)
    assert abs(place(office) - stopped) < 5
    stop(office)
    press(office, player(office).get_by_role("button", name="Napisy"))
    expect(player(office).get_by_role("button", name="Napisy")).to_have_attribute("aria-pressed", "true")
    assert office.evaluate("document.querySelector('film-player video').textTracks[0].mode") == "showing"
    press(office, player(office).get_by_role("button", name="Odtwórz", exact=True))
    wait_and_pause(office, SECONDS - 0.7)

    expect(office.locator("activity-state").get_by_text("Ukończone")).to_be_visible()
    assert is_completed()
    opened(phone)
    expect(phone.locator("section[id^=film-]").get_by_text("Ukończone")).to_be_visible()
    stop(phone)


def test_what_was_watched_without_a_network_is_sent_again(anna: User, browse: Browse, guard: Guard) -> None:
    guard.expected.add(503)
    page = browse(anna)
    opened(page)
    page.route(REPORTS, lambda route: route.fulfill(status=503))
    play_until(page, 2)
    expect(page.get_by_text("Niezapisane.")).to_be_visible()
    stop(page)
    assert not Watch.objects.exists()
    context = page.context
    page.close()

    again = context.new_page()
    guard.watch(again)
    with again.expect_response(REPORTS):
        opened(again)
    expect(again.get_by_text("Niezapisane.")).to_be_hidden()
    assert 1000 < Watch.objects.get().watched < 5000


def test_after_a_lost_session_nothing_of_the_film_is_lost(anna: User, browse: Browse, guard: Guard) -> None:
    guard.expected.update({401, 403})
    page = browse(anna)
    opened(page)
    page.context.clear_cookies(name="sessionid")
    play_until(page, 2)
    with page.expect_response(lambda answer: "/-/film/" in answer.url and answer.ok):
        log_in_over_the_page(page, anna)

    expect(page.get_by_text("Niezapisane.")).to_be_hidden()
    assert Watch.objects.get().watched > 1000


def test_another_person_does_not_get_what_this_one_watched(
    anna: User, course: CoursePage, browse: Browse, guard: Guard
) -> None:
    guard.expected.update({401, 403})
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    make.enrolment(ewa, course)
    page = browse(anna)
    opened(page)
    page.context.clear_cookies(name="sessionid")
    play_until(page, 2)
    log_in_over_the_page(page, ewa)

    expect(page.get_by_text("inna osoba")).to_be_visible()
    opened(page)
    assert not Watch.objects.exists()
