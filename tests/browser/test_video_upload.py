"""Uploading a video in the admin: with a bar, without scripts, with a connection that breaks."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from elearning.accounts.models import User
from media.models import Video
from tests.browser.checks import fits
from tests.browser.conftest import Browse, Guard
from tests.media.video_files import mp4

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ADD = "/redakcja/filmy/pliki/dodaj/"
VIDEO = re.compile(r"/redakcja/filmy/pliki/\d+/$")


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def page(browse: Browse, site: object, editor: User) -> Page:
    return browse(editor)


def fill(page: Page, content: bytes) -> None:
    """The form with this file in it, as whoever is in a hurry would fill it in."""
    page.get_by_label("Tytuł").fill("Zespół w gminie")
    page.get_by_label("Plik").set_input_files({"name": "film 🎬.mp4", "mimeType": "video/mp4", "buffer": content})


def send(page: Page) -> None:
    page.get_by_role("button", name="Wyślij plik").click()


def posts(page: Page) -> list[Request]:
    """What is sent to the form from now on."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def test_a_cut_file_is_refused_at_its_field_and_a_whole_one_taken(page: Page, guard: Guard) -> None:
    guard.expected.add(422)
    page.goto(ADD)
    fill(page, mp4()[:-40])
    send(page)
    expect(page.get_by_text("Plik jest niepełny")).to_be_visible()
    expect(page.get_by_text("Nie przyjęliśmy pliku.")).to_be_visible()
    expect(page.get_by_label("Tytuł")).to_have_value("Zespół w gminie")
    assert not Video.objects.exists()
    fill(page, mp4())
    send(page)
    page.wait_for_url(VIDEO)
    expect(page.get_by_role("heading", name="Zespół w gminie")).to_be_visible()
    expect(page.get_by_text("1280 × 720")).to_be_visible()
    assert Video.objects.get().title == "Zespół w gminie"


def test_a_lost_connection_is_said_and_the_form_stays(page: Page) -> None:
    page.goto(ADD)
    fill(page, mp4())
    page.route(f"**{ADD}", lambda route: route.abort("connectionreset"))
    send(page)
    expect(page.get_by_text("Nie udało się wysłać pliku. Sprawdź połączenie")).to_be_visible()
    expect(page.get_by_label("Tytuł")).to_have_value("Zespół w gminie")
    assert page.get_by_label("Plik").evaluate("field => field.files.length") == 1
    page.unroute(f"**{ADD}")
    send(page)
    page.wait_for_url(VIDEO)


def test_sending_can_be_broken_off(page: Page) -> None:
    page.goto(ADD)
    fill(page, mp4())
    held: list[Route] = []  # as a slow line would hold it

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**{ADD}", hold)
    send(page)
    expect(page.get_by_label("Postęp wysyłania")).to_be_visible()
    expect(page.get_by_role("button", name="Wyślij plik")).to_be_disabled()
    page.get_by_role("button", name="Przerwij").click()
    expect(page.get_by_text("Przerwaliśmy wysyłanie. Nic nie zostało zapisane.")).to_be_visible()
    expect(page.get_by_label("Postęp wysyłania")).to_be_hidden()
    assert not Video.objects.exists()


def test_what_is_too_large_is_not_sent_at_all(page: Page, settings: Any) -> None:
    settings.FILM_MAX_MB = 1
    page.goto(ADD)
    fill(page, mp4(film=bytes(1_200_000)))
    sent = posts(page)
    send(page)
    expect(page.get_by_text("Plik jest większy niż 1\xa0MB.")).to_be_visible()
    assert sent == []


def test_without_scripts_it_is_a_form_like_any_other(browse: Browse, site: object, editor: User) -> None:
    plain = browse(editor, java_script_enabled=False)
    plain.goto(ADD)
    fill(plain, b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 9)
    send(plain)
    expect(plain.get_by_text("Wybierz plik MP4 lub WebM.")).to_be_visible()
    fill(plain, mp4())
    send(plain)
    plain.wait_for_url(VIDEO)


def test_the_pages_of_videos_fit_a_telephone(browse: Browse, site: object, editor: User) -> None:
    telephone = browse(editor, width=320, height=700)
    telephone.goto(ADD)
    fits(telephone)
    fill(telephone, mp4())
    send(telephone)
    telephone.wait_for_url(VIDEO)
    fits(telephone)
    telephone.goto("/redakcja/filmy/pliki/")
    expect(telephone.get_by_role("link", name="Zespół w gminie")).to_be_visible()
    fits(telephone)
