"""Blocks of lessons: the shared ones and those only a course needs."""

from wagtail import blocks

from elearning.cms.blocks import content_blocks

from .places import ActivityPlaceBlock, DocumentPlaceBlock, FilmPlaceBlock
from .task import TaskBlock


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of a lesson, in the order of the editor's menu."""
    return [
        *content_blocks(),
        ("task", TaskBlock()),
        ("film", FilmPlaceBlock()),
        ("activity", ActivityPlaceBlock()),
        ("document", DocumentPlaceBlock()),
    ]
