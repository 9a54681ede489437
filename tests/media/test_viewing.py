"""What is written down of watching: as much as real time allows, never less than before."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from elearning.accounts.models import User
from media import viewing
from media.models import FilmPage, Watch
from tests.media import films

MINUTE = 60_000


@pytest.fixture
def film(db: None) -> FilmPage:
    """Ten minutes."""
    return films.film(live=True, video=films.video(duration=10 * MINUTE))


def session(film: FilmPage, user: User, *, minutes_ago: float, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of a page that was opened some time ago."""
    then = timezone.now() - timedelta(minutes=minutes_ago)
    with monkeypatch.context() as patched:
        patched.setattr(viewing.timezone, "now", lambda: then)
        return viewing.open_session(film.pk, user.pk)


def told(film: FilmPage, user: User, token: str, *parts: tuple[float, float], position: int = 0) -> Watch:
    """A report of parts given in minutes."""
    played = [[int(start * MINUTE), int(end * MINUTE)] for start, end in parts]
    return viewing.report(user=user, film=film, token=token, played=played, position=position)


def test_what_was_played_is_written_down(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = session(film, learner, minutes_ago=5, monkeypatch=monkeypatch)
    watch = told(film, learner, token, (0, 4), position=4 * MINUTE)
    assert (watch.watched, watch.position, watch.share) == (4 * MINUTE, 4 * MINUTE, Decimal("0.4"))
    assert viewing.watch_of(learner, film) == watch
    assert viewing.parts(Watch.objects.get()) == ((0, 4 * MINUTE),)


def test_ten_minutes_in_one_are_not_believed(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = session(film, learner, minutes_ago=1, monkeypatch=monkeypatch)
    watch = told(film, learner, token, (0, 10))
    assert 2 * MINUTE <= watch.watched <= 2 * MINUTE + 6_000
    assert told(film, learner, token, (0, 10)).watched <= 2 * MINUTE + 12_000


def test_a_report_that_comes_twice_changes_nothing(
    film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = session(film, learner, minutes_ago=5, monkeypatch=monkeypatch)
    first = told(film, learner, token, (0, 1), (3, 4), position=4 * MINUTE)
    again = told(film, learner, token, (0, 1), (3, 4), position=4 * MINUTE)
    assert (again.played, again.share, again.position) == (first.played, first.share, first.position)
    assert Watch.objects.count() == 1


def test_the_same_minute_ten_times_is_one_minute(
    film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = session(film, learner, minutes_ago=30, monkeypatch=monkeypatch)
    assert told(film, learner, token, *[(0, 1)] * 10).watched == MINUTE


def test_two_devices_add_up(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = session(film, learner, minutes_ago=20, monkeypatch=monkeypatch)
    office = session(film, learner, minutes_ago=6, monkeypatch=monkeypatch)
    told(film, learner, phone, (0, 4))
    watch = told(film, learner, office, (4, 9))
    assert watch.share == Decimal("0.9")


def test_nothing_is_taken_back(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = session(film, learner, minutes_ago=20, monkeypatch=monkeypatch)
    told(film, learner, token, (0, 9), position=9 * MINUTE)
    watch = told(film, learner, token, position=0)
    assert (watch.watched, watch.share, watch.position) == (9 * MINUTE, Decimal("0.9"), 0)


def test_a_place_beyond_the_film_is_its_end(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = session(film, learner, minutes_ago=1, monkeypatch=monkeypatch)
    assert told(film, learner, token, position=10**12).position == 10 * MINUTE
    assert told(film, learner, token, position=-5).position == 0


@pytest.mark.parametrize("played", [["x"], [[1]], [[None, 3]], [[float("nan"), 3]], [["0", "9"]], [[9, 1]], [{"a": 1}]])
def test_parts_that_are_none_count_nothing(
    film: FilmPage, learner: User, played: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = session(film, learner, minutes_ago=1, monkeypatch=monkeypatch)
    assert viewing.report(user=learner, film=film, token=token, played=played, position=0).watched == 0


def test_sessions_of_others_are_refused(film: FilmPage, learner: User, stranger: User) -> None:
    other = films.film(live=True)
    tokens = [
        viewing.open_session(film.pk, stranger.pk),
        viewing.open_session(other.pk, learner.pk),
        viewing.open_session(film.pk, learner.pk) + "x",
        "",
    ]
    for token in tokens:
        with pytest.raises(viewing.BadSession):
            told(film, learner, token, (0, 1))
    assert not Watch.objects.exists()


def test_a_film_without_a_length_is_not_counted(learner: User) -> None:
    unknown = films.film(live=True, video=films.video(duration=None))
    with pytest.raises(viewing.NotCounted):
        told(unknown, learner, viewing.open_session(unknown.pk, learner.pk), (0, 1))
    elsewhere = films.film(live=True, video=None, external_url="https://vimeo.com/1", external_minutes=3)
    with pytest.raises(viewing.NotCounted):
        told(elsewhere, learner, viewing.open_session(elsewhere.pk, learner.pk), (0, 1))
