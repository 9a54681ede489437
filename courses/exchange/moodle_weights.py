"""The weights Moodle accepts for an answer, as Moodle writes them, and numbers as programs read them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

# Every other weight stops Moodle's import unless the person chose "nearest grade" (docs.moodle.org/en/GIFT_format).
LISTED = [
    "100",
    "90",
    "83.33333",
    "80",
    "75",
    "70",
    "66.66667",
    "60",
    "50",
    "40",
    "33.33333",
    "30",
    "25",
    "20",
    "16.66667",
    "14.28571",
    "12.5",
    "11.11111",
    "10",
    "5",
    "0",
]
BY_PERCENT: Mapping[int, str] = {int(Fraction(listed) + Fraction(1, 2)): listed for listed in LISTED}


def weight(percent: int) -> tuple[str, list[str]]:
    """A weight of whole percent, and what to say where Moodle has none so near that it reads back the same."""
    if percent in BY_PERCENT:
        return BY_PERCENT[percent], []
    return str(percent), [f"Moodle nie ma wagi {percent}%. Przy imporcie wybierz w nim „najbliższą ocenę”."]


def right_share(right: int) -> tuple[str, list[str]]:
    """The weight of each of so many right answers, and what to say where Moodle has none."""
    share = f"{float(Fraction(100, right)):.5f}".rstrip("0").rstrip(".")
    if share in LISTED:
        return share, []
    return share, [f"Moodle nie ma wagi {share}%. Przy imporcie wybierz w nim „najbliższą ocenę”."]


def point(number: Decimal) -> str:
    """A number with a decimal point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
