"""Blocks that all pages share: one file each, gathered here."""

from wagtail import blocks

from .accordion import AccordionBlock
from .attachment import AttachmentBlock
from .callout import CalloutBlock
from .datum import DatumBlock
from .fields import FieldsBlock
from .image import FigureImageBlock
from .quote import QuoteBlock
from .steps import StepsBlock
from .table import TableBlock
from .text import RICH_TEXT, HeadingBlock, paragraph

__all__ = ["RICH_TEXT", "FieldsBlock", "content_blocks"]


def content_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks of an ordinary page, in the order of the editor's menu."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", paragraph()),
        ("image", FigureImageBlock()),
        ("quote", QuoteBlock()),
        ("callout", CalloutBlock()),
        ("steps", StepsBlock()),
        ("accordion", AccordionBlock()),
        ("table", TableBlock()),
        ("datum", DatumBlock()),
        ("attachment", AttachmentBlock()),
    ]
