"""Where a player says what was played."""

import json
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from elearning.accounts.models import User
from elearning.cms.rates import Rate
from media import playing, viewing
from media.models import FilmPage, Watch
from media.views.films import film_at
from media.watching import MOST

LARGEST = 128 * 1024  # bytes: as many parts as are kept, of a film of two hours
RATE = Rate(60, seconds=60)  # a player sends every ten seconds, and when it is stopped
NO_SESSION = "Nie jesteś zalogowana lub zalogowany. Zaloguj się, a zapiszemy, co udało Ci się obejrzeć."


class Malformed(ValueError):
    """What came is no report of a player."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a page has played since it was opened: parts `[start, end]` and its place, in milliseconds."""

    token: str
    played: list[Any]
    position: int


def read(request: HttpRequest) -> Report:
    """The report in the body of a request. Raises `Malformed`."""
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            raise Malformed("too large")
        data = json.loads(request.body)
        token, played, position = data["token"], data["played"], data["position"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed("no report") from error
    if not isinstance(token, str) or not isinstance(played, list) or len(played) > MOST:
        raise Malformed("wrong fields")
    if isinstance(position, bool) or not isinstance(position, int):
        raise Malformed("no position")
    return Report(token, played, position)


def answer(watch: Watch, film: FilmPage, *, share: int | None = None, is_met: bool = False) -> JsonResponse:
    """What the page is told: how much is written down, in numbers and in words."""
    duration = film.video.duration if film.video else None
    text = playing.progress_text(watch, duration, share)
    return JsonResponse({"watched": watch.watched, "share": float(watch.share), "text": text, "met": is_met})


def refused(status: int, error: str) -> JsonResponse:
    """A report that was not written down, and why."""
    return JsonResponse({"error": error}, status=status)


def received(request: HttpRequest, user: User, film: FilmPage) -> Watch | JsonResponse:
    """Read a report and write it down; or the answer that says why it was not. Two queries, one more the first time."""
    if not RATE.admits(user.pk, at=time.time()):
        return refused(429, "Za dużo naraz. Spróbujemy za chwilę.")
    try:
        sent = read(request)
    except Malformed:
        return refused(400, "Tego nie możemy zapisać.")
    return _noted(user, film, sent)


def _noted(user: User, film: FilmPage, sent: Report) -> Watch | JsonResponse:
    """Write a report down; or the answer that says why it was not."""
    try:
        return viewing.report(user=user, film=film, token=sent.token, played=sent.played, position=sent.position)
    except viewing.BadSession:
        return refused(403, "Odśwież stronę: nie możemy już zapisywać tego, co na niej oglądasz.")
    except viewing.NotCounted:
        return refused(409, "Tego filmu nie liczymy.")


@require_POST
def save(request: HttpRequest, slug: str) -> JsonResponse:
    """What was played on the film's own page. Six queries, one more the first time."""
    if not isinstance(request.user, User):
        return refused(401, NO_SESSION)
    film = film_at(request, slug)
    watch = received(request, request.user, film)
    return watch if isinstance(watch, JsonResponse) else answer(watch, film)
