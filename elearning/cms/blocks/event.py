"""One entry of a timeline."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from elearning.cms import moments
from elearning.cms.moments import EARLIEST, LATEST, MONTHS_ALONE, Moment, Span

from .fields import FieldsBlock
from .text import RICH_TEXT

PARTS = ("year", "month", "day")


def kinds() -> list[tuple[str, str]]:
    return [("stage", "etap"), ("meeting", "spotkanie"), ("training", "szkolenie"), ("publication", "publikacja")]


def months() -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(MONTHS_ALONE, 1)]


class EventBlock(FieldsBlock):
    """What happened, when as exactly as a source tells, and which source that is."""

    year = blocks.IntegerBlock(required=False, min_value=EARLIEST, max_value=LATEST)
    month = blocks.ChoiceBlock(months, required=False)
    day = blocks.IntegerBlock(required=False, min_value=1, max_value=31)
    end_year = blocks.IntegerBlock(required=False, min_value=EARLIEST, max_value=LATEST)
    end_month = blocks.ChoiceBlock(months, required=False)
    end_day = blocks.IntegerBlock(required=False, min_value=1, max_value=31)
    kind = blocks.ChoiceBlock(kinds, default="stage")
    title = blocks.CharBlock(max_length=160)
    text = blocks.RichTextBlock(required=False, features=RICH_TEXT)
    source = blocks.CharBlock(max_length=250)
    source_url = blocks.URLBlock(required=False)
    page = blocks.PageChooserBlock(required=False)

    class Meta:
        icon = "date"
        label = "Wpis"
        labels = {
            "year": "Rok",
            "month": "Miesiąc",
            "day": "Dzień",
            "end_year": "Koniec: rok",
            "end_month": "Koniec: miesiąc",
            "end_day": "Koniec: dzień",
            "kind": "Rodzaj",
            "title": "Co się stało",
            "text": "Opis",
            "source": "Źródło",
            "source_url": "Adres źródła",
            "page": "Strona o\xa0tym na platformie",
        }
        hints = {
            "year": "Zostaw pusty, gdy źródło nie podaje roku. Napiszemy wtedy „rok nieznany”.",
            "day": "Podaj tylko to, co jest w\xa0źródle: sam rok, rok i\xa0miesiąc albo pełną datę.",
            "end_year": "Koniec wypełnij tylko dla tego, co trwało dłużej.",
        }
        label_format = "{year} {title}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if found := _faults(cleaned):
            errors = {name: ValidationError(words) for name, words in found.items()}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


def span_of(value: Any) -> Span:
    """When an entry happened."""
    end = _moment(value, "end_")
    return Span(_moment(value, ""), None if end == Moment() else end)


def _moment(value: Any, prefix: str) -> Moment:
    year, month, day = (value[f"{prefix}{part}"] for part in PARTS)
    return Moment(year, int(month) if month else None, day)


def _faults(value: Any) -> dict[str, str]:
    span = span_of(value)
    if found := moments.faults(span.start):
        return found
    found = moments.faults_of_end(span.start, span.end) if span.end else {}
    return {f"end_{part}": words for part, words in found.items()}
