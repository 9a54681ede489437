"""The text of a page as plain lines, from its own fields."""

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing


def text_of(page: Page) -> str:
    """What stands in the rich text and the streams of a page, in the order of its fields, a paragraph a line.

    Blocks say themselves what of them is text to be found (`get_searchable_content`).
    """
    lines: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            lines += field.stream_block.get_searchable_content(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            lines.append(get_text_for_indexing(getattr(page, field.name)))
    return one_text(lines)


def one_text(lines: list[str]) -> str:
    """Those of the lines that say something, each without spaces to spare."""
    tidy = (" ".join(str(line).split()) for line in lines)
    return "\n".join(line for line in tidy if line)
