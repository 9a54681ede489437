"""The options of single and multiple choice."""

from wagtail import blocks

from .base import RICH_TEXT


class OptionBlock(blocks.StructBlock):
    """One answer to choose."""

    text = blocks.CharBlock(label="Odpowiedź", max_length=500)
    correct = blocks.BooleanBlock(label="Poprawna", required=False)
    feedback = blocks.RichTextBlock(
        label="Wyjaśnienie dla osoby, która ją wybierze", features=RICH_TEXT, required=False
    )

    class Meta:
        icon = "radio-empty"
        label = "Odpowiedź"


def options() -> blocks.ListBlock:
    return blocks.ListBlock(OptionBlock(), label="Odpowiedzi", min_num=2, max_num=50)
