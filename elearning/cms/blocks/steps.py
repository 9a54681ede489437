"""Numbered steps and folded sections: titled texts in a row."""

from typing import Any

from wagtail import blocks

from .fields import FieldsBlock
from .text import RICH_TEXT


class TitledTextBlock(FieldsBlock):
    """A title and its text."""

    title = blocks.CharBlock(max_length=150)
    text = blocks.RichTextBlock(required=False, features=RICH_TEXT)

    class Meta:
        icon = "list-ul"
        label = "Element"
        labels = {"title": "Tytuł", "text": "Tekst"}
        label_format = "{title}"


def component_rows(values: Any) -> list[dict[str, Any]]:
    """Titled texts as the rows that the components take."""
    return [{"title": value["title"], "body": value["text"]} for value in values]


class StepsBlock(FieldsBlock):
    """Numbered steps (etapy, kroki) in the order in which they are taken."""

    title = blocks.CharBlock(required=False, max_length=150)
    steps = blocks.ListBlock(TitledTextBlock(), min_num=2)

    class Meta:
        icon = "list-ol"
        label = "Kroki"
        labels = {"title": "Tytuł", "steps": "Kroki"}
        label_format = "{title}"
        template = "blocks/steps.html"
        description = "Etapy lub kroki, ponumerowane po kolei."
        preview_value = {
            "title": "Od porozumienia do oceny",
            "steps": [
                {"title": "Porozumienie", "text": "<p>Instytucje umawiają się na współpracę.</p>"},
                {"title": "Diagnoza", "text": "<p>Zespół poznaje zasoby i potrzeby.</p>"},
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "rows": component_rows(value["steps"])}
