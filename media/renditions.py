"""What is made of a video in the background, a step at a time, each claimed so that two workers never do one twice."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import Q
from django.utils import timezone

from media import ffmpeg
from media.containers import UnreadableVideo, read_container
from media.folders import clear, folder_of
from media.models import Rendition, Video

logger = logging.getLogger(__name__)

# Where nobody knows how long a film is, it is taken for this long.
UNKNOWN_LENGTH = 3600  # s
SPARE = timedelta(minutes=10)  # for what a step does besides running ffmpeg
SEGMENT = 6  # s
MASTER = "master.m3u8"
PEAK = 1.5  # how much more than on average a film takes in its liveliest seconds
KEYFRAMES = ("-force_key_frames", "expr:gte(t,n_forced*2)")  # every two seconds, so that all qualities cut alike
H264 = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-profile:v", "high")
AAC = ("-c:a", "aac", "-ac", "2", "-b:a", "128k")
HEIGHTS = {Rendition.Kind.P720: 720, Rendition.Kind.P360: 360}
QUALITY = {Rendition.Kind.P720: "23", Rendition.Kind.P360: "26"}


class Skipped(Exception):
    """There is a reason not to make this; the text says which."""


@dataclass(frozen=True, slots=True)
class Work:
    """A video on this machine's disk, and an empty folder to work in."""

    video: Video
    source: Path
    folder: Path

    def run(self, *arguments: str) -> None:
        seconds = seconds_for(self.video)
        ffmpeg.run(self.source, self.video.container, arguments, folder=self.folder, seconds=seconds)


def seconds_for(video: Video) -> float:
    """How long one run of ffmpeg may take."""
    return 60 + 4 * (video.duration / 1000 if video.duration else UNKNOWN_LENGTH)


def make_next(video_id: int) -> bool:
    """Make the first thing that waits; whether there was one. What fails keeps nothing else from being made."""
    video = Video.objects.filter(pk=video_id).first()
    if video is None:
        return False
    claims = (claim(video, kind) for kind in STEPS if kind != Rendition.Kind.HLS or _has_all_films(video))
    rendition = next((claimed for claimed in claims if claimed is not None), None)
    if rendition is not None:
        _make(rendition)
    return rendition is not None


def _has_all_films(video: Video) -> bool:
    """Whether the ladder can be made of all that there will be; another worker may still be at one of the films."""
    unfinished = [Rendition.State.WAITING, Rendition.State.RUNNING]
    return not video.renditions.filter(kind__in=HEIGHTS, state__in=unfinished).exists()


def abandoned(video: Video) -> datetime:
    """Work that began before this was left half-done by a worker that was stopped: no step takes two full runs."""
    return timezone.now() - timedelta(seconds=2 * seconds_for(video)) - SPARE


def claim(video: Video, kind: str) -> Rendition | None:
    """Take a step; None where there is nothing to do, or another worker does it. One UPDATE decides."""
    now = timezone.now()
    free = Q(state=Rendition.State.WAITING) | Q(state=Rendition.State.RUNNING, started_at__lte=abandoned(video))
    taken = video.renditions.filter(free, kind=kind)
    if not taken.update(state=Rendition.State.RUNNING, started_at=now, finished_at=None, error=""):
        return None
    return Rendition.objects.select_related("video").filter(video=video, kind=kind).first()


def _make(rendition: Rendition) -> None:
    """Do one claimed step and write down how it ended."""
    state, error = Rendition.State.DONE, ""
    try:
        if not ffmpeg.is_installed():
            raise Skipped(ffmpeg.MISSING)
        with _work(rendition.video) as work:
            STEPS[Rendition.Kind(rendition.kind)](work, rendition)
    except Skipped as reason:
        state, error = Rendition.State.SKIPPED, str(reason)
    except ffmpeg.Failed as reason:
        state, error = Rendition.State.FAILED, str(reason)
    except Exception:
        logger.exception("Making %s of video %s failed", rendition.kind, rendition.video_id)
        state, error = Rendition.State.FAILED, "Coś poszło nie tak po naszej stronie. Spróbuj ponownie."
    _write_down(rendition, state, error)


def _write_down(rendition: Rendition, state: Rendition.State, error: str) -> None:
    """How a step ended, unless another worker has it by now. Of a video deleted in the meantime nothing is kept."""
    mine = Rendition.objects.filter(pk=rendition.pk, state=Rendition.State.RUNNING, started_at=rendition.started_at)
    file, size, video = rendition.file.name, rendition.size, rendition.video
    if mine.update(state=state, error=error, finished_at=timezone.now(), file=file, size=size):
        return
    if not Video.objects.filter(pk=video.pk).exists():
        clear(video.file.storage, folder_of(video))


@contextmanager
def _work(video: Video) -> Iterator[Work]:
    with TemporaryDirectory(prefix="film-") as name:
        folder = Path(name)
        try:
            source = Path(video.file.path)
        except NotImplementedError:  # a storage elsewhere
            source = folder / "kopia"
            with video.file.open("rb") as file, source.open("wb") as copy:
                copyfileobj(file, copy)
        yield Work(video, source, folder)


def _poster(work: Work, rendition: Rendition) -> None:
    """A picture at a tenth of the film: the first one is often black."""
    at = (work.video.duration or 0) / 10_000
    work.run("-ss", f"{at:.3f}", "-frames:v", "1", "-vf", "scale='min(1280,iw)':-2", "-q:v", "3", "obraz.jpg")
    _keep(rendition, work.folder / "obraz.jpg", "obraz.jpg")


def _film(work: Work, rendition: Rendition) -> None:
    kind = Rendition.Kind(rendition.kind)
    height = HEIGHTS[kind]
    if kind is Rendition.Kind.P720 and work.video.height and work.video.height < height:
        raise Skipped(f"Obraz ma tylko {work.video.height}\xa0linii, więc większy nie byłby lepszy.")
    name = f"{kind.value}.mp4"
    sizes = ("-vf", f"scale=-2:'min({height},trunc(ih/2)*2)'", "-crf", QUALITY[kind])
    streams = ("-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-movflags", "+faststart")
    work.run(*streams, *H264, *KEYFRAMES, *sizes, *AAC, name)
    _keep(rendition, work.folder / name, name)
    if work.video.duration is None:
        _learn_duration(work.video, work.folder / name)


def _learn_duration(video: Video, made: Path) -> None:
    """A film recorded in a browser does not say how long it is; what was made of it does."""
    with made.open("rb") as file:
        video.duration = read_container(file, made.stat().st_size).duration
    Video.objects.filter(pk=video.pk).update(duration=video.duration)


def _ladder(work: Work, rendition: Rendition) -> None:
    """The same films cut in segments, with a list of both, for players that change the quality by themselves."""
    made = work.video.renditions.filter(kind__in=HEIGHTS, state=Rendition.State.DONE)
    if not made:
        raise Skipped("Nie ma z\xa0czego jej zrobić: brakuje filmu 720p i\xa0360p.")
    seconds = (work.video.duration or 1000) / 1000
    cut = work.folder / "hls"
    cut.mkdir()
    master = ["#EXTM3U", "#EXT-X-VERSION:7"]
    for one in made:
        whole = work.folder / f"{one.kind}.mp4"
        with one.file.open("rb") as file, whole.open("wb") as copy:
            copyfileobj(file, copy)
        ffmpeg.run(whole, "mp4", _segments(one.kind), folder=cut, seconds=seconds_for(work.video))
        master += [f"#EXT-X-STREAM-INF:BANDWIDTH={int(one.size * 8 / seconds * PEAK) + 1}", f"{one.kind}.m3u8"]
    (cut / MASTER).write_text("\n".join([*master, ""]))
    for path in sorted(cut.iterdir()):
        if path.name != MASTER and not path.is_symlink():
            with path.open("rb") as part:
                _replaced(work.video.file.storage, f"{folder_of(work.video)}/hls/{path.name}", part)
    _keep(rendition, cut / MASTER, f"hls/{MASTER}")
    rendition.size = sum(path.stat().st_size for path in cut.iterdir() if not path.is_symlink())


def _segments(name: str) -> list[str]:
    """How a film is cut without being made anew."""
    files = ["-hls_segment_filename", f"{name}_%05d.m4s", "-hls_fmp4_init_filename", f"{name}_init.mp4"]
    kind = ["-hls_time", str(SEGMENT), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"]
    return ["-c", "copy", "-f", "hls", *kind, *files, f"{name}.m3u8"]


def _audio(work: Work, rendition: Rendition) -> None:
    """The sound alone, for those who listen on their way."""
    with work.source.open("rb") as file:
        try:
            has_sound = read_container(file, work.video.size).has_sound
        except UnreadableVideo as error:
            raise Skipped(str(error)) from error
    if not has_sound:
        raise Skipped("Ten film nie ma dźwięku.")
    work.run("-vn", "-map", "0:a:0", "-map_metadata", "-1", *AAC, "-movflags", "+faststart", "dzwiek.m4a")
    _keep(rendition, work.folder / "dzwiek.m4a", "dzwiek.m4a")


def _keep(rendition: Rendition, made: Path, name: str) -> None:
    """Put what was made into the storage, in the place of what was made before."""
    rendition.size = made.stat().st_size
    with made.open("rb") as file:
        rendition.file.name = _replaced(rendition.video.file.storage, f"{folder_of(rendition.video)}/{name}", file)


def _replaced(storage: Storage, name: str, file: BinaryIO) -> str:
    storage.delete(name)
    return str(storage.save(name, File(file)))


STEPS: dict[str, Callable[[Work, Rendition], None]] = {
    Rendition.Kind.POSTER: _poster,
    Rendition.Kind.P720: _film,
    Rendition.Kind.P360: _film,
    Rendition.Kind.HLS: _ladder,
    Rendition.Kind.AUDIO: _audio,
}
