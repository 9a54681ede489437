"""What is printed: a template with everything filled in, or left as dotted places. Every output is written from it.

Pure. `as_data` is the form in which a sheet crosses to programs that read JSON.
"""

from dataclasses import asdict, dataclass
from typing import Any

# The head of a column that only counts the rows.
NUMBERS = "Lp."


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. A `blank` one is a place to fill in by hand; its text says what belongs there."""

    text: str
    bold: bool = False
    blank: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is below the title, level 2 below that."""

    line: Line
    level: int


@dataclass(frozen=True, slots=True)
class ClauseHeading:
    """„§ 3. Zadania stron”; the line may be empty."""

    number: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Its lines break where the typed text did."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListItems:
    """A list, numbered from 1 or with dots."""

    items: tuple[Line, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` names the columns, or is empty where the first column says what each row is.

    A cell is lines of text.
    """

    caption: Line
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]

    @property
    def has_row_heads(self) -> bool:
        return not self.head


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: a dotted line over each text."""

    places: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Element = Heading | ClauseHeading | Paragraph | ListItems | Table | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document as it is printed."""

    title: str
    elements: tuple[Element, ...]


def plain(line: Line) -> str:
    """The text of a line; a place to fill in as „[data]”."""
    return "".join(f"[{run.text}]" if run.blank else run.text for run in line)


def as_data(sheet: Sheet) -> dict[str, Any]:
    """Dictionaries, lists and scalars; each element with its `type` in lower case: `listitems`, `table` …"""
    elements = [{"type": type(element).__name__.lower(), **asdict(element)} for element in sheet.elements]
    return {"title": sheet.title, "elements": elements}


def text_lines(sheet: Sheet) -> list[str]:
    """The document as lines of plain text, for searching and for comparing two versions."""
    found = [sheet.title]
    for element in sheet.elements:
        found += _lines(element)
    return [line for line in found if line.strip()]


def _lines(element: Element) -> list[str]:
    match element:
        case Heading(line=line):
            return [plain(line)]
        case ClauseHeading(number=number, line=line):
            return [f"§\xa0{number}. {plain(line)}".strip()]
        case Paragraph(lines=lines):
            return [plain(line) for line in lines]
        case ListItems(items=items, numbered=numbered):
            return [
                f"{number}. {plain(item)}" if numbered else f"– {plain(item)}" for number, item in enumerate(items, 1)
            ]
        case Table(caption=caption, head=head, rows=rows):
            cells = [[" ".join(plain(line) for line in cell) for cell in row] for row in rows]
            counted = 1 if head and head[0] == NUMBERS else 0
            return [plain(caption), " | ".join(head), *(" | ".join(row) for row in cells if any(row[counted:]))]
        case Signatures(places=places):
            return [f"Podpis: {plain(place)}" for place in places]
        case _:
            return []
