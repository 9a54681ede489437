"""A document template as data: fields that a person fills in, and parts in which they stand. Pure.

A text of a part may hold marks: `{{ miejsce }}` is the value of that field, `**ważne**` is bold. Inside a part that is
repeated for each row of a field, the row's columns are marks by their own names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Names are marks in documents of Word too, so they are what Jinja takes for a name.
NAME = r"[a-z][a-z0-9_]{0,39}"
MOST_ROWS = 200


class FieldKind(StrEnum):
    """What can be typed into a field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"  # zł
    CHOICE = "choice"  # one of several
    CHOICES = "choices"  # any of several
    CHECKBOX = "checkbox"
    ROWS = "rows"  # a table that grows


class Prefill(StrEnum):
    """What of a person's own institution may stand in a field before they type."""

    NOTHING = ""
    NAME = "name"
    ADDRESS = "address"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in. `name` fits `NAME` and is the only one of its kind in the document, or in its row.

    `choices` are for choices only, `columns` for rows only: fields of any other kind. `minimum` and `maximum` bound
    numbers and amounts, `least` and `most` the number of rows. `decimals` is how many places a number may have.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    help: str = ""
    required: bool = False
    group: str = ""
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    unit: str = ""
    prefill: Prefill = Prefill.NOTHING
    columns: tuple["Field", ...] = ()
    least: int = 1
    most: int = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between clauses: level 1 is below the title, level 2 below that."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered § with what belongs to it; numbers are counted through the document."""

    title: str
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list: numbered 1., 2. … where `numbered`, else with dots."""

    items: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of two columns: what is asked, and what was filled in."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the editor wrote out. Cells may hold marks."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RowsTable:
    """A table with a row for each row of a field. `numbered` adds „Lp.”; `blank` is the rows of the blank form.

    `extra` are columns that are filled in by hand on paper, such as „Podpis”.
    """

    field: str
    caption: str
    numbered: bool = False
    blank: int = 3
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeated:
    """Parts that come once for each row of a field."""

    field: str
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """Parts that stand there only if a field is filled in (a checkbox: ticked), or is `value` where one is given."""

    field: str
    parts: tuple["Part", ...]
    value: str = ""
    otherwise: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, side by side. With `field`, one for each of its rows, under the text of `places[0]`."""

    places: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Part = (
    Heading | Clause | Paragraph | Points | Pairs | Grid | RowsTable | Repeated | Conditional | Signatures | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole template: its title on paper, what is filled in, and what is printed."""

    title: str
    fields: tuple[Field, ...]
    parts: tuple[Part, ...]

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def texts_of(part: Part) -> Iterator[str]:
    """The texts of one part that may hold marks, without those of the parts inside it."""
    match part:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Clause(title=title):
            yield title
        case Points(items=items):
            yield from items
        case Pairs(caption=caption, rows=rows):
            yield caption
            yield from (text for row in rows for text in row)
        case Grid(caption=caption, head=head, rows=cells):
            yield caption
            yield from head
            yield from (text for row in cells for text in row)
        case RowsTable(caption=caption):
            yield caption
        case Signatures(places=places):
            yield from places
        case _:
            return
