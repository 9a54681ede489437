"""Blocks of lessons: the shared ones and those only a course needs."""

from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from elearning.cms.blocks import content_blocks

from .activity import ActivityBlock
from .film import FilmBlock
from .places import ActivityPlaceBlock, DocumentPlaceBlock
from .task import TaskBlock

# Blocks that look the same to every visitor, so that a lesson made of them may be kept as HTML.
SAME_FOR_ALL = frozenset({*(name for name, _block in content_blocks()), "task", "activity", "document"})


def looks_the_same(kind: str, raw: Any) -> bool:
    """Whether a block, as it is stored, looks the same to every visitor. The announced place of a film does."""
    return kind in SAME_FOR_ALL or (kind == "film" and isinstance(raw, Mapping) and not raw.get("film"))


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of a lesson, in the order of the editor's menu."""
    return [
        *content_blocks(),
        ("task", TaskBlock()),
        ("h5p", ActivityBlock()),
        ("film", FilmBlock()),
        ("activity", ActivityPlaceBlock()),
        ("document", DocumentPlaceBlock()),
    ]
