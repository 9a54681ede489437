"""Films and how they are watched as words and numbers, on screens and in tables to take away. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from elearning.cms.tables import Cell
from media.transcripts import clock

from . import charts, wording
from .charts import Chart
from .films import STRETCHES, FilmRow

FILM_HEAD: list[Cell] = [
    *("Film", "Opublikowany", "Długość", "Rozpoczęło osób", "Obejrzało co najmniej 90%"),
    "Mediana obejrzanej części w\xa0%",
]
STRETCH_HEAD: list[Cell] = ["Od", "Do", "Osoby"]
# Every fifth column has its time below it: there is room for no more.
MARKED = 5


def film_table(rows: Iterable[FilmRow]) -> Iterator[list[Cell]]:
    """The list of films, the head first."""
    yield FILM_HEAD
    for row in rows:
        numbers: list[Cell] = [row.began, row.finished]
        yield [row.title, "tak" if row.live else "nie", length(row), *numbers, _percent(row.middle)]


def stretch_table(row: FilmRow, counts: Sequence[int]) -> Iterator[list[Cell]]:
    """How many people saw each stretch of a film, the head first."""
    yield STRETCH_HEAD
    for stretch in stretches(row, counts):
        yield list(stretch)


def stretches(row: FilmRow, counts: Sequence[int]) -> list[tuple[str, str, int]]:
    """From, to and how many people, a row for each column of the chart."""
    edges = [clock((row.duration or 0) * number // STRETCHES) for number in range(STRETCHES + 1)]
    return list(zip(edges, edges[1:], counts, strict=False))


def chart(row: FilmRow, counts: Sequence[int]) -> Chart:
    """How many people saw each stretch of the film."""
    found = stretches(row, counts)
    marks = ["" if number % MARKED else start for number, (start, _end, _count) in enumerate(found)]
    start, end, fewest = min(found, key=lambda stretch: stretch[2])
    return charts.columns(
        "film-viewers",
        title="Ile osób obejrzało każdą część filmu",
        description=f"Najwięcej osób: {max(counts)}. Najmniej: {fewest}, od {start} do {end}. Liczby są w\xa0tabeli.",
        marks=marks,
        counts=counts,
        caption="czas filmu",
    )


def length(row: FilmRow) -> str:
    """„4:05”; a dash for a film that is not counted."""
    return clock(row.duration) if row.duration else wording.NONE


def _percent(share: Decimal | None) -> Cell:
    return "" if share is None else (share * 100).quantize(Decimal(1))
