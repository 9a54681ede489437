"""Notices a PESEL in what somebody typed, so that they can be asked whether it is needed there. Pure.

Its digits as art. 15 of the act of 24 September 2010 on the registration of the population (ustawa o ewidencji
ludności) describes them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

LENGTH = 11
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
# The month also says the century: 20 more for those born in the 21st.
CENTURIES = {0: 1900, 20: 2000}
# Digits as people group them: with spaces, dashes, dots, or a break of the line between.
_GROUPED = re.compile(r"[0-9]+(?:[\s.\-/]{1,3}[0-9]+)*")


def holds_pesel(text: str, *, today: date) -> bool:
    """Whether eleven digits that belong together are a PESEL of somebody born by that day, since 1900."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in plain)
    return any(
        is_pesel(digits, today=today)
        for found in _GROUPED.finditer(plain)
        for digits in _elevens(re.findall(r"[0-9]+", found[0]))
    )


def is_pesel(digits: str, *, today: date) -> bool:
    """Whether eleven digits have the right checksum and a plausible day of birth."""
    if len(digits) != LENGTH:
        return False
    numbers = [int(digit) for digit in digits]
    total = sum(number * weight for number, weight in zip(numbers, WEIGHTS, strict=False))
    born = _born(numbers)
    return -total % 10 == numbers[-1] and born is not None and born <= today


def _elevens(groups: Sequence[str]) -> Iterator[str]:
    """Neighbouring groups of digits that make eleven together; a longer number without breaks is no PESEL."""
    for start in range(len(groups)):
        digits = ""
        for group in groups[start : start + LENGTH]:
            digits += group
            if len(digits) >= LENGTH:
                break
        if len(digits) == LENGTH:
            yield digits


def _born(numbers: Sequence[int]) -> date | None:
    year, month, day = (10 * numbers[place] + numbers[place + 1] for place in (0, 2, 4))
    century = CENTURIES.get(month - month % 20)
    if century is None:
        return None
    try:
        return date(century + year, month % 20, day)
    except ValueError:
        return None
