"""The page of a film as visitors get it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from elearning.accounts.models import User
from media import viewing
from media.models import FilmPage
from tests.media import films
from tests.media.test_access import with_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> FilmPage:
    page = films.film(
        live=True,
        video=with_file(duration=600_000),
        chapters="0:00 Początek\n1:05 Zespół",
        lead="Krótko o filmie.",
        credits="Scenariusz: zespół",
        audio_description="Sala, stół, pięć osób.",
        track="rural",
    )
    page.topics.add("zespół")
    page.save()
    return page


def text(client: Client, film: FilmPage, query: str = "") -> str:
    answer = client.get(f"/filmy/{film.slug}/{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_film_has_its_player_texts_and_files(film: FilmPage) -> None:
    page = text(Client(), film)
    for part in ("Krótko o filmie.", "1:05", "Dzień dobry.", "Sala, stół", "Scenariusz: zespół", "(MP4, 1", "zespół"):
        assert part in page, part
    assert 'kind="captions" srclang="pl" label="Polski"' in page
    assert 'preload="none"' in page
    assert "Wszystkie prawa zastrzeżone" in page
    assert "film-progress" not in page


def test_a_learner_goes_on_where_they_stopped(film: FilmPage, learner: User, as_learner: Client) -> None:
    token = viewing.open_session(film.pk, learner.pk)
    viewing.report(user=learner, film=film, token=token, played=[[0, 3000]], position=200_000)
    page = text(as_learner, film)
    assert 'data-start="200000"' in page
    assert "Obejrzano 0 z 10 minut." in page
    assert f'data-save="/filmy/{film.slug}/-/postep/"' in page


@pytest.mark.parametrize(
    ("asked", "start"), [("?t=65", 65_000), ("?t=x", 0), ("?t=-1", 0), ("?t=" + "9" * 40, 0), ("?t=", 0)]
)
def test_a_shared_address_begins_at_its_second(film: FilmPage, asked: str, start: int) -> None:
    assert f'data-start="{start}"' in text(Client(), film, asked)


def test_a_film_elsewhere_asks_nothing_before_the_click() -> None:
    film = films.film(
        live=True, video=None, external_url="https://www.youtube.com/watch?v=abcdefghijk", external_minutes=3
    )
    answer = Client().get(f"/filmy/{film.slug}/")
    page = answer.content.decode()
    assert "<iframe" not in page
    assert 'data-url="https://www.youtube-nocookie.com/embed/abcdefghijk' in page
    assert "Twój adres IP" in page
    assert "frame-src https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    assert "youtube" not in Client().get("/filmy/")["Content-Security-Policy"]


def test_a_recording_says_until_when_its_captions_come() -> None:
    day = timezone.localdate() - timedelta(days=3)
    film = films.film(live=True, vtt="", recorded_live_on=day)
    assert "Napisy dodamy najpóźniej" in text(Client(), film)
    late = films.film(live=True, vtt="", recorded_live_on=day - timedelta(days=30))
    assert "nie ma jeszcze napisów" in text(Client(), late)


def test_a_film_without_a_file_still_has_its_texts() -> None:
    film = films.film(live=True, video=None)
    page = text(Client(), film)
    assert "Pliku tego filmu jeszcze nie ma." in page


def test_films_that_are_not_there_are_not_found(film: FilmPage) -> None:
    assert Client().get("/filmy/nie-ma/").status_code == 404
    film.unpublish()
    assert Client().get(f"/filmy/{film.slug}/").status_code == 404


def test_the_page_costs_few_queries(film: FilmPage, as_learner: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        films.film(f"Inny {number}", live=True, track="rural")
    text(as_learner, film)
    with django_assert_max_num_queries(14):
        text(Client(), film)
    with django_assert_max_num_queries(14):
        text(as_learner, film)
