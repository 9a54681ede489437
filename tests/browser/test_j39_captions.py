"""J39: a film without captions is not published; the recording of a live event counts its days down."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from elearning.accounts.models import User
from elearning.notifications.models import Message
from media.models import FilmPage
from tests.browser.checks import fits
from tests.browser.conftest import Browse
from tests.media import films

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LIST = "/redakcja/filmy/napisy/"
BROKEN = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nDzień dobry.\n\n00:00:09.000 --> 00:00:05.000\nWstecz.\n"
OVERLAPPING = "1\n00:00:01,000 --> 00:00:03,000\nŻółta łódź\n\n2\n00:00:02,500 --> 00:00:06,000\npłynie.\n"


@pytest.fixture
def film(site: object, editor: User) -> FilmPage:
    """A draft of red's, without captions."""
    return films.film("Debata o kooperacji", vtt="", owner=editor)


@pytest.fixture
def page(browse: Browse, editor: User, settings: Any) -> Iterator[Page]:
    settings.STAFF_SECOND_FACTOR = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # when something is saved, the journey says
    opened = browse(editor)
    yield opened
    opened.goto("about:blank")  # the form says good-bye to the server, which must still be there


def edit(page: Page, film: FilmPage) -> None:
    page.goto(f"/redakcja/pages/{film.pk}/edit/")


def press(page: Page, name: str) -> None:
    """The button at the foot of the form, or in the menu beside it."""
    wanted = page.get_by_role("button", name=name, exact=True)
    if not wanted.is_visible():
        page.get_by_role("button", name="Więcej akcji", exact=True).click()
    wanted.click()


def days_ago(days: int) -> str:
    return f"{timezone.localdate() - timedelta(days=days):%Y-%m-%d}"


def move(film: FilmPage, days: int) -> None:
    """The event was that many days ago: as if so much time had passed since."""
    FilmPage.objects.filter(pk=film.pk).update(recorded_live_on=days_ago(days))


def test_no_captions_no_publication_then_a_file_with_a_fault_then_a_good_one(page: Page, film: FilmPage) -> None:
    edit(page, film)
    page.locator("#id_title").fill("Debata po poprawkach")
    press(page, "Opublikuj")
    expect(page.get_by_text("Dodaj napisy. Bez napisów można opublikować tylko nagranie")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("Debata po poprawkach")
    film.refresh_from_db()
    assert not film.live

    page.get_by_role("button", name="Dodaj napisy").click()
    page.get_by_label("Plik z napisami (WebVTT lub SRT)").set_input_files(
        {"name": "napisy.vtt", "mimeType": "text/vtt", "buffer": BROKEN.encode()}
    )
    press(page, "Opublikuj")
    expect(page.get_by_text("Linia 6: Napis kończy się")).to_be_visible()
    fits(page)
    assert not film.tracks.exists()

    page.get_by_label("Plik z napisami (WebVTT lub SRT)").set_input_files(
        {"name": "napisy.srt", "mimeType": "application/x-subrip", "buffer": OVERLAPPING.encode("cp1250")}
    )
    press(page, "Opublikuj")
    expect(page.get_by_text("Napis nachodził na następny")).to_be_visible()
    expect(page.get_by_text("Windows-1250")).to_be_visible()
    film.refresh_from_db()
    assert film.live
    assert film.title == "Debata po poprawkach"
    assert "Żółta łódź" in film.tracks.get().vtt


def shows(page: Page, film: FilmPage, words: str, *, is_late: bool) -> None:
    """The form counts the days, and the list has the film where it belongs."""
    edit(page, film)
    expect(page.get_by_text(words).first).to_be_visible()
    page.goto(LIST)
    regions = [page.get_by_role("region", name=re.compile(name)) for name in ("^W\\sterminie", "^Po terminie")]
    rows = [region.get_by_role("row", name=re.compile(film.title)) for region in regions]
    expect(rows[is_late]).to_contain_text(words)
    expect(rows[not is_late]).to_have_count(0)
    fits(page)


def test_the_days_of_a_live_recording(page: Page, film: FilmPage, editor: User) -> None:
    edit(page, film)
    page.get_by_label("Nagranie wydarzenia na żywo z dnia").fill(days_ago(2))
    page.keyboard.press("Escape")
    press(page, "Opublikuj")
    expect(page.get_by_text(re.compile("opublikowan")).first).to_be_visible()
    film.refresh_from_db()
    assert film.live
    for days, words, letters in (
        (2, "Zostało 12 dni", 0),
        (10, "Zostały 4 dni", 1),
        (14, "Dziś mija termin", 1),
        (15, "Po terminie od 1 dnia", 2),
    ):
        move(film, days)
        # What moves here is the day of the event; to the letters it is still the same event.
        Message.objects.update(key=f"captions-due:{film.pk}:{days_ago(days)}:{editor.pk}")
        call_command("caption_deadlines")
        assert Message.objects.count() == letters, days
        shows(page, film, words, is_late=days == 15)


def test_an_overdue_recording_goes_on_with_captions_only(page: Page, film: FilmPage) -> None:
    FilmPage.objects.update(live=True)
    move(film, 15)
    edit(page, film)
    page.locator("#id_recorded_live_on").fill(days_ago(15))
    page.keyboard.press("Escape")
    press(page, "Opublikuj")
    expect(page.get_by_text("Dodaj napisy. W dniu publikacji mija już więcej niż 14 dni")).to_be_visible()
    page.get_by_role("button", name="Dodaj napisy").click()
    page.get_by_label("Napisy (WebVTT)").fill(films.VTT)
    press(page, "Opublikuj")
    expect(page.get_by_text(re.compile("opublikowan")).first).to_be_visible()
    page.goto(LIST)
    expect(page.get_by_text("Żaden film nie jest po terminie.")).to_be_visible()
    call_command("caption_deadlines")
    assert not Message.objects.exists()


def test_a_transcript_is_made_of_captions_and_edited(page: Page, film: FilmPage) -> None:
    edit(page, film)
    page.get_by_role("button", name="Dodaj napisy").click()
    page.get_by_label("Napisy (WebVTT)").fill(films.VTT)
    press(page, "Zapisz szkic")
    page.get_by_role("link", name="Utwórz transkrypcję").click()
    expect(page.get_by_role("main")).to_contain_text("[0:01] Dzień dobry. Powiat i gmina.")
    page.get_by_role("button", name="Wstaw do szkicu").click()
    expect(page.get_by_label("Transkrypcja")).to_have_value(re.compile("Dzień dobry"))


def test_captions_saved_in_the_background_are_shown(
    browse: Browse, film: FilmPage, editor: User, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    page = browse(editor)
    edit(page, film)
    page.get_by_role("button", name="Dodaj napisy").click()
    page.get_by_label("Plik z napisami (WebVTT lub SRT)").set_input_files(
        {"name": "napisy.srt", "mimeType": "application/x-subrip", "buffer": OVERLAPPING.encode()}
    )
    page.wait_for_timeout(2_500)  # Wagtail begins to look for changes that long after the page has loaded
    page.locator("#id_lead").fill("Co powiedziano o współpracy.")
    expect(page.get_by_label("Napisy (WebVTT)")).to_have_value(re.compile("WEBVTT"), timeout=15_000)
    expect(page.get_by_label("Plik z napisami (WebVTT lub SRT)")).to_have_value("")
    assert film.tracks.count() == 1
    page.goto("about:blank")
