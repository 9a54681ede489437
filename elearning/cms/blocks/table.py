"""Tables."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .fields import FieldsBlock


class CellBlock(blocks.TextBlock):
    """One cell of a table: plain text."""

    class Meta:
        label = "Tekst"


class TableBlock(FieldsBlock):
    """A table with a caption and column headings, so that a screen reader can tell where it is."""

    caption = blocks.CharBlock(max_length=200)
    row_headers = blocks.BooleanBlock(required=False)
    table = TypedTableBlock([("text", CellBlock(required=False))])

    class Meta:
        icon = "table"
        label = "Tabela"
        labels = {"caption": "Podpis", "row_headers": "Pierwsza kolumna to nagłówki wierszy", "table": "Tabela"}
        hints = {"caption": "Jednym zdaniem: co pokazuje tabela."}
        label_format = "{caption}"
        template = "blocks/table.html"
        description = "Dane w wierszach i kolumnach. Nie do układania treści na stronie."
        preview_value = {
            "caption": "Kto co wnosi do zespołu",
            "row_headers": True,
            "table": {
                "columns": [{"type": "text", "heading": "Instytucja"}, {"type": "text", "heading": "Wkład"}],
                "rows": [{"values": ["GOPS", "praca socjalna"]}, {"values": ["PCPR", "poradnictwo"]}],
                "caption": "",
            },
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        table = value["table"]
        return {
            **super().get_context(value, parent_context=parent_context),
            "head": [column["heading"] for column in table.columns] if table else [],
            "rows": [[cell.value for cell in row] for row in table.rows] if table else [],
        }
