"""The list of films without captions, and the letters about them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from elearning.accounts.models import User
from elearning.notifications.models import Message
from media import deadlines
from media.grace import CaptionState
from media.models import FilmPage, TextTrack
from tests import make
from tests.media import films

pytestmark = pytest.mark.django_db

LIST = "/redakcja/filmy/napisy/"
EVENT = date(2026, 3, 2)


def on(day: int) -> date:
    """That many days after the event."""
    return EVENT + timedelta(days=day)


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def owner(db: None) -> User:
    return make.user("Olga", "Właścicielska", email="olga@example.org")


@pytest.fixture
def recording(owner: User) -> FilmPage:
    """A live recording on the site, without captions."""
    return films.film("Debata", vtt="", live=True, recorded_live_on=EVENT, owner=owner)


def letters() -> dict[str, str]:
    """The subjects of what was written, by address."""
    return dict(Message.objects.values_list("recipient", "subject"))


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (0, CaptionState.NOT_DUE, "Zostało 14\xa0dni"),
        (9, CaptionState.NOT_DUE, "Zostało 5\xa0dni"),
        (10, CaptionState.REMINDED, "Zostały 4\xa0dni"),
        (13, CaptionState.REMINDED, "Został 1\xa0dzień"),
        (14, CaptionState.LAST_DAY, "Dziś mija termin"),
        (15, CaptionState.OVERDUE, "Po terminie od 1\xa0dnia"),
        (36, CaptionState.OVERDUE, "Po terminie od 22\xa0dni"),
    ],
)
def test_days_change_the_state(recording: FilmPage, day: int, state: CaptionState, words: str) -> None:
    found = deadlines.deadlines_of(FilmPage.objects.all(), on(day))
    assert [(one.state, one.words, one.last) for one in found] == [(state, words, on(14))]
    assert deadlines.deadline_of(recording, on(day)) == found[0]


def test_captions_end_the_wait(recording: FilmPage) -> None:
    TextTrack.objects.create(film=recording, kind="subtitles", language="en", vtt=films.VTT)
    TextTrack.objects.create(film=recording, kind="captions", language="en", vtt="")
    assert deadlines.deadlines_of(FilmPage.objects.all(), on(3))
    TextTrack.objects.create(film=recording, kind="captions", language="pl", vtt=films.VTT)
    assert deadlines.deadlines_of(FilmPage.objects.all(), on(3)) == []
    assert deadlines.deadline_of(FilmPage.objects.get(), on(3)) is None


def test_a_film_that_never_had_time_is_told_first(recording: FilmPage) -> None:
    films.film("Reportaż", vtt="", live=True)
    found = deadlines.deadlines_of(FilmPage.objects.all(), on(30))
    assert [(one.film.title, one.left) for one in found] == [("Reportaż", None), ("Debata", -16)]
    assert all(one.is_late for one in found)


def test_a_draft_without_captions_has_no_deadline_but_a_recording_shows_it() -> None:
    assert deadlines.deadline_of(films.film(vtt=""), on(3)) is None
    draft = films.film(vtt="", recorded_live_on=EVENT)
    assert deadlines.deadline_of(draft, on(3)) is not None
    assert deadlines.deadlines_of(FilmPage.objects.all(), on(3)) == []


@pytest.mark.parametrize(
    ("day", "subject"),
    [
        (9, None),
        (10, "Zostały 4 dni: napisy do filmu „Debata”"),
        (12, "Zostały 2 dni: napisy do filmu „Debata”"),
        (14, "Dziś mija termin: napisy do filmu „Debata”"),
        (15, "Po terminie: napisy do filmu „Debata”"),
        (90, "Po terminie: napisy do filmu „Debata”"),
    ],
)
def test_letters_by_day_also_after_missed_nights(recording: FilmPage, day: int, subject: str | None) -> None:
    count = deadlines.remind(on(day))
    assert letters() == ({"olga@example.org": subject} if subject else {})
    assert count == (1 if subject else 0)


def test_each_letter_is_written_once(recording: FilmPage) -> None:
    for day in range(40):
        deadlines.remind(on(day))
        deadlines.remind(on(day))
    assert sorted(Message.objects.values_list("subject", flat=True)) == [
        "Po terminie: napisy do filmu „Debata”",
        "Zostały 4 dni: napisy do filmu „Debata”",
    ]


def test_another_day_of_the_event_is_another_deadline(recording: FilmPage) -> None:
    deadlines.remind(on(10))
    FilmPage.objects.update(recorded_live_on=on(3))
    deadlines.remind(on(12))
    assert Message.objects.count() == 1
    deadlines.remind(on(13))
    assert Message.objects.count() == 2


def test_no_letters_about_what_needs_none(owner: User) -> None:
    films.film("Z napisami", live=True, recorded_live_on=EVENT, owner=owner)
    films.film("Szkic", vtt="", recorded_live_on=EVENT, owner=owner)
    films.film("Bez wydarzenia", vtt="", live=True, owner=owner)
    gone = films.film("Usunięty", vtt="", live=True, recorded_live_on=EVENT, owner=owner)
    gone.delete()
    withdrawn = films.film("Wycofany", vtt="", live=True, recorded_live_on=EVENT, owner=owner)
    withdrawn.unpublish()
    assert deadlines.remind(on(20)) == 0


def test_the_owner_and_the_editors_are_told(recording: FilmPage) -> None:
    films.person("Redakcja", email="maria@example.org")
    films.person("Redakcja", email="dawna@example.org", is_active=False)
    films.person("Koordynacja", email="koordynacja@example.org")
    films.person("Autorki i autorzy", email="autorka@example.org")
    deadlines.remind(on(10))
    assert set(letters()) == {"olga@example.org", "maria@example.org"}


def test_editors_who_may_not_edit_the_film_are_not_told(recording: FilmPage) -> None:
    films.person("Redakcja", email="maria@example.org")
    GroupPagePermission.objects.filter(group__name="Redakcja").delete()
    deadlines.remind(on(15))
    assert set(letters()) == {"olga@example.org"}


def test_nobody_is_told_twice_and_no_owner_is_no_fault(recording: FilmPage) -> None:
    editor = films.person("Redakcja", email="maria@example.org")
    FilmPage.objects.update(owner=editor)
    assert deadlines.remind(on(10)) == 1
    FilmPage.objects.update(owner=None)
    assert deadlines.remind(on(15)) == 1
    User.objects.filter(pk=editor.pk).update(is_active=False)
    FilmPage.objects.update(owner=editor, recorded_live_on=on(1))
    assert deadlines.remind(on(30)) == 0


def test_the_letter_says_what_to_do_and_where(recording: FilmPage, settings: Any) -> None:
    settings.BASE_URL = "https://kooperacja.example.org"
    deadlines.remind(on(10))
    body = Message.objects.get().body
    assert body.startswith("Dzień dobry, Olga!")
    assert "Zostały 4\xa0dni. Ostatni dzień na dodanie napisów to 16\xa0marca\xa02026\xa0r." in body
    assert f"https://kooperacja.example.org{reverse('wagtailadmin_pages:edit', args=[recording.pk])}" in body
    assert "&" not in body


def test_the_nightly_command_writes_them(owner: User, capsys: Any) -> None:
    films.film("Debata", vtt="", live=True, recorded_live_on=ago(11), owner=owner)
    call_command("caption_deadlines")
    call_command("caption_deadlines")
    assert Message.objects.get().subject.startswith("Zostały 3 dni")
    assert capsys.readouterr().out == "Nowe wiadomości: 1.\nNowe wiadomości: 0.\n"


def test_the_list_says_which_are_late(editor: Client) -> None:
    films.film("Późny", vtt="", live=True, recorded_live_on=ago(15))
    films.film("Czeka", vtt="", live=True, recorded_live_on=ago(13))
    films.film("Gotowy", live=True, recorded_live_on=ago(13))
    films.film("Szkic", vtt="", recorded_live_on=ago(13))
    text = editor.get(LIST).content.decode()
    assert "Po terminie (1)" in text
    assert "W&nbsp;terminie (1)" in text
    assert "Po terminie od 1\xa0dnia" in text
    assert "Został 1\xa0dzień" in text
    assert reverse("wagtailadmin_pages:edit", args=[FilmPage.objects.get(title="Czeka").pk]) in text
    assert "Gotowy" not in text
    assert "Szkic" not in text


def test_an_empty_list_says_so(editor: Client) -> None:
    text = editor.get(LIST).content.decode()
    assert "Żaden film nie jest po terminie." in text
    assert "Żadne nagranie nie czeka na napisy." in text


@pytest.mark.parametrize(
    ("group", "opens", "sees"),
    [
        ("Redakcja", True, True),
        ("Autorki i autorzy", True, True),
        ("Koordynacja", False, False),
        ("Prowadzący", False, False),
    ],
)
def test_who_opens_the_list_and_what_they_see(group: str, opens: bool, sees: bool) -> None:
    films.film("Cudzy", vtt="", live=True, recorded_live_on=ago(15))
    person = films.person(group)
    answer = films.browser_of(person).get(LIST)
    assert (answer.status_code == 200) is opens
    assert ("Cudzy" in answer.content.decode()) is sees
    menu = films.browser_of(person).get("/redakcja/").content.decode()
    assert (LIST in menu) is opens


def test_who_may_only_edit_their_own_see_only_those(db: None) -> None:
    author = films.person("Autorki i autorzy")
    GroupPagePermission.objects.filter(permission__codename="change_page").delete()
    films.film("Własny", vtt="", live=True, recorded_live_on=ago(15), owner=author)
    films.film("Cudzy", vtt="", live=True, recorded_live_on=ago(15))
    text = films.browser_of(author).get(LIST).content.decode()
    assert "Własny" in text
    assert "Cudzy" not in text


def test_learners_and_strangers_do_not_open_it(learner: User) -> None:
    assert films.browser_of(learner).get(LIST).status_code in {302, 403}
    assert Client().get(LIST).status_code == 302


def test_the_list_takes_no_more_queries_for_more_films(editor: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(2):
        films.film(f"Film {number}", vtt="", live=True, recorded_live_on=ago(15))
    editor.get(LIST)
    with django_assert_max_num_queries(16):
        editor.get(LIST)
    for number in range(8):
        films.film(f"Następny {number}", vtt="", live=True, recorded_live_on=ago(number))
    with django_assert_max_num_queries(16):
        editor.get(LIST)


def test_the_form_of_a_film_counts_down(editor: Client) -> None:
    for days, words in ((4, "Zostało 10\xa0dni"), (14, "Dziś mija termin"), (15, "Po terminie od 1\xa0dnia")):
        page = films.film(vtt="", live=True, recorded_live_on=ago(days))
        assert words in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    page = films.film(recorded_live_on=ago(4))
    assert "Zostało 10\xa0dni" not in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_group_is_there(db: None) -> None:
    assert Group.objects.filter(name=deadlines.EDITORS).exists()
