"""The texts that come into a file's marks: values as they are printed, or dotted places for a pen. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from library.composing import NOT_FILLED
from library.structure import Field, FieldKind
from library.values import Row, Simple, Values, shown

__all__ = ["NOT_FILLED", "Context", "Shown", "blank_context", "context"]

BLANK_ROWS = 3
DOTS, FEW_DOTS, LINE_OF_DOTS = "…" * 12, "…" * 5, "…" * 30
# What XML cannot hold, what docxtpl takes for pages and paragraphs, and what `rendering` ends values with.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it is printed; "" for nothing. `is_met` is what a condition asks, `chosen` each of several choices."""

    text: str
    is_met: bool = False
    chosen: tuple[str, ...] = ()


Context = Mapping[str, Shown | list[Mapping[str, Shown]]]


def context(fields: Sequence[Field], values: Values) -> Context:
    """The texts to print for these values."""
    return {field.name: _given(field, values.get(field.name)) for field in fields}


def blank_context(fields: Sequence[Field]) -> Context:
    """Places to fill in by hand."""
    return {field.name: _blank(field) for field in fields}


def _given(field: Field, value: "Simple | tuple[Row, ...]") -> Shown | list[Mapping[str, Shown]]:
    if field.kind is FieldKind.ROWS:
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
        return [{column.name: _shown(column, row.get(column.name)) for column in field.columns} for row in rows]
    return _shown(field, value)


def _shown(field: Field, value: object) -> Shown:
    """One value. A condition is met where it is filled in, a checkbox's where it is ticked."""
    simple = _simple(value)
    chosen = tuple(_written(choice) for choice in simple) if isinstance(simple, tuple) else ()
    return Shown(_written(shown(field, simple)), bool(simple), chosen)


def _simple(value: object) -> Simple:
    """A value that can be printed; rows have no text of their own."""
    if isinstance(value, tuple):
        return tuple(choice for choice in value if isinstance(choice, str))
    return value if isinstance(value, str | date | Decimal | bool) else None


def _blank(field: Field) -> Shown | list[Mapping[str, Shown]]:
    if field.kind is FieldKind.ROWS:
        return [{column.name: _place(column, FEW_DOTS) for column in field.columns}] * BLANK_ROWS
    return _place(field, DOTS)


def _place(field: Field, dots: str) -> Shown:
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES if field.choices:
            text = " / ".join(field.choices)
        case FieldKind.CHECKBOX:
            text = "tak / nie"
        case FieldKind.LONG_TEXT if dots == DOTS:
            text = "\n".join([LINE_OF_DOTS] * 3)
        case _:
            text = dots
    return Shown(_written(text), is_met=True)


def _written(text: str) -> str:
    return _UNWRITABLE.sub("", text)
