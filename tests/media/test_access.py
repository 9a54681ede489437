"""Who gets a film, its files, captions and progress: the stranger, learners, editors and the administrator."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction

from elearning.accounts.models import User
from media import access, viewing
from media.models import FilmPage, Rendition, Video, Watch
from media.views import progress
from tests import make
from tests.media import films

pytestmark = pytest.mark.django_db

FILM = bytes(range(256)) * 4


@pytest.fixture
def film() -> FilmPage:
    return films.film(live=True, video=with_file(), chapters="0:00 Początek\n0:30 Zespół")


def with_file(**fields: Any) -> Video:
    """A video with something in its file, a poster and an HLS ladder."""
    video = films.video(**fields)
    video.file.save("x", ContentFile(FILM))
    for kind, name in ((Rendition.Kind.POSTER, "obraz.jpg"), (Rendition.Kind.HLS, "hls/master.m3u8")):
        made = Rendition(video=video, kind=kind, state=Rendition.State.DONE, size=3)
        made.file.save(name, ContentFile(b"abc"))
    return video


def addresses(film: FilmPage) -> list[str]:
    """All addresses of a film but its page."""
    assert film.video
    files = [reverse("films:file", args=[film.slug, film.video.key, name]) for name in ("zrodlo.mp4", "obraz.jpg")]
    track = film.tracks.get()
    texts = [reverse(f"films:{name}", args=[film.slug]) for name in ("chapters", "transcript")]
    return [*files, *texts, reverse("films:captions", args=[film.slug, track.pk])]


def statuses(client: Client, film: FilmPage) -> set[int]:
    return {client.get(address).status_code for address in addresses(film)}


def restrict(film: FilmPage, kind: str, *groups: Group) -> None:
    restriction = PageViewRestriction.objects.create(page=film.get_parent(), restriction_type=kind, password="x")
    restriction.groups.set(groups)


@pytest.fixture
def regional(db: None) -> User:
    """An editor of another branch of the site."""
    person = make.user("Ela", "Zachodnia", is_staff=True)
    group = Group.objects.create(name="Redakcja zachodnia")
    branch = make.course("Kurs zachodni")
    for action in ("change", "publish"):
        GroupPagePermission.objects.create(group=group, page=branch, permission_type=action)
    person.groups.add(group)
    return person


def test_a_published_film_is_for_everybody(film: FilmPage, learner: User) -> None:
    assert access.is_open(film)
    for client in (Client(), films.browser_of(learner)):
        assert statuses(client, film) == {200}


def test_a_draft_is_for_those_who_edit_it(
    film: FilmPage, learner: User, administrator: User, regional: User, editor: Client
) -> None:
    film.unpublish()
    for person in (learner, regional):
        assert statuses(films.browser_of(person), film) == {404}
    assert statuses(Client(), film) == {404}
    for client in (editor, films.browser_of(administrator)):
        assert statuses(client, film) == {200}


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_restricted_film_is_for_whoever_meets_the_restriction(
    film: FilmPage, learner: User, colleague: User, kind: str
) -> None:
    group = Group.objects.create(name="Zespół")
    learner.groups.add(group)
    restrict(film, kind, group)
    assert not access.may_watch(AnonymousUser(), film)
    assert access.may_watch(learner, film) is (kind != "password")
    assert access.may_watch(colleague, film) is (kind == "login")
    assert statuses(Client(), film) == {404}
    assert statuses(films.browser_of(learner), film) == ({404} if kind == "password" else {200})


def test_what_somebody_had_to_log_in_for_is_kept_by_no_cache(film: FilmPage, learner: User) -> None:
    [file, *_] = addresses(film)
    assert Client().get(file)["Cache-Control"] == "public, max-age=86400"
    restrict(film, "login")
    assert films.browser_of(learner).get(file)["Cache-Control"] == "private, no-cache"


def test_the_file_of_another_film_is_not_served_under_this_one(film: FilmPage, learner: User) -> None:
    other = films.film(live=True, video=with_file())
    assert other.video
    assert film.video
    address = reverse("films:file", args=[film.slug, other.video.key, "zrodlo.mp4"])
    assert films.browser_of(learner).get(address).status_code == 404
    captions = reverse("films:captions", args=[film.slug, other.tracks.get().pk])
    assert Client().get(captions).status_code == 404


def test_a_draft_s_new_file_is_for_its_editors_only(film: FilmPage, learner: User, editor: Client) -> None:
    video = with_file()
    film.video = video
    film.save_revision()
    address = reverse("films:file", args=[film.slug, video.key, "zrodlo.mp4"])
    assert films.browser_of(learner).get(address).status_code == 404
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("hls/master.m3u8", 200),
        ("hls/0.m4s", 404),
        ("hls/../source.mp4", 404),
        ("hls/a/b.m4s", 404),
        ("720p.mp4", 404),
        ("zrodlo.webm", 404),
        ("source.mp4", 404),
        ("../../x", 404),
    ],
)
def test_only_files_that_were_made_are_served(film: FilmPage, name: str, status: int) -> None:
    assert film.video
    base = reverse("films:file", args=[film.slug, film.video.key, "x"])[:-1]
    assert Client().get(f"{base}{name}").status_code == status


def test_files_come_in_parts_and_to_keep(film: FilmPage) -> None:
    [file, *_] = addresses(film)
    part = Client().get(file, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part["Content-Type"]) == (206, "video/mp4")
    kept = Client().get(f"{file}?pobierz")
    assert kept["Content-Disposition"] == f'attachment; filename="{film.slug}-zrodlo.mp4"'
    text = Client().get(reverse("films:transcript", args=[film.slug]))
    assert text["Content-Disposition"].startswith("attachment")
    assert "[0:01] Dzień dobry." in text.content.decode()


def test_a_file_costs_few_queries(film: FilmPage, django_assert_max_num_queries: Any) -> None:
    for address in addresses(film):
        with django_assert_max_num_queries(4):
            Client().get(address)


# --- Progress ---------------------------------------------------------------------------------------------------------
def send(client: Client, film: FilmPage, **report: Any) -> Any:
    body = json.dumps({"token": "", "played": [], "position": 0, **report})
    return client.post(reverse("films:progress", args=[film.slug]), body, content_type="application/json")


def test_progress_is_written_down_for_who_is_logged_in(
    film: FilmPage, learner: User, as_learner: Client, django_assert_max_num_queries: Any
) -> None:
    token = viewing.open_session(film.pk, learner.pk)
    with django_assert_max_num_queries(11):  # seven; four begin and end savepoints
        answer = send(as_learner, film, token=token, played=[[0, 4000]], position=4000)
    assert answer.json() == {"watched": 4000, "share": 0.0666, "text": "Obejrzano 4 z\xa060 sekund.", "met": False}
    with django_assert_max_num_queries(8):  # six
        assert send(as_learner, film, token=token, played=[[0, 4000]], position=4000).json() == answer.json()
    assert Watch.objects.get().watched == 4000


def test_nobody_writes_for_others_or_for_films_they_may_not_see(
    film: FilmPage, learner: User, colleague: User, as_learner: Client
) -> None:
    token = viewing.open_session(film.pk, learner.pk)
    assert send(Client(), film, token=token).status_code == 401
    assert send(films.browser_of(colleague), film, token=token).status_code == 403
    film.unpublish()
    assert send(as_learner, film, token=token, played=[[0, 1000]]).status_code == 404
    assert not Watch.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"\xff", b"[" * 5000),
        b'{"token": 1, "played": [], "position": 0}',
        b'{"token": "", "played": {}, "position": 0}',
        b'{"token": "", "played": [], "position": "1"}',
        b'{"token": "", "played": [], "position": true}',
        b'{"token": "", "played": [], "position": 1.5}',
        json.dumps({"token": "", "played": [[0, 1]] * 5001, "position": 0}).encode(),
        json.dumps({"token": "x" * progress.LARGEST, "played": [], "position": 0}).encode(),
    ],
)
def test_a_malformed_report_is_refused(film: FilmPage, as_learner: Client, body: bytes) -> None:
    answer = as_learner.post(reverse("films:progress", args=[film.slug]), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Watch.objects.exists()


def test_what_cannot_be_counted_says_so(learner: User, as_learner: Client) -> None:
    unknown = films.film(live=True, video=films.video(duration=None))
    answer = send(as_learner, unknown, token=viewing.open_session(unknown.pk, learner.pk))
    assert (answer.status_code, answer.json()["error"]) == (409, "Tego filmu nie liczymy.")
