"""Demo documents: from TOML to the streams that editors write."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from .files import Table

Stream = list[dict[str, Any]]


def fields(rows: Sequence[Table]) -> Stream:
    """Fields as a stream; their choices stand on lines of their own."""
    return [{"type": row["kind"], "value": _field(row)} for row in rows]


def parts(rows: Sequence[Table]) -> Stream:
    """Parts as a stream, those inside them too."""
    return [{"type": row["type"], "value": _part(row)} for row in rows]


def _field(row: Table) -> Table:
    value = {name: given for name, given in row.items() if name != "kind"}
    if "choices" in value:
        value["choices"] = "\n".join(value["choices"])
    if "columns" in value:
        value["columns"] = fields(value["columns"])
    return value


def _part(row: Table) -> Table | None:
    if row["type"] == "page_break":
        return None
    if row["type"] == "grid":
        return {"caption": row.get("caption", ""), "table": _table(row["head"], row["rows"])}
    value: Table = {name: given for name, given in row.items() if name not in {"type", "part", "otherwise"}}
    if "part" in row:
        value["parts"] = parts(row["part"])
    if "otherwise" in row:
        value["otherwise"] = parts(row["otherwise"])
    return {name: _WRITTEN[name](given) if name in _WRITTEN else given for name, given in value.items()}


def _item(value: Any) -> Table:
    return {"type": "item", "value": value, "id": str(uuid4())}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    return {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": list(row)} for row in rows],
        "caption": "",
    }


_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "items": lambda texts: [_item(text) for text in texts],
    "rows": lambda pairs: [_item({"label": label, "text": text}) for label, text in pairs],
    "extra": "\n".join,
    "places": "\n".join,
    "level": str,
}
