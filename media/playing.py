"""What the player of a film needs to know, as templates/media/player.html takes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.fields.files import FieldFile
from django.urls import reverse

from elearning.accounts.models import User
from media import hostings, viewing
from media.access import Person
from media.models import FilmPage, Rendition, TextTrack, Video, Watch
from media.transcripts import clock, parse_chapters
from media.watching import missing
from media.wording import watched_text

# What was made of videos, by video and kind.
Ready = Mapping[int, Mapping[str, Rendition]]

POSTER = "fill-1280x720|format-jpeg"
HLS_TYPE = "application/vnd.apple.mpegurl"
MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
# Names under which a film's files are fetched, in the order in which a browser tries them.
NAMES = {Rendition.Kind.HLS: "hls/master.m3u8", Rendition.Kind.P720: "720p.mp4", Rendition.Kind.P360: "360p.mp4"}
UNWRITTEN = "podglad"  # stands for the slug of a film that is being written
POSTER_NAME, AUDIO_NAME = "obraz.jpg", "dzwiek.m4a"
VERSIONS = (
    ("basic", "video", "Film"),
    ("described", "described_video", "Film z\xa0audiodeskrypcją"),
    ("signed", "signed_video", "Film z\xa0tłumaczeniem PJM"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One address at which a version plays; `type` is its media type."""

    label: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Version:
    """The film itself, or the film with audio description or sign language."""

    name: str
    label: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language; `kind` and `language` as HTML's <track> has them."""

    kind: str
    language: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of the transcript or a chapter, with its time in milliseconds and as „1:05”."""

    text: str
    start: int | None = None

    @property
    def clock(self) -> str:
        return "" if self.start is None else clock(self.start)

    @property
    def seconds(self) -> int | None:
        return None if self.start is None else self.start // 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A film as its player shows it. Times are in milliseconds; `share` is the percentage that counts as watched."""

    key: str
    title: str
    url: str
    duration: int | None
    start: int = 0
    poster: str = ""
    versions: tuple[Version, ...] = ()
    tracks: tuple[Track, ...] = ()
    chapters: tuple[Line, ...] = ()
    chapters_url: str = ""
    passages: tuple[Line, ...] = ()
    outside: hostings.Embed | None = None
    save_url: str = ""
    token: str = ""
    person: int | None = None
    share: int | None = None
    text: str = ""
    ready: Ready = field(default_factory=dict)

    @property
    def captions(self) -> tuple[Track, ...]:
        """The tracks to choose from; browsers show nothing of a description, which stands on the page as text."""
        return tuple(track for track in self.tracks if track.kind != TextTrack.Kind.DESCRIPTIONS)

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing to play yet."""
        return not self.versions and self.outside is None


def player_context(
    film: FilmPage, *, user: Person, save_url: str = "", share: int | None = None, start: int | None = None
) -> Player:
    """What the player shows of a film to a person. Needs `film.video` and its two other versions.

    Queries: renditions, captions, and for a person who is logged in what was watched. `start` is where the film
    begins, else where the person stopped. `share` in percent is what completes it in a lesson.
    """
    watch = _watch(user, film)
    duration = film.video.duration if film.video else None
    ready = renditions_of(getattr(film, attribute) for _name, attribute, _label in VERSIONS)
    return Player(
        key=str(film.pk),
        title=film.title,
        url=address(film),
        duration=duration,
        start=_start(watch, duration) if start is None else start,
        poster=_poster(film, ready),
        versions=tuple(_versions(film, ready)),
        tracks=tuple(_track(film, track) for track in film.tracks.all() if track.vtt and track.pk),
        chapters=chapters_of(film),
        chapters_url=reverse("films:chapters", args=[film.slug or UNWRITTEN]) if film.chapters.strip() else "",
        passages=tuple(Line(passage.text, passage.start) for passage in film.passages()),
        outside=hostings.read_address(film.external_url) if film.external_url and not film.video else None,
        save_url=(save_url or reverse("films:progress", args=[film.slug])) if watch is not None else "",
        token=viewing.open_session(film.pk, watch.user_id) if watch is not None else "",
        person=watch.user_id if watch is not None else None,
        share=share,
        ready=ready,
        text=progress_text(watch, duration, share) if watch is not None and watch.watched else "",
    )


def progress_text(watch: Watch, duration: int | None, share: int | None) -> str:
    """How much was watched and what is left, in a sentence or two; empty for a film of unknown length."""
    if not duration:
        return ""
    left = missing(viewing.parts(watch), duration=duration, share=Decimal(share) / 100) if share else None
    is_met = share is not None and watch.share * 100 >= share
    return watched_text(watched=watch.watched, duration=duration, missing=0 if is_met else left)


def chapters_of(film: FilmPage) -> tuple[Line, ...]:
    """Chapters; none where the text cannot be read, which the editor's form does not let through."""
    try:
        return tuple(Line(chapter.title, chapter.start) for chapter in parse_chapters(film.chapters, duration=None))
    except ValueError:
        return ()


def address(film: FilmPage) -> str:
    """The address of a film's page; of one that is being written, any."""
    return reverse("films:film", args=[film.slug or UNWRITTEN])


def file_url(film: FilmPage, video: Video, name: str) -> str:
    """The address of one file of a film."""
    return reverse("films:file", args=[film.slug or UNWRITTEN, video.key, name])


def beside(rendition: Rendition, name: str) -> FieldFile:
    """A file that lies beside a rendition's own, such as a segment of an HLS ladder."""
    folder, _slash, _name = (rendition.file.name or "").rpartition("/")
    return FieldFile(rendition, rendition.file.field, f"{folder}/{name}")


def source_name(video: Video) -> str:
    """The name under which the uploaded file is fetched."""
    return f"zrodlo.{video.container}"


def renditions_of(videos: Iterable[Video | None]) -> Ready:
    """What was made of these videos and is ready, by video and kind. One query."""
    found: dict[int, dict[str, Rendition]] = {}
    wanted = [video.pk for video in videos if video is not None]
    for rendition in Rendition.objects.filter(video__in=wanted, state=Rendition.State.DONE):
        found.setdefault(rendition.video_id, {})[rendition.kind] = rendition
    return found


def _versions(film: FilmPage, ready: Ready) -> Iterable[Version]:
    for name, attribute, label in VERSIONS:
        video = getattr(film, attribute)
        if video is not None:
            yield Version(name, label, tuple(_sources(film, video, ready.get(video.pk, {}))))


def _sources(film: FilmPage, video: Video, ready: Mapping[str, Rendition]) -> Iterable[Source]:
    if Rendition.Kind.HLS in ready:
        yield Source("Automatyczna", file_url(film, video, NAMES[Rendition.Kind.HLS]), HLS_TYPE)
    for kind, label in ((Rendition.Kind.P720, "720p"), (Rendition.Kind.P360, "360p")):
        if kind in ready:
            yield Source(label, file_url(film, video, NAMES[kind]), "video/mp4")
    yield Source("Oryginał", file_url(film, video, source_name(video)), MEDIA_TYPES[video.container])


def _track(film: FilmPage, track: TextTrack) -> Track:
    label = track.get_language_display().capitalize()
    if track.kind == TextTrack.Kind.DESCRIPTIONS:
        label = f"{label} (audiodeskrypcja)"
    return Track(track.kind, track.language, label, reverse("films:captions", args=[film.slug, track.pk]))


def _poster(film: FilmPage, ready: Ready) -> str:
    if film.poster:
        return str(film.poster.get_rendition(POSTER).url)
    return made_poster(film, ready)


def made_poster(film: FilmPage, ready: Ready) -> str:
    """The address of the picture taken from the video; empty where there is none."""
    video = film.video
    if video is None or Rendition.Kind.POSTER not in ready.get(video.pk, {}):
        return ""
    return file_url(film, video, POSTER_NAME)


def _watch(user: Person, film: FilmPage) -> Watch | None:
    """What was watched, or an empty row for somebody who begins; None for a stranger and a film that is not counted."""
    if not isinstance(user, User) or film.video is None or not film.video.duration or film.pk is None:
        return None
    return viewing.watch_of(user, film) or Watch(user=user, film=film)


def _start(watch: Watch | None, duration: int | None) -> int:
    """Where the person stopped; the beginning for whoever has seen the end."""
    if watch is None or not duration or watch.position > duration - 3_000:
        return 0
    return watch.position
