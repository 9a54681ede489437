"""What an editor wrote in the admin, turned into the values the rules know. The only reader of these streams. Pure.

Takes streams as the database keeps them: lists of `{"type": …, "value": …}`.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from . import structure
from .structure import Document, Field, FieldKind, Part, Prefill

Stream = Sequence[Mapping[str, Any]]


def read(title: str, fields: Stream, parts: Stream) -> Document:
    """A template. Texts that are missing are empty; nothing is checked here."""
    return Document(title, fields_of(fields), parts_of(parts))


def fields_of(stream: Stream) -> tuple[Field, ...]:
    return tuple(_field(block["type"], block["value"]) for block in stream)


def parts_of(stream: Stream | None) -> tuple[Part, ...]:
    return tuple(_part(block["type"], block["value"]) for block in stream or ())


def written(fields: Sequence[Field]) -> list[dict[str, Any]]:
    """Fields as a stream: the way back, for fields that were proposed from a file."""
    return [{"type": field.kind.value, "value": _value_of(field)} for field in fields]


def _field(kind: str, value: Mapping[str, Any]) -> Field:
    return Field(
        name=_text(value, "name"),
        label=_text(value, "label"),
        kind=FieldKind(kind),
        help=_text(value, "help"),
        required=bool(value.get("required")),
        group=_text(value, "group"),
        choices=_lines(value, "choices"),
        minimum=_number(value.get("minimum")),
        maximum=_number(value.get("maximum")),
        decimals=int(value.get("decimals") or 0),
        unit=_text(value, "unit"),
        prefill=Prefill(value.get("prefill") or ""),
        columns=fields_of(value.get("columns") or ()),
        least=int(value.get("least") or 0),
        most=int(value.get("most") or structure.MOST_ROWS),
    )


def _value_of(field: Field) -> dict[str, Any]:
    value: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "help": field.help,
        "required": field.required,
        "group": field.group,
    }
    match field.kind:
        case FieldKind.TEXT:
            value["prefill"] = field.prefill.value
        case FieldKind.NUMBER | FieldKind.AMOUNT:
            value |= {"minimum": _written(field.minimum), "maximum": _written(field.maximum)}
            if field.kind is FieldKind.NUMBER:
                value |= {"decimals": field.decimals, "unit": field.unit}
        case FieldKind.CHOICE | FieldKind.CHOICES:
            value["choices"] = "\n".join(field.choices)
        case FieldKind.ROWS:
            value |= {"columns": written(field.columns), "least": field.least, "most": field.most}
    return value


def _part(kind: str, value: Mapping[str, Any]) -> Part:
    match kind:
        case "clause":
            return structure.Clause(_text(value, "title"), parts_of(value.get("parts")))
        case "repeated":
            return structure.Repeated(_text(value, "field"), parts_of(value.get("parts")))
        case "conditional":
            inner, otherwise = parts_of(value.get("parts")), parts_of(value.get("otherwise"))
            return structure.Conditional(_text(value, "field"), inner, _text(value, "value"), otherwise)
        case "page_break":
            return structure.PageBreak()
        case _:
            return _SIMPLE[kind](value)


def _pairs(value: Mapping[str, Any]) -> structure.Pairs:
    rows = (item["value"] for item in value.get("rows") or ())
    return structure.Pairs(_text(value, "caption"), tuple((_text(row, "label"), _text(row, "text")) for row in rows))


def _grid(value: Mapping[str, Any]) -> structure.Grid:
    table = value.get("table") or {}
    head = tuple(_text(column, "heading") for column in table.get("columns", ()))
    rows = tuple(tuple(str(cell or "") for cell in row["values"]) for row in table.get("rows", ()))
    return structure.Grid(_text(value, "caption"), head, rows)


def _rows_table(value: Mapping[str, Any]) -> structure.RowsTable:
    return structure.RowsTable(
        _text(value, "field"),
        _text(value, "caption"),
        bool(value.get("numbered")),
        int(value.get("blank") or 3),
        _lines(value, "extra"),
    )


def _heading(value: Mapping[str, Any]) -> structure.Heading:
    return structure.Heading(_text(value, "text"), int(value.get("level") or 1))


def _paragraph(value: Mapping[str, Any]) -> structure.Paragraph:
    return structure.Paragraph(_text(value, "text"))


def _points(value: Mapping[str, Any]) -> structure.Points:
    items = tuple(str(item["value"]) for item in value.get("items") or ())
    return structure.Points(items, bool(value.get("numbered")))


def _signatures(value: Mapping[str, Any]) -> structure.Signatures:
    return structure.Signatures(_lines(value, "places"), _text(value, "field"))


_SIMPLE: dict[str, Callable[[Mapping[str, Any]], Part]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "points": _points,
    "pairs": _pairs,
    "grid": _grid,
    "rows_table": _rows_table,
    "signatures": _signatures,
}


def _text(value: Mapping[str, Any], name: str) -> str:
    return str(value.get(name) or "").replace("\r\n", "\n")


def _lines(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _text(value, name).splitlines() if line.strip())


def _number(given: object) -> Decimal | None:
    try:
        return Decimal(str(given)) if given not in {None, ""} else None
    except InvalidOperation:
        return None


def _written(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
