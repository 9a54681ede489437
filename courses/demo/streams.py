"""Turning the blocks of the demo texts into values of StreamFields."""

from collections.abc import Iterable
from typing import Any

from elearning.cms.models import Datum

from .files import Table

Stream = list[tuple[str, Any]]


def stream(blocks: Iterable[Table], data: dict[str, Datum]) -> Stream:
    """The stream of these blocks; `data` are the figures by key."""
    return [(block["type"], _value(block["type"], block["value"], data)) for block in blocks]


def _value(kind: str, value: Any, data: dict[str, Datum]) -> Any:
    if kind == "datum":
        return data[value]
    if kind == "table":
        return _table(value)
    return value


def _table(value: Table) -> Table:
    """A table as Wagtail's typed table: every column holds text."""
    return {
        "caption": value["caption"],
        "row_headers": value.get("row_headers", False),
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in value["header"]],
            "rows": [{"values": row} for row in value["rows"]],
            "caption": "",
        },
    }
