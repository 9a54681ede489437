"""The player of a film, really playing, by mouse and by keyboard, on a desktop and on a phone."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from playwright.sync_api import Page, expect

from media.models import FilmPage, Rendition, TextTrack
from tests.browser.checks import press, stop, tab_to
from tests.browser.conftest import Browse
from tests.media import films
from tests.media.video_files import by_ffmpeg

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SECONDS = 12
CODEC = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "10")
VTT = "WEBVTT\n\n00:00:00.500 --> 00:00:04.000\nDzień dobry.\n\n00:00:06.000 --> 00:00:09.000\nPowiat i gmina.\n"
STATE = """() => {
  const { currentTime, paused, playbackRate, muted } = document.querySelector('video');
  return [currentTime, paused, playbackRate, muted];
}"""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return by_ffmpeg(tmp_path_factory.mktemp("film") / "film.webm", *CODEC, seconds=SECONDS, sound=False)


@pytest.fixture
def film(site: object, clip: Path) -> FilmPage:
    video = films.video(duration=SECONDS * 1000)
    video.container, video.size = "webm", clip.stat().st_size
    video.file.save("film.webm", ContentFile(clip.read_bytes()))
    page = films.film("Zespół", live=True, video=video, slug="zespol", vtt=VTT, chapters="0:00 Początek\n0:06 Powiat")
    page.tracks.add(TextTrack(kind="subtitles", language="uk", vtt=VTT.replace("Dzień dobry", "Добрий день")))
    page.save()
    return page


def opened(page: Page, query: str = "") -> None:
    page.goto(f"/filmy/zespol/{query}")
    page.wait_for_function("() => document.querySelector('film-player video').readyState >= 1")


def showing(page: Page) -> list[str]:
    """The languages of captions that are shown."""
    found: list[str] = page.evaluate(
        "[...document.querySelector('video').textTracks].filter(t => t.mode === 'showing').map(t => t.language)"
    )
    return found


@pytest.mark.parametrize("width", [1280, 320])
def test_a_film_is_accessible_and_fits(film: FilmPage, browse: Browse, width: int) -> None:
    page = browse(width=width)
    opened(page)
    stop(page)
    page.locator("summary", has_text="Ustawienia").click()
    page.locator("summary", has_text="Skróty klawiszowe").click()
    page.get_by_role("button", name="Napisy").click()
    stop(page)
    speed = page.get_by_label("Prędkość").bounding_box()
    assert speed
    assert 0 <= speed["x"] <= width - speed["width"]


@pytest.mark.parametrize("width", [1280, 320])
def test_the_library_is_accessible_and_fits(film: FilmPage, browse: Browse, width: int) -> None:
    call_command("update_index", verbosity=0)
    page = browse(width=width)
    page.goto("/filmy/")
    stop(page)
    page.get_by_label("Szukaj w filmach").fill("powiatu")
    page.get_by_role("button", name="Pokaż filmy").click()
    page.get_by_role("link", name="0:06 Powiat i gmina.").click()
    expect(page).to_have_url("/filmy/zespol/?t=6")
    page.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 6) < 0.5")


def test_all_is_done_by_keyboard_alone(film: FilmPage, browse: Browse) -> None:
    page = browse()
    opened(page)
    press(page, page.get_by_role("button", name="Odtwórz", exact=True), "Space")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('video').paused")
    before = page.evaluate(STATE)[0]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('video').currentTime > before + 4", arg=before)
    page.keyboard.press("m")
    page.keyboard.press(">")
    page.keyboard.press("c")
    assert page.evaluate(STATE)[2:] == [1.25, True]
    assert showing(page) == ["pl"]
    press(page, page.get_by_role("link", name="0:00 Początek"))
    page.wait_for_function("() => document.querySelector('video').currentTime < 3")
    slider = page.get_by_label("Miejsce w filmie")
    tab_to(page, slider)
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "0:12 z 0:12")
    page.keyboard.press("m")
    page.keyboard.press("<")
    assert page.evaluate(STATE)[2:] == [1, False]


def test_what_was_chosen_is_remembered(film: FilmPage, browse: Browse) -> None:
    page = browse()
    opened(page)
    assert showing(page) == []
    page.get_by_role("button", name="Napisy").click()
    page.locator("summary", has_text="Ustawienia").click()
    page.get_by_label("Język napisów").select_option("Ukraiński")
    page.get_by_label("Prędkość").select_option("1,5×")

    opened(page)

    expect(page.get_by_role("button", name="Napisy")).to_have_attribute("aria-pressed", "true")
    assert showing(page) == ["uk"]
    assert page.evaluate(STATE)[2] == 1.5


def test_the_transcript_follows_and_leads_into_the_film(film: FilmPage, browse: Browse) -> None:
    page = browse()
    opened(page)
    page.get_by_role("link", name="0:06 Powiat i gmina.").click()
    page.wait_for_function("() => document.querySelector('video').currentTime >= 6")
    expect(page.get_by_role("link", name="0:06 Powiat i gmina.")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Zatrzymaj").click()
    page.get_by_role("checkbox", name="Od 0:").check()
    link = page.get_by_label("Odnośnik do filmu").input_value()
    assert link.endswith(("?t=6", "?t=7", "?t=8"))
    page.goto(link)
    page.wait_for_function("() => document.querySelector('video').currentTime >= 6")


def test_a_lost_network_is_said_and_the_film_goes_on_where_it_was(film: FilmPage, browse: Browse) -> None:
    page = browse()
    page.route("**/-/plik/**", lambda route: route.abort())
    page.goto("/filmy/zespol/?t=5")
    expect(page.get_by_role("alert").get_by_text("Film się zatrzymał.")).to_be_visible()
    page.unroute("**/-/plik/**")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    page.wait_for_function("() => document.querySelector('video').currentTime >= 5")
    expect(page.get_by_text("Film się zatrzymał.")).to_be_hidden()


def test_without_scripts_there_are_the_browser_s_controls_and_all_texts(film: FilmPage, browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/filmy/zespol/")
    expect(page.locator("video[controls]")).to_be_visible()
    expect(page.get_by_role("link", name="0:06 Powiat i gmina.")).to_be_visible()
    expect(page.locator("[data-film-controls]")).to_be_hidden()


def test_a_film_elsewhere_waits_for_the_click(site: object, browse: Browse) -> None:
    address = "https://www.youtube.com/watch?v=abcdefghijk"
    films.film("Nagranie", live=True, slug="nagranie", video=None, external_url=address, external_minutes=3)
    page = browse()
    page.goto("/filmy/nagranie/")
    stop(page)
    assert page.frames == [page.main_frame]
    expect(page.get_by_role("button", name="Odtwórz z serwisu YouTube")).to_be_visible()


def test_the_whole_screen_is_for_the_picture_and_its_controls(film: FilmPage, browse: Browse) -> None:
    page = browse()
    opened(page)
    page.get_by_role("button", name="Pełny ekran").click()
    page.wait_for_function("() => document.fullscreenElement?.localName === 'film-player'")
    expect(page.get_by_role("button", name="Odtwórz", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="0:06 Powiat i gmina.")).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")
    expect(page.get_by_role("link", name="0:06 Powiat i gmina.")).to_be_visible()


def test_another_version_keeps_the_quality_and_the_place(film: FilmPage, clip: Path, browse: Browse) -> None:
    described = films.video(duration=SECONDS * 1000)
    described.container = "webm"
    described.file.save("film.webm", ContentFile(clip.read_bytes()))
    for video in (film.video, described):
        small = Rendition(video=video, kind=Rendition.Kind.P360, state=Rendition.State.DONE, size=1)
        small.file.save("360p.mp4", ContentFile(clip.read_bytes()))
    film.described_video = described
    film.save()
    page = browse()
    opened(page, "?t=5")
    page.locator("summary", has_text="Ustawienia").click()
    page.get_by_label("Jakość").select_option("Oryginał")
    page.get_by_label("Wersja").select_option("Film z\xa0audiodeskrypcją")
    page.wait_for_function(f"() => document.querySelector('video').currentSrc.includes('{described.key}')")
    page.wait_for_function("() => Math.abs(document.querySelector('video').currentTime - 5) < 0.5")
    assert page.evaluate("document.querySelector('video').currentSrc").endswith("zrodlo.webm")
    expect(page.get_by_label("Jakość").locator("option:checked")).to_have_text("Oryginał")
