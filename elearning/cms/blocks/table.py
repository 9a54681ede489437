"""Tables."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class TableBlock(blocks.StructBlock):
    """A table with a caption and column headings, so that a screen reader can tell where it is."""

    caption = blocks.CharBlock(max_length=200, label="Podpis", help_text="Jednym zdaniem: co pokazuje tabela.")
    row_headers = blocks.BooleanBlock(required=False, label="Pierwsza kolumna to nagłówki wierszy")
    table = TypedTableBlock([("text", blocks.TextBlock(required=False, label="Tekst"))], label="Tabela")

    class Meta:
        icon = "table"
        label = "Tabela"
        template = "blocks/table.html"
        description = "Dane w wierszach i kolumnach. Nie do układania treści na stronie."

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        table = value["table"]
        return {
            **super().get_context(value, parent_context=parent_context),
            "head": [column["heading"] for column in table.columns] if table else [],
            "rows": [[cell.value for cell in row] for row in table.rows] if table else [],
        }
