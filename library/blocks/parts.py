"""The parts of a template, in the order in which they are printed."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from elearning.cms.blocks import FieldsBlock
from elearning.cms.blocks.table import CellBlock
from library.structure import NAME

MARKS = "Pole wstawisz jako {{ nazwa }}, pogrubienie jako **tekst**."


def levels() -> list[tuple[str, str]]:
    return [("1", "Nagłówek części"), ("2", "Nagłówek w\xa0części")]


class PartTextBlock(blocks.TextBlock):
    """Plain text with marks."""

    class Meta:
        rows = 3


class HeadingBlock(FieldsBlock):
    """A heading between clauses."""

    text = blocks.CharBlock(max_length=200)
    level = blocks.ChoiceBlock(levels, default="1")

    class Meta:
        icon = "title"
        label = "Nagłówek"
        label_format = "{text}"
        labels = {"text": "Tekst", "level": "Poziom"}


class ParagraphBlock(FieldsBlock):
    """Running text."""

    text = PartTextBlock(max_length=10_000)

    class Meta:
        icon = "pilcrow"
        label = "Tekst"
        label_format = "{text}"
        labels = {"text": "Tekst"}
        hints = {"text": MARKS}


class PointsBlock(FieldsBlock):
    """A list."""

    numbered = blocks.BooleanBlock(required=False, default=True)
    items = blocks.ListBlock(PartTextBlock(max_length=5000), min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Punkty"
        labels = {"numbered": "Numerowane", "items": "Punkty"}
        hints = {"items": MARKS}


class PairBlock(FieldsBlock):
    """What is asked, and what was filled in."""

    label = blocks.CharBlock(max_length=200)
    text = blocks.CharBlock(max_length=1000)

    class Meta:
        icon = "tag"
        label = "Wiersz"
        label_format = "{label}"
        labels = {"label": "Etykieta", "text": "Treść"}


class PairsBlock(FieldsBlock):
    """A table of two columns."""

    caption = blocks.CharBlock(required=False, max_length=200)
    rows = blocks.ListBlock(PairBlock(), min_num=1)

    class Meta:
        icon = "table"
        label = "Dane w\xa0dwóch kolumnach"
        label_format = "{caption}"
        labels = {"caption": "Podpis tabeli", "rows": "Wiersze"}


class GridBlock(FieldsBlock):
    """A table written out by the editor."""

    caption = blocks.CharBlock(required=False, max_length=200)
    table = TypedTableBlock([("text", CellBlock(required=False))])

    class Meta:
        icon = "table"
        label = "Tabela"
        label_format = "{caption}"
        labels = {"caption": "Podpis tabeli", "table": "Tabela"}
        hints = {"table": MARKS}


class RowsTableBlock(FieldsBlock):
    """A table with a row for each row that was filled in."""

    field = blocks.RegexBlock(NAME, max_length=40)
    caption = blocks.CharBlock(required=False, max_length=200)
    numbered = blocks.BooleanBlock(required=False)
    blank = blocks.IntegerBlock(required=False, default=3, min_value=1, max_value=40)
    extra = blocks.TextBlock(required=False, max_length=500)

    class Meta:
        icon = "table"
        label = "Tabela z\xa0listy wierszy"
        label_format = "{caption} – {field}"
        labels = {
            "field": "Nazwa pola z\xa0wierszami",
            "caption": "Podpis tabeli",
            "numbered": "Z\xa0numerami wierszy",
            "blank": "Wiersze w\xa0pustym druku",
            "extra": "Kolumny do wypełnienia ręcznie",
        }
        hints = {"extra": "Każda w\xa0osobnej linii, na przykład „Podpis”."}


class SignaturesBlock(FieldsBlock):
    """Places to sign."""

    places = blocks.TextBlock(max_length=1000)
    field = blocks.RegexBlock(NAME, required=False, max_length=40)

    class Meta:
        icon = "edit"
        label = "Miejsca na podpis"
        label_format = "{places}"
        labels = {"places": "Kto podpisuje", "field": "Dla każdego wiersza pola"}
        hints = {
            "places": "Każde miejsce w\xa0osobnej linii.",
            "field": "Gdy podpisują osoby z\xa0listy, podaj nazwę pola z\xa0wierszami.",
        }


class PageBreakBlock(blocks.StaticBlock):
    """What follows begins on a new page."""

    class Meta:
        icon = "minus"
        label = "Nowa strona"
        admin_text = "Dalszy ciąg zaczyna się na nowej stronie."


def _plain() -> list[tuple[str, blocks.Block]]:
    return [
        ("paragraph", ParagraphBlock()),
        ("points", PointsBlock()),
        ("pairs", PairsBlock()),
        ("grid", GridBlock()),
        ("rows_table", RowsTableBlock()),
        ("signatures", SignaturesBlock()),
        ("page_break", PageBreakBlock()),
    ]


class RepeatedBlock(FieldsBlock):
    """Parts that come once for each row of a field."""

    field = blocks.RegexBlock(NAME, max_length=40)
    parts = blocks.StreamBlock(_plain(), min_num=1)

    class Meta:
        icon = "rotate"
        label = "Część powtarzana"
        label_format = "{field}"
        labels = {"field": "Dla każdego wiersza pola", "parts": "Treść"}
        hints = {"parts": "Kolumny wiersza wstawisz jako {{ nazwa }}."}


class ConditionalBlock(FieldsBlock):
    """Parts that stand there only if a field is filled in or has a value."""

    field = blocks.RegexBlock(NAME, max_length=40)
    value = blocks.CharBlock(required=False, max_length=200)
    parts = blocks.StreamBlock([*_plain(), ("repeated", RepeatedBlock())], min_num=1)
    otherwise = blocks.StreamBlock(_plain(), required=False)

    class Meta:
        icon = "view"
        label = "Część warunkowa"
        label_format = "{field} {value}"
        labels = {"field": "Jeśli pole", "value": "ma wartość", "parts": "Treść", "otherwise": "W\xa0przeciwnym razie"}
        hints = {"value": "Zostaw puste, gdy wystarczy, że pole jest wypełnione."}


def _inside_clause() -> list[tuple[str, blocks.Block]]:
    return [*_plain(), ("repeated", RepeatedBlock()), ("conditional", ConditionalBlock())]


class ClauseBlock(FieldsBlock):
    """A numbered §."""

    title = blocks.CharBlock(required=False, max_length=200)
    parts = blocks.StreamBlock(_inside_clause(), min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Paragraf (§)"
        label_format = "{title}"
        labels = {"title": "Tytuł", "parts": "Treść"}
        hints = {"title": "Numer dodamy sami."}


class PartsStream(blocks.StreamBlock):
    """All parts of a template."""

    heading = HeadingBlock()
    clause = ClauseBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*_inside_clause(), *(local_blocks or [])], **kwargs)

    class Meta:
        required = False
