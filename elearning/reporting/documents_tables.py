"""The use of documents as words and numbers, on screens and in tables to take away. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from elearning.cms.tables import Cell

from . import charts
from .charts import Chart
from .documents import DocumentRow, DocumentUse, Used

DOCUMENT_HEAD: list[Cell] = ["Dokument", "Opublikowany", "Pobrania", "Wypełnienia"]
USE_HEAD: list[Cell] = ["Wersja", "Miesiąc", "Rodzaj instytucji", "Pobrania", "Wypełnienia"]
# So many months have room for their names below the columns; of more, only some do.
MARKED = 6
MOST_COLUMNS = 24


def document_table(rows: Iterable[DocumentRow]) -> Iterator[list[Cell]]:
    """The list of documents, the head first."""
    yield DOCUMENT_HEAD
    for row in rows:
        yield [row.title, "tak" if row.live else "nie", row.used.downloads, row.used.fill_ins]


def use_table(found: DocumentUse) -> Iterator[list[Cell]]:
    """All that was counted of one document, the head first."""
    yield USE_HEAD
    for line in found.lines:
        yield [line.version, month_name(line.month), line.kind, line.used.downloads, line.used.fill_ins]


def months(found: DocumentUse) -> list[tuple[str, Used]]:
    """Month by month from the first to the last with any use, those without any too."""
    numbers: dict[date, Used] = {}
    for line in found.lines:
        numbers[line.month] = numbers.get(line.month, Used()) + line.used
    return [(month_name(month), numbers.get(month, Used())) for month in _between(sorted(numbers))]


def kinds(found: DocumentUse) -> list[tuple[str, Used]]:
    """By kind of institution, the most frequent first."""
    numbers: dict[str, Used] = {}
    for line in found.lines:
        numbers[line.kind] = numbers.get(line.kind, Used()) + line.used
    return sorted(numbers.items(), key=lambda row: (-row[1].total, row[0]))


def chart(found: Sequence[tuple[str, Used]]) -> Chart:
    """Downloads and fill-ins together, a column for each of the last months."""
    shown = found[-MOST_COLUMNS:]
    step = -(-len(shown) // MARKED)
    counts = [used.total for _month, used in shown]
    (first, _used), (last, _last) = shown[0], shown[-1]
    return charts.columns(
        "document-use",
        title="Pobrania i\xa0wypełnienia w\xa0miesiącach",
        description=f"Od {first} do {last}. Najwięcej w\xa0miesiącu: {max(counts)}. Liczby są w\xa0tabeli.",
        marks=["" if number % step else month for number, (month, _used) in enumerate(shown)],
        counts=counts,
        caption="miesiąc",
    )


def month_name(month: date) -> str:
    """„10.2026”."""
    return f"{month:%m.%Y}"


def _between(found: Sequence[date]) -> Iterator[date]:
    if not found:
        return
    month = found[0]
    while month <= found[-1]:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
