"""A few sentences that stand out."""

from wagtail import blocks

from .text import RICH_TEXT


class CalloutBlock(blocks.StructBlock):
    """A short piece of information, a warning or an example beside the running text."""

    kind = blocks.ChoiceBlock(
        [("info", "warto wiedzieć"), ("important", "ważne"), ("example", "przykład")], default="info", label="Rodzaj"
    )
    title = blocks.CharBlock(required=False, max_length=120, label="Tytuł")
    text = blocks.RichTextBlock(features=RICH_TEXT, label="Tekst")

    class Meta:
        icon = "info-circle"
        label = "Ramka"
        template = "blocks/callout.html"
        description = "Krótka informacja, ostrzeżenie albo przykład."
        preview_value = {"kind": "important", "title": "Zgoda rodziny", "text": "<p>Bez zgody nie zaczynaj.</p>"}
