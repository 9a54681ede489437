"""Everything that statistics of films read from the database. Nothing here writes.

Viewing is `media`'s: on the film's own page and in lessons alike, of people who were logged in. Only numbers come out:
who watches what of their own accord is nobody's business; who completed a lesson with a film, a course's reports say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet

from media.models import FilmPage, Watch
from media.watching import viewers_over_time

from .queries import CHUNK

# Which share counts as watched to the end in statistics; what completes a lesson, its editor says.
WHOLE = Decimal("0.9")
STRETCHES = 20


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film in the list. `duration` is in milliseconds, None for a film that is not counted.

    `began` and `finished` count people; `middle` is the median of their shares, 0..1.
    """

    pk: int
    title: str
    live: bool
    duration: int | None
    began: int = 0
    finished: int = 0
    middle: Decimal | None = None


def films() -> list[FilmRow]:
    """All films by title, and their numbers. Two queries."""
    shares: dict[int, list[Decimal]] = {}
    for film, share in Watch.objects.filter(watched__gt=0).values_list("film", "share").iterator(CHUNK):
        shares.setdefault(film, []).append(share)
    return [_row(found, shares.get(found[0], [])) for found in _films(FilmPage.objects.order_by("title", "pk"))]


def film(pk: int) -> FilmRow | None:
    """One film, with its numbers. Two queries."""
    found = _films(FilmPage.objects.filter(pk=pk)).first()
    if found is None:
        return None
    return _row(found, list(Watch.objects.filter(film=pk, watched__gt=0).values_list("share", flat=True)))


def over_time(row: FilmRow) -> list[int]:
    """How many people saw each of `STRETCHES` equal stretches. One query; none for a film that is not counted."""
    if not row.duration:
        return []
    return viewers_over_time(_played(row.pk), duration=row.duration, bins=STRETCHES)


def _played(pk: int) -> Iterator[Any]:
    return Watch.objects.filter(film=pk, watched__gt=0).order_by().values_list("played", flat=True).iterator(CHUNK)


def _films(pages: QuerySet[FilmPage]) -> QuerySet[FilmPage, tuple[int, str, bool, int | None]]:
    return pages.values_list("pk", "title", "live", "video__duration")


def _row(found: tuple[int, str, bool, int | None], shares: list[Decimal]) -> FilmRow:
    finished = sum(share >= WHOLE for share in shares)
    return FilmRow(*found, began=len(shares), finished=finished, middle=median(shares) if shares else None)
