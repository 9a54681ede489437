"""What the web form of a template sends, and how its rows are added, removed and moved. Keeps nothing.

Every input is called `p-<field>`; choices are sent by their number from 1. A field with rows sends the keys of its rows
in their order, and `p-<field>-<key>-<column>` for each cell, so that a row moves without a new name for anything in it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from library.pesel import holds_pesel
from library.structure import Field, FieldKind
from library.values import Fault, Typed

PREFIX = "p-"
ACTION = "co"
NEEDED = "pesel"  # the answer to the question whether a PESEL is needed
NEW_KEY = "nowy"  # of the row that browsers copy
_KEY = re.compile(r"[a-z0-9]{1,12}")
# For a number beyond the choices; a choice is one line of text, so none is this.
_NO_CHOICE = "?\n?"
# Rows shown at first, however many the template wants.
MOST_SHOWN = 20
TICKED = "on"

TypedRow = dict[str, str]
TypedRows = tuple[TypedRow, ...]
TypedValues = dict[str, "str | tuple[str, ...] | TypedRows"]


class Sent(Protocol):
    """What a form sent: `QueryDict` is one."""

    def get(self, key: str, /) -> str | list[object] | None: ...

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """One input: of a field, or of a column in the row that counts from 0."""

    field: Field
    column: Field | None = None
    row: int | None = None

    @property
    def id(self) -> str:
        """The id of the input, or of what holds its parts."""
        if self.column is None or self.row is None:
            return input_name(self.field)
        return cell_name(self.field, self.row, self.column)

    def fault(self, text: str) -> Fault:
        """Something wrong here."""
        return Fault(self.field.name, text, self.row, self.column.name if self.column else "")

    @property
    def label(self) -> str:
        """„Strony, wiersz 2, Nazwa instytucji”."""
        if self.column is None or self.row is None:
            return self.field.label
        return f"{self.field.label}, wiersz {self.row + 1}, {self.column.label}"


class RowAction(StrEnum):
    """What a button at rows asks for, as the button sends it."""

    ADD = "dodaj"
    REMOVE = "usun"
    UP = "wyzej"
    DOWN = "nizej"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A button that somebody pressed at the rows of a field; `row` counts from 0."""

    action: RowAction
    field: Field
    row: int = 0

    def __str__(self) -> str:
        """As the button sends it."""
        place = "" if self.action is RowAction.ADD else f":{self.row + 1}"
        return f"{self.action}:{self.field.name}{place}"


def input_name(field: Field) -> str:
    return f"{PREFIX}{field.name}"


def cell_name(rows: Field, key: int | str, column: Field) -> str:
    return f"{PREFIX}{rows.name}-{key}-{column.name}"


def typed_of(fields: Sequence[Field], sent: Sent) -> TypedValues:
    """What was typed, by the names of the fields."""
    return {field.name: _typed(field, sent) for field in fields}


def at_first(fields: Sequence[Field]) -> TypedValues:
    """An empty form: as many rows as a field needs at least, and one where it needs none."""
    typed: TypedValues = {}
    for field in fields:
        count = min(max(field.least, 1), field.most, MOST_SHOWN)
        typed[field.name] = tuple({} for _ in range(count)) if field.kind is FieldKind.ROWS else ""
    return typed


def inputs_of(fields: Sequence[Field], typed: TypedValues) -> Iterator[tuple[str, str]]:
    """Names and values that send the same again: `typed_of` reads them back."""
    for field in fields:
        value = typed.get(field.name, "")
        if field.kind is not FieldKind.ROWS:
            yield from ((input_name(field), sent) for sent in _sent(field, value))
            continue
        for key, row in enumerate(rows_of(typed, field)):
            yield input_name(field), str(key)
            for column in field.columns:
                sent_of_cell = _sent(column, row.get(column.name, ""))
                yield from ((cell_name(field, key, column), sent) for sent in sent_of_cell)


def rows_of(typed: Typed, field: Field) -> TypedRows:
    """The rows typed into a field, empty ones included."""
    rows = typed.get(field.name, ())
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, tuple) else ()


def change_of(fields: Sequence[Field], action: str) -> RowChange | None:
    """The change that a button asks for, sent as `usun:strony:2`, which counts from 1; None for anything else."""
    name, _, rest = action.partition(":")
    field_name, _, number = rest.partition(":")
    field = next((field for field in fields if field.name == field_name and field.kind is FieldKind.ROWS), None)
    if field is None:
        return None
    if name == RowAction.ADD:
        return RowChange(RowAction.ADD, field)
    if name in set(RowAction) and (row := _number(number)):
        return RowChange(RowAction(name), field, row - 1)
    return None


def changed(typed: TypedValues, change: RowChange) -> tuple[TypedValues, int]:
    """The form after a change, and the row to go on with, which may be one too many after a removal.

    A change that cannot be made, such as a row too many, changes nothing.
    """
    rows, row = list(rows_of(typed, change.field)), change.row
    if change.action == RowAction.ADD:
        if len(rows) < change.field.most:
            rows.append({})
        row = len(rows) - 1
    elif row < len(rows):
        taken = rows.pop(row)
        if change.action != RowAction.REMOVE:
            row = max(row - 1, 0) if change.action == RowAction.UP else min(row + 1, len(rows))
            rows.insert(row, taken)
    return {**typed, change.field.name: tuple(rows)}, row


def places_with_pesel(fields: Sequence[Field], typed: TypedValues, *, today: date) -> list[Place]:
    """Where a PESEL was typed."""
    return [place for place, text in _texts(fields, typed) if holds_pesel(text, today=today)]


def places_with(sign: str, fields: Sequence[Field], typed: TypedValues) -> list[Place]:
    """Where a character was typed, in whatever form of Unicode."""
    return [place for place, text in _texts(fields, typed) if sign in unicodedata.normalize("NFC", text)]


def _texts(fields: Sequence[Field], typed: TypedValues) -> Iterator[tuple[Place, str]]:
    for field in fields:
        value = typed.get(field.name, "")
        if isinstance(value, str):
            yield Place(field), value
        for number, row in enumerate(rows_of(typed, field)):
            for column in field.columns:
                yield Place(field, column, number), row.get(column.name, "")


def _typed(field: Field, sent: Sent) -> "str | tuple[str, ...] | TypedRows":
    name = input_name(field)
    if field.kind is FieldKind.CHOICES:
        return tuple(_chosen(field, number) for number in sent.getlist(name))
    if field.kind is not FieldKind.ROWS:
        return _text(field, sent, name)
    keys = dict.fromkeys(key for key in sent.getlist(name) if _KEY.fullmatch(key))
    return tuple(
        {column.name: _text(column, sent, cell_name(field, key, column)) for column in field.columns} for key in keys
    )


def _text(field: Field, sent: Sent, name: str) -> str:
    value = sent.get(name)
    text = value if isinstance(value, str) else ""
    return _chosen(field, text) if field.kind is FieldKind.CHOICE and text else text


def _chosen(field: Field, number: str) -> str:
    found = _number(number)
    return field.choices[found - 1] if found and found <= len(field.choices) else _NO_CHOICE


def _sent(field: Field, value: object) -> list[str]:
    """What the inputs of one field send: nothing for an empty one."""
    if field.kind not in {FieldKind.CHOICE, FieldKind.CHOICES}:
        return [value] if isinstance(value, str) and value else []
    chosen = value if isinstance(value, tuple) else (value,)
    return [str(number) for number, choice in enumerate(field.choices, 1) if choice in chosen]


def _number(text: str) -> int:
    """A number from 1, or 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
