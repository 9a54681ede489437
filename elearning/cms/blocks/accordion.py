"""Sections that unfold."""

from typing import Any

from wagtail import blocks

from .steps import TitledTextBlock, component_rows


class AccordionBlock(blocks.StructBlock):
    """Sections of which a reader needs only some."""

    title = blocks.CharBlock(required=False, max_length=150, label="Tytuł")
    items = blocks.ListBlock(TitledTextBlock(), min_num=1, label="Części")

    class Meta:
        icon = "collapse-down"
        label = "Rozwijane części"
        template = "blocks/accordion.html"
        description = "Pytania i odpowiedzi albo szczegóły, których nie każdy potrzebuje."
        preview_value = {
            "title": "Częste pytania",
            "items": [{"title": "Czy rodzina może odmówić?", "text": "<p>Tak, udział jest dobrowolny.</p>"}],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "rows": component_rows(value["items"])}
