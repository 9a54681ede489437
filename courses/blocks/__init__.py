"""Blocks of lessons: the shared ones and those only a course needs."""

from wagtail import blocks

from elearning.cms.blocks import content_blocks

from .activity import ActivityBlock
from .places import ActivityPlaceBlock, DocumentPlaceBlock, FilmPlaceBlock
from .task import TaskBlock

# Blocks that look the same to every visitor, so that a lesson made of them may be kept as HTML.
SAME_FOR_ALL = frozenset({*(name for name, _block in content_blocks()), "task", "film", "activity", "document"})


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of a lesson, in the order of the editor's menu."""
    return [
        *content_blocks(),
        ("task", TaskBlock()),
        ("h5p", ActivityBlock()),
        ("film", FilmPlaceBlock()),
        ("activity", ActivityPlaceBlock()),
        ("document", DocumentPlaceBlock()),
    ]
