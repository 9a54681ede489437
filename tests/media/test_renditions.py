"""What is made of a video in the background, step by step."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from wagtail.models import Collection

from media import ffmpeg, renditions, videos
from media.containers import read_container
from media.models import Rendition, Video

Kind, State = Rendition.Kind, Rendition.State
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films of two seconds: a large one, a small one, one without sound."""
    folder = tmp_path_factory.mktemp("sources")
    picture = "testsrc2=duration=2:rate=15:size="
    sound = ["-f", "lavfi", "-i", "sine=duration=2"]
    for name, size, more in (("large", "1280x720", sound), ("small", "320x180", sound), ("silent", "320x180", [])):
        command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"{picture}{size}", *more, "-pix_fmt", "yuv420p"]
        subprocess.run([*command, str(folder / f"{name}.mp4")], check=True)
    return folder


def added(path: Path, **fields: Any) -> Video:
    with path.open("rb") as file:
        return videos.add(
            File(file, name=path.name), title="Film", collection=Collection.get_first_root_node(), **fields
        )


def make_all(video: Video) -> None:
    while renditions.make_next(video.pk):
        pass


def states(video: Video) -> dict[str, str]:
    return dict(video.renditions.values_list("kind", "state"))


def read(rendition: Rendition) -> Any:
    with rendition.file.open("rb") as file:
        return read_container(file, rendition.size)


@needs_ffmpeg
def test_everything_is_made_of_a_large_film(sources: Path, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        video = added(sources / "large.mp4")
    assert set(states(video).values()) == {State.DONE}
    made = {one.kind: one for one in video.renditions.all()}
    assert [read(made[kind]).height for kind in (Kind.P720, Kind.P360)] == [720, 360]
    assert abs(read(made[Kind.P360]).duration - 2000) < 100
    with made[Kind.P360].file.open("rb") as file:
        whole = file.read()
    assert whole.index(b"moov") < whole.index(b"mdat")
    with made[Kind.POSTER].file.open("rb") as file:
        assert file.read(2) == b"\xff\xd8"
    with made[Kind.HLS].file.open("rb") as file:
        master = file.read().decode()
    assert "720p.m3u8" in master
    assert made[Kind.HLS].size > made[Kind.P360].size  # the whole ladder, not its list alone
    folder = Path(video.file.path).parent / "hls"
    assert {"master.m3u8", "360p.m3u8", "360p_init.mp4", "360p_00000.m4s"} <= {path.name for path in folder.iterdir()}
    assert not any(path.is_symlink() for path in folder.iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        videos.remove(video)
    assert not folder.parent.exists()


@needs_ffmpeg
def test_a_small_film_is_not_enlarged_and_a_silent_one_has_no_sound(sources: Path) -> None:
    video = added(sources / "silent.mp4")
    make_all(video)
    assert states(video) == {
        Kind.POSTER: State.DONE,
        Kind.P720: State.SKIPPED,
        Kind.P360: State.DONE,
        Kind.HLS: State.DONE,
        Kind.AUDIO: State.SKIPPED,
    }
    assert read(video.renditions.get(kind=Kind.P360)).height == 180
    assert "180\xa0linii" in video.renditions.get(kind=Kind.P720).error
    assert "nie ma dźwięku" in video.renditions.get(kind=Kind.AUDIO).error


@needs_ffmpeg
def test_a_film_that_does_not_say_how_long_it_is_is_measured(sources: Path) -> None:
    video = added(sources / "small.mp4")
    Video.objects.filter(pk=video.pk).update(duration=None)
    make_all(video)
    video.refresh_from_db()
    assert video.duration is not None
    assert abs(video.duration - 2000) < 100


@needs_ffmpeg
def test_a_step_that_fails_says_why_without_a_path_and_can_be_made_again(sources: Path) -> None:
    video = added(sources / "small.mp4")
    path = Path(video.file.path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    make_all(video)
    failed = video.renditions.get(kind=Kind.P360)
    assert failed.state == State.FAILED
    assert failed.error.startswith("Program ffmpeg nie poradził sobie")
    assert str(path.parent) not in failed.error
    path.write_bytes(whole)
    assert videos.retry(video) >= 1
    make_all(video)
    assert states(video)[Kind.P360] == State.DONE


def test_without_ffmpeg_everything_is_skipped_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    video = row()
    monkeypatch.setattr(ffmpeg.shutil, "which", lambda name: None)
    make_all(video)
    assert set(states(video).values()) == {State.SKIPPED}
    assert video.renditions.first().error == ffmpeg.MISSING  # type: ignore[union-attr]
    with pytest.raises(ffmpeg.Failed):
        ffmpeg.run(Path("x"), "mp4", [], folder=Path("/"), seconds=1)


def row() -> Video:
    """A video whose steps wait."""
    video = Video.objects.create(title="Film", container="mp4", size=1, file="films/x/source.mp4")
    Rendition.objects.bulk_create(Rendition(video=video, kind=kind) for kind in Kind)
    return video


def test_a_step_is_taken_once() -> None:
    video = row()
    assert renditions.claim(video, Kind.POSTER) is not None
    assert renditions.claim(video, Kind.POSTER) is None


def test_a_step_that_a_stopped_worker_left_is_taken_again() -> None:
    video = row()
    renditions.claim(video, Kind.POSTER)
    video.renditions.update(started_at=renditions.abandoned(video) + timedelta(minutes=1))
    assert renditions.claim(video, Kind.POSTER) is None
    video.renditions.update(started_at=renditions.abandoned(video) - timedelta(seconds=1))
    assert renditions.claim(video, Kind.POSTER) is not None


@pytest.mark.parametrize(("minutes", "hours"), [(1, 1), (120, 17)])
def test_long_films_are_given_more_time(minutes: int, hours: int) -> None:
    video = Video(duration=minutes * 60_000)
    given = timezone.now() - renditions.abandoned(video)
    assert timedelta(hours=hours - 1) < given < timedelta(hours=hours)
    # Two runs of ffmpeg, as the ladder takes them, and some time besides.
    assert given > timedelta(seconds=2 * renditions.seconds_for(video))


def test_a_video_that_is_gone_is_left_alone() -> None:
    assert not renditions.make_next(0)


class Interrupting(FileSystemStorage):
    """A storage before whose next picture something else happens."""

    happens: Any = None

    def _save(self, name: str, content: Any) -> str:
        if self.happens and name.endswith(".jpg"):
            self.happens()
        return str(super()._save(name, content))  # type: ignore[misc]  # Django's, of which the stubs do not know


@pytest.fixture
def interrupting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Interrupting:
    storage = Interrupting(tmp_path)
    for model in (Video, Rendition):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    return storage


@needs_ffmpeg
def test_nothing_is_kept_of_a_video_that_is_deleted_while_it_is_worked_on(
    sources: Path, interrupting: Interrupting, django_capture_on_commit_callbacks: Any
) -> None:
    video = added(sources / "small.mp4")

    def delete() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            videos.remove(Video.objects.get(pk=video.pk))

    interrupting.happens = delete
    assert renditions.make_next(video.pk)
    assert [path for path in Path(interrupting.location).rglob("*") if path.name != "films"] == []


@needs_ffmpeg
def test_a_worker_that_took_too_long_leaves_the_word_to_the_one_after_it(
    sources: Path, interrupting: Interrupting
) -> None:
    video = added(sources / "small.mp4")
    poster = video.renditions.filter(kind=Kind.POSTER)

    def take_over() -> None:
        interrupting.happens = None
        poster.update(started_at=renditions.abandoned(video))
        assert renditions.claim(video, Kind.POSTER) is not None

    interrupting.happens = take_over
    assert renditions.make_next(video.pk)
    assert poster.get().state == State.RUNNING
    assert Path(video.file.path).exists()
