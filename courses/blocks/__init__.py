"""Blocks of lessons: the shared ones and those only a course needs."""

from collections.abc import Mapping
from typing import Any

from wagtail import blocks

from elearning.cms.blocks import content_blocks

from .activity import ActivityBlock
from .document import DocumentBlock
from .film import FilmBlock
from .places import ActivityPlaceBlock
from .task import TaskBlock
from .training_item import TrainingItemBlock

# Blocks that look the same to every visitor, so that a lesson made of them may be kept as HTML.
SAME_FOR_ALL = frozenset({*(name for name, _block in content_blocks()), "task", "activity"})
# Blocks that look so as long as they only announce something: the field that says what it is, is empty.
ANNOUNCED = {"film": "film", "document": "document", "training": "training"}


def looks_the_same(kind: str, raw: Any) -> bool:
    """Whether a block, as it is stored, looks the same to every visitor."""
    return kind in SAME_FOR_ALL or (kind in ANNOUNCED and isinstance(raw, Mapping) and not raw.get(ANNOUNCED[kind]))


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of a lesson, in the order of the editor's menu."""
    return [
        *content_blocks(),
        ("task", TaskBlock()),
        ("h5p", ActivityBlock()),
        ("film", FilmBlock()),
        ("activity", ActivityPlaceBlock()),
        ("document", DocumentBlock()),
        ("training", TrainingItemBlock()),
    ]
