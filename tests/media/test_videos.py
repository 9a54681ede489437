"""Uploaded videos: what is refused, what is kept, and that nothing stays behind."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from wagtail.models import Collection

from elearning.accounts.models import User
from media import renditions, videos
from media.models import Rendition, Video
from tests.media import films
from tests.media.video_files import mp4, trak, webm, webm_track

Kind, State = Rendition.Kind, Rendition.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty storage."""
    storage = FileSystemStorage(tmp_path)
    for model in (Video, Rendition):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    return tmp_path


def files(folder: Path) -> list[str]:
    """All that lies there, folders too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def added(content: bytes, name: str = "film.mp4", **fields: Any) -> Video:
    collection = Collection.get_first_root_node()
    return videos.add(SimpleUploadedFile(name, content), title="Zespół", collection=collection, **fields)


class Sparse(io.BytesIO):
    """A file that says it is large and is not."""

    size = 3 * 1024**3


@pytest.mark.parametrize(("content", "container", "size"), [(mp4(), "mp4", (1280, 720)), (webm(), "webm", (640, 360))])
def test_facts_are_read_from_the_file_and_all_versions_wait(
    stored: Path, content: bytes, container: str, size: tuple[int, int]
) -> None:
    video = added(content)
    assert (video.container, video.width, video.height, video.duration) == (container, *size, 5000)
    assert video.size == len(content)
    assert {one.kind: one.state for one in video.renditions.all()} == dict.fromkeys(Kind, State.WAITING)
    assert files(stored) == ["films", f"films/{video.key}", f"films/{video.key}/source.{container}"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "pusty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "MP4"),
        (b"%PDF-1.7 " + bytes(500), "MP4"),
        (mp4()[:-40], "niepełny"),
        (mp4(trak(b"soun", b"mp4a")), "obrazu"),
        (mp4(trak(b"vide", b"zzzz")), "Nie każda przeglądarka"),
        (webm(webm_track(codec=b"V_THEORA")), "Nie każda przeglądarka"),
    ],
)
def test_what_is_not_a_whole_video_is_refused_and_leaves_nothing(stored: Path, content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        added(content)
    assert reason in refusal.value.messages[0]
    assert files(stored) == []
    assert not Video.objects.exists()


def test_more_than_the_limit_is_refused_without_reading_it(stored: Path) -> None:
    with pytest.raises(ValidationError, match="większy niż 2048"):
        videos.add(File(Sparse(), name="film.mp4"), title="Film", collection=Collection.get_first_root_node())
    assert files(stored) == []


@pytest.mark.parametrize("name", ["../../etc/film.mp4", "a/b\\c.mp4", "🎬 zażółć.mp4", "x" * 300 + ".mp4", ".mp4"])
def test_the_name_of_the_file_is_never_used(stored: Path, name: str) -> None:
    file = File(io.BytesIO(mp4()), name=name)
    video = videos.add(file, title="Film", collection=Collection.get_first_root_node())
    assert video.file.name == f"films/{video.key}/source.mp4"
    assert Path(video.file.path).is_relative_to(stored)


def test_a_row_that_cannot_be_written_leaves_no_file(stored: Path) -> None:
    with pytest.raises(ValueError, match="unsaved related object"):
        added(mp4(), user=User())
    assert [name for name in files(stored) if name != "films"] == []


def test_removing_deletes_everything_of_that_video_and_nothing_else(
    stored: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept, gone = added(mp4()), added(mp4())
    (stored / "films" / str(gone.key) / "hls").mkdir()
    (stored / "films" / str(gone.key) / "hls" / "720p.m3u8").write_text("#EXTM3U")
    # A row may say what it likes about its file.
    Video.objects.filter(pk=gone.pk).update(file="source.mp4")
    with django_capture_on_commit_callbacks(execute=True):
        videos.remove(Video.objects.get(pk=gone.pk))
    assert files(stored) == ["films", f"films/{kept.key}", f"films/{kept.key}/source.mp4"]
    assert not Rendition.objects.filter(video=gone.pk).exists()


def test_a_video_in_a_film_is_not_removed(stored: Path, django_capture_on_commit_callbacks: Any) -> None:
    video = added(mp4())
    films.film("Zespół", video=video, live=True)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(videos.InUse):
        videos.remove(video)
    assert Path(video.file.path).exists()


def test_retrying_starts_only_what_failed_or_was_skipped() -> None:
    video = added(mp4())
    video.renditions.filter(kind=Kind.POSTER).update(state=State.DONE, file="x.jpg")
    video.renditions.filter(kind=Kind.P720).update(state=State.FAILED, error="Nie wyszło.")
    video.renditions.filter(kind=Kind.AUDIO).update(state=State.SKIPPED, error="Nie ma ffmpeg.")
    assert videos.retry(video) == 2
    assert {one.kind: (one.state, one.error) for one in video.renditions.all()} == {
        **dict.fromkeys(Kind, (State.WAITING, "")),
        Kind.POSTER: (State.DONE, ""),
    }


def test_a_ladder_is_made_again_with_a_film_that_was_missing() -> None:
    video = added(mp4())
    video.renditions.update(state=State.DONE, file="x")
    assert videos.retry(video) == 0
    video.renditions.filter(kind=Kind.P720).update(state=State.FAILED)
    assert videos.retry(video) == 2
    waiting = video.renditions.filter(state=State.WAITING)
    assert set(waiting.values_list("kind", flat=True)) == {Kind.P720, Kind.HLS}


def test_a_ladder_waits_for_a_film_that_another_worker_makes(stored: Path) -> None:
    video = added(mp4())
    video.renditions.exclude(kind__in=[Kind.P360, Kind.HLS]).update(state=State.SKIPPED)
    renditions.claim(video, Kind.P360)
    assert not renditions.make_next(video.pk)
    assert video.renditions.get(kind=Kind.HLS).state == State.WAITING


def test_work_of_a_stopped_worker_is_ordered_again_every_night(capsys: pytest.CaptureFixture[str]) -> None:
    waiting, running, done = added(mp4()), added(mp4()), added(mp4())
    renditions.claim(running, Kind.POSTER)
    running.renditions.exclude(kind=Kind.POSTER).update(state=State.SKIPPED)
    done.renditions.update(state=State.SKIPPED)
    call_command("finish_films")
    assert capsys.readouterr().out == "Filmy do dokończenia: 2.\n"
    assert waiting.pk != running.pk
