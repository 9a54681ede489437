"""Sections that unfold."""

from typing import Any

from wagtail import blocks

from .fields import FieldsBlock
from .steps import TitledTextBlock, component_rows


class AccordionBlock(FieldsBlock):
    """Sections of which a reader needs only some."""

    title = blocks.CharBlock(required=False, max_length=150)
    items = blocks.ListBlock(TitledTextBlock(), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = "Rozwijane części"
        labels = {"title": "Tytuł", "items": "Części"}
        label_format = "{title}"
        template = "blocks/accordion.html"
        description = "Pytania i odpowiedzi albo szczegóły, których nie każdy potrzebuje."
        preview_value = {
            "title": "Częste pytania",
            "items": [{"title": "Czy rodzina może odmówić?", "text": "<p>Tak, udział jest dobrowolny.</p>"}],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context=parent_context), "rows": component_rows(value["items"])}
