"""What a chart of an editor says: its lines of data, as a drawing, as a table and as words. Pure."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from . import charts, quantities
from .charts import Chart, Row
from .quantities import Quantity
from .words import fold

HUNDRED = Decimal(100)
LONGEST_KEY = 48


class Kind(StrEnum):
    """How the lines are drawn."""

    BARS = "bars"
    SHARE = "share"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was counted, the number, and where it comes from."""

    label: str
    quantity: Quantity
    source: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of an editor. `whole` is what the lines are parts of, for `Kind.SHARE`; `rest` names what they leave."""

    kind: Kind
    title: str
    description: str
    lines: tuple[Line, ...]
    whole: Decimal | None = None
    rest: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses and ids, the same until the editor changes its words."""
        words = "-".join(re.findall(r"[a-z0-9]+", fold(self.title)))[:LONGEST_KEY].strip("-")
        told = "\n".join([self.title, self.description, *(line.label for line in self.lines)])
        return f"{words or 'wykres'}-{hashlib.sha256(told.encode()).hexdigest()[:6]}"

    @property
    def unit(self) -> str:
        return self.lines[0].quantity.unit if self.lines else ""

    @property
    def total(self) -> Decimal:
        return sum((line.quantity.number for line in self.lines), Decimal(0))

    @property
    def of(self) -> Decimal:
        """The whole: what was typed, 100% of percents, or the sum."""
        return self.whole or (HUNDRED if self.unit == "%" else self.total)

    @property
    def remainder(self) -> Line | None:
        """What the lines leave of the whole; nothing where they fill it."""
        left = self.of - self.total
        if self.kind is not Kind.SHARE or left <= 0:
            return None
        return Line(self.rest, Quantity(left, self.unit))

    @property
    def all_lines(self) -> tuple[Line, ...]:
        return (*self.lines, *([self.remainder] if self.remainder else []))

    @property
    def has_shares(self) -> bool:
        """Whether a share is told beside each number; a percent is a share already."""
        return self.kind is Kind.SHARE and self.unit != "%"

    @property
    def sources(self) -> list[str]:
        """Where the numbers come from, each once, with what the date is about."""
        told = [f"{line.source}, {line.date}" if line.date else line.source for line in self.lines if line.source]
        return list(dict.fromkeys([*told, *([self.source] if self.source else [])]))


def drawing(plot: Plot) -> Chart:
    """The chart as numbers. Its description tells each line in words."""
    words = {"title": plot.title, "description": in_words(plot)}
    rows = [Row(line.label, line.quantity.number, _value(plot, line)) for line in plot.all_lines]
    match plot.kind:
        case Kind.SHARE:
            split = len(plot.lines)
            return charts.share(plot.key, **words, parts=rows[:split], rest=rows[split] if rows[split:] else None)
        case Kind.COLUMNS:
            return charts.few_columns(plot.key, **words, rows=rows)
        case Kind.BARS:
            return charts.labelled_bars(plot.key, **words, rows=rows)


def in_words(plot: Plot) -> str:
    """„Zakończyło program: 140 (81,4%). Pozostali: 32 (18,6%).”"""
    return " ".join(f"{line.label}: {_value(plot, line)}." for line in plot.all_lines)


def table(plot: Plot) -> list[list[str]]:
    """The data as readers see them, with a head."""
    head = ["Co", "Ile", *(["Część całości"] if plot.has_shares else [])]
    return [head, *([line.label, *_cells(plot, line)] for line in plot.all_lines)]


def exported(plot: Plot) -> list[list[str | Decimal]]:
    """The data for a spreadsheet, with a head: numbers as numbers, and where each comes from."""
    lines: Sequence[Line] = plot.all_lines
    rows: list[list[str | Decimal]] = [["Co", "Ile", "Jednostka", "Źródło", "Czego dotyczy"]]
    rows += [[line.label, line.quantity.number, line.quantity.unit, line.source, line.date] for line in lines]
    return rows


def _cells(plot: Plot, line: Line) -> list[str]:
    share = [quantities.percent(line.quantity.number, plot.of)] if plot.has_shares else []
    return [quantities.written(line.quantity), *share]


def _value(plot: Plot, line: Line) -> str:
    value = quantities.written(line.quantity)
    return f"{value} ({quantities.percent(line.quantity.number, plot.of)})" if plot.has_shares else value
