"""A few sentences that stand out."""

from wagtail import blocks

from .fields import FieldsBlock
from .text import RICH_TEXT


def kinds() -> list[tuple[str, str]]:
    return [("info", "warto wiedzieć"), ("important", "ważne"), ("example", "przykład")]


class CalloutBlock(FieldsBlock):
    """A short piece of information, a warning or an example beside the running text."""

    kind = blocks.ChoiceBlock(kinds, default="info")
    title = blocks.CharBlock(required=False, max_length=120)
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        icon = "info-circle"
        label = "Ramka"
        labels = {"kind": "Rodzaj", "title": "Tytuł", "text": "Tekst"}
        label_format = "{title}"
        template = "blocks/callout.html"
        description = "Krótka informacja, ostrzeżenie albo przykład."
        preview_value = {"kind": "important", "title": "Zgoda rodziny", "text": "<p>Bez zgody nie zaczynaj.</p>"}
