"""Blocks that all pages share: one file each, gathered here."""

from wagtail import blocks


def content_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of an ordinary page, in the order of the editor's menu."""
    return [("paragraph", blocks.RichTextBlock())]
