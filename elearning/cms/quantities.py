"""Numbers as people write them, „86,34%” or „16 miesięcy”, read and written. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

NBSP = "\xa0"
# A number with spaces between thousands and a decimal comma, then what it counts. A longer one is no quantity.
_WRITTEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ \xa0\u202f]\d{3})+|\d{1,12})(?:,(?P<fraction>\d{1,6}))?\s*(?P<unit>\D{0,40})"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit; the unit is empty where the number counts things that are named elsewhere."""

    number: Decimal
    unit: str = ""


def read(text: str) -> Quantity | None:
    """The quantity that a text tells; None for words, for a range, and for anything else that is not one number."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    whole = re.sub(r"\s", "", found["number"])
    written = f"{whole}.{found['fraction']}" if found["fraction"] else whole
    return Quantity(Decimal(written), found["unit"].strip())


def number(value: Decimal) -> str:
    """„27 773 272,46”: a hard space between thousands, a decimal comma, no zeros that say nothing."""
    plain = f"{value.normalize():f}"
    whole, _, fraction = plain.partition(".")
    thousands = f"{int(whole):,}".replace(",", NBSP)
    return f"{thousands},{fraction}" if fraction else thousands


def written(quantity: Quantity) -> str:
    """„86,34%”, „16 miesięcy”, „596”."""
    if not quantity.unit:
        return number(quantity.number)
    return f"{number(quantity.number)}{'' if quantity.unit == '%' else NBSP}{quantity.unit}"


def zlotys(amount: Decimal) -> str:
    """„27 773 272,46 zł”, always with grosze."""
    return f"{amount:,.2f}".replace(",", NBSP).replace(".", ",") + f"{NBSP}zł"


def percent(part: Decimal, whole: Decimal) -> str:
    """„81,4%”: the share with at most one decimal place; „0%” of nothing."""
    if not whole:
        return "0%"
    return f"{number(round(part * 100 / whole, 1))}%"
