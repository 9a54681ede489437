"""Turning the blocks of the demo texts into values of StreamFields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from courses.blocks.film import SHARE
from elearning.cms.models import Datum
from h5p.django.models import Content
from library.models import DocumentPage
from media.models import FilmPage

from .files import Table

Stream = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What texts name by a key: figures, H5P contents, films and documents."""

    figures: Mapping[str, Datum]
    contents: Mapping[str, Content]
    films: Mapping[str, FilmPage] = field(default_factory=dict)
    documents: Mapping[str, DocumentPage] = field(default_factory=dict)


def stream(blocks: Iterable[Table], shelves: Shelves) -> Stream:
    """The stream of these blocks."""
    return [(block["type"], _value(block["type"], block["value"], shelves)) for block in blocks]


def _value(kind: str, value: Any, shelves: Shelves) -> Any:
    if kind == "datum":
        return shelves.figures[value]
    if kind == "h5p":
        return {**value, "content": shelves.contents[value["content"]]}
    if kind == "film" and "film" in value:
        return {"required": True, "share": SHARE, **value, "film": shelves.films.get(value["film"])}
    if kind == "document":
        return {**value, "document": shelves.documents.get(value.get("document", ""))}
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
