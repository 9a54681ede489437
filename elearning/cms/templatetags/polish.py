"""Polish wording for templates: plurals, dates, numbers, sizes."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.dateformat import format as format_date

register = template.Library()

NBSP = "\xa0"
# Words that may not end a line.
SHORT_WORDS = re.compile(r"(?<![^\s(„])([aiouwzAIOUWZ]) ")


@register.filter
def plural(number: float | Decimal, forms: str) -> str:
    """The right one of three forms: „lekcja,lekcje,lekcji” for 1, 2–4 and 5 or more; a fraction takes the second.

    `{{ n }} {{ n|plural:"godzina,godziny,godzin" }}`: 1 godzina, 22 godziny, 12 godzin, 1,5 godziny.
    """
    one, few, many = forms.split(",")
    if number != int(number):
        return few
    count = abs(int(number))
    if count == 1:
        return one
    return few if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else many


@register.filter
def polish_date(value: date | datetime | None) -> str:
    """„7 października 2026 r.”, in local time; nothing for nothing."""
    if value is None:
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_date(day, f"j{NBSP}E{NBSP}Y") + f"{NBSP}r."


@register.filter
def file_size(size: int | None) -> str:
    """„84 KB”, „1,2 MB”; a kilobyte has 1,000 bytes, as file managers show it."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}KB"
    return f"{size / 1_000_000:.1f}{NBSP}MB".replace(".", ",")


@register.filter(is_safe=True)
@stringfilter
def tidy(text: str) -> str:
    """The text with hard spaces after one-letter words. What was safe HTML stays so."""
    return SHORT_WORDS.sub(rf"\1{NBSP}", text)
