"""Headings and running text."""

from wagtail import blocks

from .fields import FieldsBlock

RICH_TEXT = ["bold", "italic", "ul", "ol", "link", "document-link"]


def levels() -> list[tuple[str, str]]:
    return [("h2", "Nagłówek części (h2)"), ("h3", "Nagłówek w części (h3)")]


class HeadingBlock(FieldsBlock):
    """A heading inside a page, below its title."""

    text = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock(levels, default="h2")

    class Meta:
        icon = "title"
        label = "Nagłówek"
        labels = {"text": "Tekst", "level": "Poziom"}
        label_format = "{text}"
        template = "blocks/heading.html"
        description = "Dzieli tekst na części. Poziomy idą po kolei: h2, potem h3."
        preview_value = {"text": "Kto wchodzi do zespołu", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with lists and links."""

    class Meta:
        icon = "pilcrow"
        label = "Tekst"
        template = "blocks/paragraph.html"
        description = "Akapity, listy i linki."
        preview_value = "<p>Zespół tworzą instytucje <b>z gminy i z powiatu</b>. Razem wspierają osoby i rodziny.</p>"


def paragraph() -> ParagraphBlock:
    """Running text, without formats that break the page's structure."""
    return ParagraphBlock(features=RICH_TEXT)
