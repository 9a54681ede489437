"""Files of films: videos and what was made of them, captions, chapters and transcripts.

Whoever may watch the film gets them, and nobody else: `films.film_at` decides for all of them.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from elearning.cms.delivery import PERSONAL, deliver
from media import access, playing
from media.models import FilmPage, Rendition, TextTrack, Video
from media.transcripts import chapters_vtt, parse_chapters, transcript_text
from media.views.films import SAVE, film_at

# Open films may be kept a day: a film that is withdrawn is out of every cache by then.
OPEN = "public, max-age=86400"
_SEGMENT = re.compile(r"hls/(?P<name>[A-Za-z0-9_-]{1,60}\.(?P<type>m3u8|m4s|mp4))")
_SEGMENT_TYPES = {"m3u8": playing.HLS_TYPE, "m4s": "video/iso.segment", "mp4": "video/mp4"}


@dataclass(frozen=True, slots=True)
class Made:
    """Which rendition a name stands for, and its media type."""

    kind: str
    type: str


MADE = {
    "720p.mp4": Made(Rendition.Kind.P720, "video/mp4"),
    "360p.mp4": Made(Rendition.Kind.P360, "video/mp4"),
    playing.AUDIO_NAME: Made(Rendition.Kind.AUDIO, "audio/mp4"),
    playing.POSTER_NAME: Made(Rendition.Kind.POSTER, "image/jpeg"),
}


@require_safe
def file(request: HttpRequest, slug: str, key: UUID, name: str) -> HttpResponseBase:
    """A file of one of the film's videos. Four queries at most."""
    film = film_at(request, slug)
    video = _video(request, film, key)
    caching = OPEN if access.is_open(film) else PERSONAL
    found, content_type = _file(video, name)
    return deliver(
        request,
        found,
        content_type=content_type,
        filename=f"{film.slug}-{name.rpartition('/')[2]}",
        attachment=SAVE in request.GET,
        caching=caching,
    )


@require_safe
def captions(request: HttpRequest, slug: str, track: int) -> HttpResponse:
    """Captions in one language, as WebVTT."""
    film = film_at(request, slug)
    found = get_object_or_404(TextTrack.objects.exclude(vtt=""), pk=track, film=film)
    return _text(film, found.vtt, "text/vtt")


@require_safe
def chapters(request: HttpRequest, slug: str) -> HttpResponse:
    """Chapters of the film, as WebVTT."""
    film = film_at(request, slug)
    try:
        found = parse_chapters(film.chapters, duration=None)
    except ValueError:
        found = ()
    if not found:
        raise Http404
    return _text(film, chapters_vtt(found, film.video.duration if film.video else None), "text/vtt")


@require_safe
def transcript(request: HttpRequest, slug: str) -> HttpResponse:
    """The transcript to keep, as plain text."""
    film = film_at(request, slug)
    passages = film.passages()
    if not passages:
        raise Http404
    response = _text(film, f"{film.title}\n\n{transcript_text(passages)}\n", "text/plain")
    response["Content-Disposition"] = content_disposition_header(True, f"{film.slug}-transkrypcja.txt") or "attachment"
    return response


def _text(film: FilmPage, text: str, content_type: str) -> HttpResponse:
    """Captions and transcripts are corrected at any time: a browser asks before it shows what it kept."""
    headers = {"Cache-Control": PERSONAL, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)


def _video(request: HttpRequest, film: FilmPage, key: UUID) -> Video:
    """One of the film's videos; whoever edits the film also sees those of its drafts. Raises `Http404`."""
    for _name, field, _label in playing.VERSIONS:
        video: Video | None = getattr(film, field)
        if video is not None and video.key == key:
            return video
    if not access.may_edit(request.user, film):
        raise Http404
    draft = film.get_latest_revision_as_object()
    drafted = [getattr(draft, f"{field}_id") for _name, field, _label in playing.VERSIONS]
    return get_object_or_404(Video, key=key, pk__in=[pk for pk in drafted if pk])


def _file(video: Video, name: str) -> tuple[FieldFile, str]:
    """The file behind a name and its media type. Raises `Http404` for one that is not there (yet)."""
    if name == playing.source_name(video):
        return video.file, playing.MEDIA_TYPES[video.container]
    if segment := _SEGMENT.fullmatch(name):
        ladder = get_object_or_404(Rendition, video=video, kind=Rendition.Kind.HLS, state=Rendition.State.DONE)
        return playing.beside(ladder, segment["name"]), _SEGMENT_TYPES[segment["type"]]
    if name not in MADE:
        raise Http404
    made = MADE[name]
    return get_object_or_404(Rendition, video=video, kind=made.kind, state=Rendition.State.DONE).file, made.type
