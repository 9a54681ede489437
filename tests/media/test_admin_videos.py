"""Uploaded videos in the admin: sent, looked at, tried again, deleted; by whoever may."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection
from wagtail.search.backends import get_search_backend

from media import ffmpeg, renditions, videos
from media.models import Rendition, Video
from tests import make
from tests.media import films
from tests.media.test_permissions import ACTIONS, editor_of
from tests.media.video_files import mp4

Kind, State = Rendition.Kind, Rendition.State
pytestmark = pytest.mark.django_db

INDEX = "/redakcja/filmy/pliki/"
ADD = f"{INDEX}dodaj/"


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty storage."""
    storage = FileSystemStorage(tmp_path)
    for model in (Video, Rendition):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    return tmp_path


@pytest.fixture
def north(db: None) -> Collection:
    return Collection.get_first_root_node().add_child(name="Północ")


@pytest.fixture
def video(north: Collection) -> Video:
    file = SimpleUploadedFile("film.mp4", mp4())
    return videos.add(file, title="Zespół w gminie", collection=north)


def at(video: Video, action: str = "") -> str:
    return f"{INDEX}{video.pk}/{action}"


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def form(collection: Collection, content: bytes | None = None, name: str = "film.mp4", **fields: Any) -> dict[str, Any]:
    file = SimpleUploadedFile(name, mp4() if content is None else content)
    return {"file": file, "title": "Zespół", "collection": collection.pk, **fields}


def test_an_editor_uploads_a_video(editor: Client, north: Collection) -> None:
    assert "najwyżej 2048\xa0MB" in text(editor.get(ADD))
    response = editor.post(ADD, form(north, name="../żółć 🎬.mp4"), follow=True)
    video = Video.objects.get()
    assert response.redirect_chain[-1][0] == at(video)
    assert (video.title, video.collection, video.size) == ("Zespół", north, len(mp4()))
    page = text(response)
    assert "Gotowe kroki: 0 z&nbsp;5." in page
    assert "1280 × 720" in page
    assert "<self-refresh" in page


def test_a_script_that_shows_progress_gets_the_address_to_go_to(editor: Client, north: Collection) -> None:
    response = editor.post(ADD, form(north), headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json() == {"url": at(Video.objects.get())}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "pusty"), (b"<svg/>" * 20, "MP4"), (mp4()[:-40], "niepełny")],
)
def test_a_bad_file_is_refused_at_the_field_together_with_other_faults(
    editor: Client, north: Collection, stored: Path, content: bytes, said: str
) -> None:
    response = editor.post(ADD, form(north, content, title=""))
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert said in errors["file"][0]
    assert "title" in errors
    assert not list(stored.rglob("*"))
    assert not Video.objects.exists()


def test_what_is_too_large_is_refused_before_it_is_received(
    editor: Client, north: Collection, settings: Any, stored: Path
) -> None:
    settings.FILM_MAX_MB = 1
    response = editor.post(ADD, form(north, mp4(film=bytes(1_200_000))))
    assert response.status_code == 413
    assert "Plik jest większy niż 1\xa0MB." in text(response)
    assert not response.wsgi_request._read_started
    # A little over the limit, with room for the other fields: told at the field.
    response = editor.post(ADD, form(north, mp4(film=bytes(1024 * 1024))))
    assert response.status_code == 422
    assert "Plik jest większy niż 1\xa0MB." in text(response)
    assert not list(stored.rglob("*"))


def test_a_form_of_another_site_is_refused(north: Collection) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(films.person("Redakcja"))
    assert client.post(ADD, form(north)).status_code == 403
    assert not Video.objects.exists()


@pytest.mark.parametrize("where", ["", "dodaj/", "{}/", "{}/plik/", "{}/wersje/360p/", "{}/ustawienia/", "{}/usun/"])
def test_strangers_log_in_first_and_others_stay_outside(video: Video, where: str) -> None:
    url = INDEX + where.format(video.pk)
    assert Client().get(url).status_code == 302
    assert films.browser_of(make.user()).get(url).status_code == 403


MATRIX = {"": 200, "plik/": 200, "ustawienia/": 200, "usun/": 200}


@pytest.mark.parametrize(("action", "status"), MATRIX.items())
def test_each_action_takes_its_right(video: Video, north: Collection, action: str, status: int) -> None:
    south = Collection.get_first_root_node().add_child(name="Południe")
    whole = films.browser_of(editor_of(north, *ACTIONS))
    other = films.browser_of(editor_of(south, *ACTIONS))
    author = films.browser_of(films.person("Autorki i autorzy"))
    administrator = films.browser_of(make.user(is_superuser=True))
    assert whole.get(at(video, action)).status_code == status
    assert administrator.get(at(video, action)).status_code == status
    assert other.get(at(video, action)).status_code != status
    assert (author.get(at(video, action)).status_code == status) is (action != "usun/")


def test_nothing_is_added_to_a_collection_that_is_not_theirs(video: Video, north: Collection) -> None:
    south = Collection.get_first_root_node().add_child(name="Południe")
    client = films.browser_of(editor_of(south, *ACTIONS))
    assert client.post(ADD, form(north)).status_code == 422
    assert client.post(ADD, form(south)).status_code == 302
    assert [row.title for row in client.get(INDEX).context["object_list"]] == ["Zespół"]


def test_errors_are_shown_and_tried_again(editor: Client, video: Video) -> None:
    renditions.claim(video, Kind.POSTER)
    assert "Spróbuj ponownie" not in text(editor.get(at(video)))
    video.renditions.update(state=State.SKIPPED, error=ffmpeg.MISSING)
    video.renditions.filter(kind=Kind.P720).update(state=State.FAILED, error="Program ffmpeg nie poradził sobie.")
    page = text(editor.get(at(video)))
    assert ffmpeg.MISSING in page
    assert "Program ffmpeg nie poradził sobie." in page
    assert "Spróbuj ponownie" in page
    assert editor.get(at(video, "ponownie/")).status_code == 405
    assert "Gotowe kroki: 0 z&nbsp;5." in text(editor.post(at(video, "ponownie/"), follow=True))
    assert set(video.renditions.values_list("state", "error")) == {(State.WAITING, "")}


def test_only_who_may_change_it_tries_again(video: Video, north: Collection) -> None:
    video.renditions.update(state=State.FAILED, error="Nie wyszło.")
    chooser = films.browser_of(editor_of(north, "choose"))
    assert "Spróbuj ponownie" not in text(chooser.get(at(video)))
    assert chooser.post(at(video, "ponownie/")).url == "/redakcja/"  # where Wagtail sends whoever may not
    assert not video.renditions.filter(state=State.WAITING).exists()


def test_a_step_left_by_a_stopped_worker_can_be_tried_again(editor: Client, video: Video) -> None:
    video.renditions.update(state=State.SKIPPED, error="Ten film nie ma dźwięku.")
    renditions_of = video.renditions.filter(kind=Kind.P720)
    renditions_of.update(state=State.RUNNING, started_at=renditions.abandoned(video))
    assert "Spróbuj ponownie" in text(editor.get(at(video)))


def test_the_file_and_its_versions_are_served_in_parts(editor: Client, video: Video, stored: Path) -> None:
    part = editor.get(at(video, "plik/"), headers={"Range": "bytes=4-7"})
    assert (part.status_code, part["Content-Type"]) == (206, "video/mp4")
    assert b"".join(part.streaming_content) == b"ftyp"
    assert editor.get(at(video, "wersje/360p/")).status_code == 404
    assert editor.get(at(video, "wersje/zupełnie-inna/")).status_code == 404
    (stored / "obraz.jpg").write_bytes(b"\xff\xd8")
    video.renditions.filter(kind=Kind.POSTER).update(state=State.DONE, file="obraz.jpg", size=2)
    assert editor.get(at(video, "wersje/poster/"))["Content-Type"] == "image/jpeg"
    assert at(video, "wersje/poster/") in text(editor.get(at(video)))


def test_the_title_and_the_collection_are_changed(editor: Client, video: Video) -> None:
    data = {"title": "Nowy", "collection": Collection.get_first_root_node().pk, "is_sample": "on"}
    assert "Nowy" in text(editor.post(at(video, "ustawienia/"), data, follow=True))
    video.refresh_from_db()
    assert (video.title, video.collection.depth, video.is_sample) == ("Nowy", 1, True)


def test_an_unused_video_is_deleted_after_a_question(editor: Client, video: Video, stored: Path) -> None:
    assert "Nie da się tego cofnąć." in text(editor.get(at(video, "usun/")))
    assert editor.post(at(video, "usun/")).status_code == 302
    assert not Video.objects.exists()


def test_a_video_of_a_draft_is_not_deleted_and_the_page_says_which_film(editor: Client, video: Video) -> None:
    film = films.film("Powiat na filmie", video=films.video(), live=True)
    film.signed_video = video
    film.save_revision()
    for page in (editor.get(at(video)), editor.get(at(video, "usun/"))):
        assert f'<a href="/redakcja/pages/{film.pk}/edit/">Powiat na filmie</a>' in text(page)
    refusal = editor.post(at(video, "usun/"))
    assert refusal.status_code == 409
    assert "bo używają go filmy" in text(refusal)
    assert Video.objects.filter(pk=video.pk).exists()


def test_the_list_takes_no_query_a_video(editor: Client, north: Collection, django_assert_max_num_queries: Any) -> None:
    for state in (State.WAITING, State.FAILED, State.SKIPPED):
        shown = videos.add(SimpleUploadedFile("f.mp4", mp4()), title=state.label, collection=north)
        shown.renditions.update(state=state)
        films.film(f"Film, który {state.label}", video=shown, live=True)
    with django_assert_max_num_queries(22):
        page = text(editor.get(INDEX))
    assert all(state.label in page for state in (State.WAITING, State.FAILED, State.SKIPPED))
    assert all(f"Film, który {state.label}" in page for state in (State.WAITING, State.FAILED, State.SKIPPED))
    assert "nie wszystko się udało" in page
    assert "0:05" in page
    assert "1\xa0KB" in page


def test_the_list_is_searched_by_title_within_what_one_may_see(editor: Client, video: Video) -> None:
    other = videos.add(SimpleUploadedFile("f.mp4", mp4()), title="Debata", collection=Collection.get_first_root_node())
    films.film("Powiat na filmie", video=video, live=True)
    get_search_backend().add_bulk(Video, [video, other])  # which saving does by itself outside of tests
    found = editor.get(INDEX, {"q": "zespół"})
    assert [row.title for row in found.context["object_list"]] == ["Zespół w gminie"]
    assert "Powiat na filmie" in text(found)
    elsewhere = Collection.get_first_root_node().add_child(name="Południe")
    stranger = films.browser_of(editor_of(elsewhere, *ACTIONS))
    assert list(stranger.get(INDEX, {"q": "zespół"}).context["object_list"]) == []


def test_the_page_of_a_video_takes_few_queries(
    editor: Client, video: Video, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        films.film(f"Film {number}", video=video, live=True)
    with django_assert_max_num_queries(35):
        assert "Film 2" in text(editor.get(at(video)))


def test_the_form_of_a_film_opens_the_dialogue_for_each_of_its_videos(editor: Client) -> None:
    film = films.film("Zespół")
    page = text(editor.get(f"/redakcja/pages/{film.pk}/edit/"))
    for field in ("video", "described_video", "signed_video"):
        assert f'id="id_{field}-chooser"' in page
    assert "/redakcja/filmy/wybor-pliku/" in page


def test_only_videos_that_may_be_chosen_are_offered(video: Video, north: Collection) -> None:
    south = Collection.get_first_root_node().add_child(name="Południe")
    url = "/redakcja/filmy/wybor-pliku/"
    mine, other = (films.browser_of(editor_of(where, *ACTIONS)) for where in (north, south))
    assert "Zespół w gminie" in mine.get(url).json()["html"]
    assert "Zespół w gminie" not in other.get(url).json()["html"]
    assert mine.get(f"{url}chosen/{video.pk}/").status_code == 200
    assert other.get(f"{url}chosen/{video.pk}/").status_code == 404
