"""What an editor gets of a film's captions: the stored file, and a transcript made of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from media.captions import parse_vtt
from media.models import FilmPage, TextTrack
from media.transcripts import passages_of, transcript_text


def draft_to_edit(request: HttpRequest, page_id: int) -> Any:
    """The newest version of a film, published or not, for those who may edit it."""
    film = get_object_or_404(FilmPage, pk=page_id).get_latest_revision_as_object()
    if not film.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return film


@require_GET
def stored_file(request: HttpRequest, page_id: int, kind: str, language: str) -> HttpResponse:
    """The WebVTT file of one track, as it was saved last."""
    film = draft_to_edit(request, page_id)
    track = next((one for one in film.tracks.all() if (one.kind, one.language) == (kind, language)), None)
    if track is None or not track.vtt:
        raise Http404
    name = f"{film.slug}-{kind}-{language}.vtt"
    return HttpResponse(
        track.vtt,
        content_type="text/vtt; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@require_http_methods(["GET", "POST"])
def make_transcript(request: HttpRequest, page_id: int) -> HttpResponse:
    """A transcript out of the captions: shown first, then saved as a draft in place of the one there was."""
    film = draft_to_edit(request, page_id)
    edit = reverse("wagtailadmin_pages:edit", args=[film.pk])
    text = _transcript(film)
    if not text:
        messages.warning(request, "Najpierw dodaj napisy i\xa0zapisz film. Z\xa0napisów powstanie transkrypcja.")
        return redirect(edit)
    if film.permissions_for_user(request.user).page_locked():
        messages.error(request, "Ktoś zablokował ten film, więc nie można go teraz zmienić.")
        return redirect(edit)
    if request.method == "GET":
        context = {"film": film, "text": text, "edit": edit}
        return render(request, "media/admin/make_transcript.html", context)
    film.transcript = text
    film.save_revision(user=request.user, log_action=True, clean=False)
    messages.success(request, "Transkrypcja jest w\xa0szkicu filmu. Przeczytaj ją, popraw i\xa0opublikuj.")
    return redirect(edit)


def _transcript(film: Any) -> str:
    """Of the captions for the deaf, in Polish where there are some; else of the first others."""
    tracks = [track for track in film.tracks.all() if track.kind == TextTrack.Kind.CAPTIONS and track.vtt]
    tracks.sort(key=lambda track: track.language != TextTrack.Language.POLISH)
    return transcript_text(passages_of(parse_vtt(tracks[0].vtt))) if tracks else ""


URLS = [
    path("<int:page_id>/<slug:kind>/<slug:language>.vtt", stored_file, name="file"),
    path("<int:page_id>/transkrypcja/", make_transcript, name="transcript"),
]
