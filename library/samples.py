"""A template filled in with invented values, so that its editor sees what comes out. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from . import sheet
from .sheet import Sheet
from .structure import Field, FieldKind
from .values import Row, Simple, Values

MARK = "Wydruk przykładowy. Dane są zmyślone."
ROWS = 3
DAY = date(2026, 10, 7)
LONG = (
    "Przykładowy tekst w\xa0kilku zdaniach. Zajmuje więcej niż jedną linię, żeby było widać, jak leży na stronie.\n"
    "Drugi akapit tego samego pola."
)
AMOUNT, NUMBER = Decimal("1250.50"), Decimal(12)


def values_for(fields: Sequence[Field]) -> Values:
    """Something for every field: every checkbox ticked, the first of the choices, some rows."""
    return {field.name: _rows(field) if field.kind is FieldKind.ROWS else _value(field, 1) for field in fields}


def marked(filled: Sheet) -> Sheet:
    """The same sheet saying at its beginning that it is a sample."""
    line = (sheet.Run(MARK, bold=True),)
    return replace(filled, elements=(sheet.Paragraph((line,)), *filled.elements))


def _rows(field: Field) -> tuple[Row, ...]:
    count = min(max(field.least, ROWS), field.most)
    return tuple({column.name: _value(column, number) for column in field.columns} for number in range(1, count + 1))


def _value(field: Field, number: int) -> Simple:
    match field.kind:
        case FieldKind.LONG_TEXT:
            return LONG
        case FieldKind.DATE:
            return DAY
        case FieldKind.NUMBER:
            return _within(field, NUMBER)
        case FieldKind.AMOUNT:
            return _within(field, AMOUNT)
        case FieldKind.CHOICE:
            return field.choices[(number - 1) % len(field.choices)] if field.choices else ""
        case FieldKind.CHOICES:
            return field.choices[:2]
        case FieldKind.CHECKBOX:
            return True
        case _:
            return f"{field.label} (przykład{f' {number}' if number > 1 else ''})"


def _within(field: Field, number: Decimal) -> Decimal:
    if field.minimum is not None and number < field.minimum:
        return field.minimum
    if field.maximum is not None and number > field.maximum:
        return field.maximum
    return number
