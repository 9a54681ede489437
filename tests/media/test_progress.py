"""Reports of players that come at once, in wrong hands, and too often."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from elearning.accounts.models import User
from elearning.cms.rates import Rate
from media import viewing
from media.models import FilmPage, Watch
from media.views import progress
from tests import make
from tests.media import films

MINUTE = 60_000


def token(film: FilmPage, user: User) -> str:
    """Of a page that was opened half an hour ago."""
    with pytest.MonkeyPatch.context() as patched:
        then = timezone.now() - timedelta(minutes=30)
        patched.setattr(viewing.timezone, "now", lambda: then)
        return viewing.open_session(film.pk, user.pk)


def send(client: Client, film: FilmPage, sent: str, *parts: tuple[int, int]) -> Any:
    """Parts in minutes."""
    played = [[start * MINUTE, end * MINUTE] for start, end in parts]
    body = json.dumps({"token": sent, "played": played, "position": 0})
    return client.post(reverse("films:progress", args=[film.slug]), body, content_type="application/json")


@pytest.fixture
def film(db: None) -> FilmPage:
    """Ten minutes."""
    return films.film(live=True, video=films.video(duration=10 * MINUTE))


@pytest.fixture
def regional(film: FilmPage) -> User:
    """An editor of another branch of the site."""
    person = make.user("Ela", "Zachodnia", is_staff=True)
    group = Group.objects.create(name="Redakcja zachodnia")
    GroupPagePermission.objects.create(group=group, page=make.course("Kurs zachodni"), permission_type="change")
    person.groups.add(group)
    return person


def test_a_forged_report_of_a_film_one_may_not_see_counts_nothing(
    film: FilmPage, learner: User, regional: User, administrator: User
) -> None:
    film.unpublish()
    for person in (learner, regional):
        assert send(films.browser_of(person), film, token(film, person), (0, 9)).status_code == 404
    assert send(Client(), film, token(film, learner), (0, 9)).status_code == 401
    assert not Watch.objects.exists()
    assert send(films.browser_of(administrator), film, token(film, administrator), (0, 9)).status_code == 200


def test_a_token_serves_its_own_person_and_film_only(film: FilmPage, learner: User, administrator: User) -> None:
    other = films.film(live=True)
    client = films.browser_of(learner)
    for forged in (token(film, administrator), token(other, learner), f"{token(film, learner)}x", "x:y:z"):
        assert send(client, film, forged, (0, 9)).status_code == 403
    assert not Watch.objects.exists()


def test_a_token_lasts_a_month(film: FilmPage, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    old = token(film, learner)
    monkeypatch.setattr(viewing, "LASTS", timedelta(seconds=-1))
    assert send(films.browser_of(learner), film, old, (0, 9)).status_code == 403


def test_too_many_reports_of_one_person_wait(
    film: FilmPage, learner: User, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "RATE", Rate(2, seconds=10**9))
    client = films.browser_of(learner)
    sent = token(film, learner)
    assert [send(client, film, sent, (0, 1)).status_code for _ in range(3)] == [200, 200, 429]
    assert send(films.browser_of(colleague), film, token(film, colleague), (0, 1)).status_code == 200


def test_a_rate_begins_again_with_each_window() -> None:
    rate = Rate(1, seconds=60)
    assert [rate.admits(7, at=at) for at in (60, 119, 120)] == [True, False, True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_reports_that_come_at_once_lose_nothing(site: Any) -> None:
    film = films.film(live=True, video=films.video(duration=10 * MINUTE))
    person = make.user("Anna", "Nowak")
    sent = token(film, person)
    clients = [films.browser_of(person) for _ in range(8)]
    statuses = _at_once([_report(client, film, sent, number) for number, client in enumerate(clients)])
    assert statuses == [200] * 8
    watch = Watch.objects.get()
    assert (watch.played, watch.watched) == ([[0, 8 * MINUTE]], 8 * MINUTE)


def _report(client: Client, film: FilmPage, sent: str, minute: int) -> Callable[[], int]:
    def run() -> int:
        try:
            return int(send(client, film, sent, (minute, minute + 1)).status_code)
        finally:
            connections.close_all()

    return run


def _at_once(works: list[Callable[[], int]]) -> list[int]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]
