"""The page of a film."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from csp.decorators import csp_update
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from elearning.cms.templatetags.polish import polish_date
from media import access, library, playing
from media.grace import GRACE_DAYS, CaptionState, caption_state
from media.models import FilmPage, Rendition, TextTrack

RELATED = 3
SAVE = "pobierz"  # the parameter of addresses from which a file is saved instead of played
LONGEST_FILM = 24 * 3600  # s


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a film to keep: `size` is in bytes, `type` as people call it."""

    label: str
    url: str
    type: str
    size: int

    @property
    def address(self) -> str:
        """From which the file is saved instead of played."""
        return f"{self.url}?{SAVE}"


def film_at(request: HttpRequest, slug: str) -> FilmPage:
    """The film of that address for whoever may watch it. Raises `Http404`, for strangers as for films that are not.

    Two queries.
    """
    film = FilmPage.objects.filter(slug=slug).select_related(*library.PARTS).first()
    if film is None or not access.may_watch(request.user, film):
        raise Http404
    return film


@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A film with its player; `?t=65` begins at that second."""
    context = page_context(request, film_at(request, slug))
    response = render(request, "media/film_page.html", context)
    outside = context["film_player"].outside
    if outside is None:
        return response
    # Frames of the hosting service, on this page alone; it asks for none before the person has chosen to play.
    allowed: HttpResponseBase = csp_update({"frame-src": [f"https://{outside.host}"]})(lambda _request: response)(
        request
    )
    return allowed


def page_context(request: HttpRequest, found: FilmPage) -> dict[str, Any]:
    """What the page of a film shows. Up to eight queries."""
    if found.pk and found.live:
        prefetch_related_objects([found], "tracks")
    player = playing.player_context(found, user=request.user, start=_start(request))
    return {
        "page": found,
        "film_player": player,
        "downloads": list(_downloads(found, player.ready)),
        "captions_due": _captions_due(found),
        "transcript_url": reverse("films:transcript", args=[found.slug or playing.UNWRITTEN]),
        "topics": found.topics.all(),
        "related": library.related_to(found, request.user)[:RELATED],
        "share_url": request.build_absolute_uri(playing.address(found)),
    }


def _start(request: HttpRequest) -> int | None:
    """The millisecond that a shared address names; None where it names none."""
    seconds = request.GET.get("t", "")
    is_time = seconds.isascii() and seconds.isdigit() and len(seconds) <= len(str(LONGEST_FILM))
    return int(seconds) * 1000 if is_time else None


def _captions_due(found: FilmPage) -> str:
    """What viewers are told of a recording that waits for its captions; nothing once they are there."""
    has_captions = any(track.vtt and track.kind == TextTrack.Kind.CAPTIONS for track in found.tracks.all())
    today = timezone.localdate()
    state = caption_state(has_captions=has_captions, recorded_live_on=found.recorded_live_on, today=today)
    if state is CaptionState.OVERDUE:
        return "To nagranie nie ma jeszcze napisów, choć powinno. Przepraszamy i pracujemy nad tym."
    if state in {CaptionState.PRESENT, CaptionState.MISSING} or found.recorded_live_on is None:
        return ""
    last = found.recorded_live_on + timedelta(days=GRACE_DAYS)
    return f"To nagranie wydarzenia na żywo. Napisy dodamy najpóźniej {polish_date(last)}"


def _downloads(found: FilmPage, ready_ones: playing.Ready) -> Any:
    video = found.video
    if video is None:
        return
    ready = ready_ones.get(video.pk, {})
    for kind, label in ((Rendition.Kind.P720, "Film 720p"), (Rendition.Kind.P360, "Film 360p")):
        if made := ready.get(kind):
            yield Download(label, playing.file_url(found, video, playing.NAMES[kind]), "MP4", made.size)
    source = playing.file_url(found, video, playing.source_name(video))
    yield Download("Film w\xa0oryginale", source, video.get_container_display(), video.size)
    if made := ready.get(Rendition.Kind.AUDIO):
        yield Download("Sam dźwięk", playing.file_url(found, video, playing.AUDIO_NAME), "M4A", made.size)
