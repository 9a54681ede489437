"""Regular expressions of strangers, run only where they cannot take long.

A pattern is used if no group in it repeats, and at most one letter or class repeats any number of times. Others are
ignored: they say what authors should type, and nobody's safety hangs on them.
"""

import re
from functools import lru_cache

LONGEST_PATTERN = 200
LONGEST_TEXT = 255
_MOST_REPEATS = 1
# Each optional part doubles the ways to match.
_MOST_OPTIONAL = 6
_PIECE = re.compile(
    r"\\(?P<escape>[dwsDWSbB]|[^a-zA-Z0-9])|\[\^?\]?(?:\\.|[^\]\\\[])*\]|(?P<open>\((?:\?:)?)|(?P<close>\))"
    r"|(?P<other>[^\\\[\](){}*+?])"
)
_QUANTIFIER = re.compile(r"(?P<many>[*+]|\{\d{1,3},\d{0,3}\})|(?P<optional>\?)|\{\d{1,3}\}")
_LARGEST_BOUND = 50
_MODIFIERS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "u": re.NOFLAG}


@lru_cache(maxsize=256)
def safe_pattern(pattern: str, modifiers: str = "") -> re.Pattern[str] | None:
    """The compiled pattern; None if it could be slow, or is none that Python knows."""
    if not pattern or len(pattern) > LONGEST_PATTERN or not set(modifiers) <= _MODIFIERS.keys():
        return None
    if not _is_safe(pattern):
        return None
    flags = re.NOFLAG
    for modifier in modifiers:
        flags |= _MODIFIERS[modifier]
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError, ValueError):
        return None


def _is_safe(pattern: str) -> bool:
    position = many = optional = 0
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None:
            return False
        position = piece.end()
        quantifier = _QUANTIFIER.match(pattern, position)
        if quantifier is None:
            continue
        position = quantifier.end()
        if piece["open"] or (piece["close"] and quantifier[0] != "?"):
            return False
        many += bool(quantifier["many"])
        optional += bool(quantifier["optional"])
        if any(int(number) > _LARGEST_BOUND for number in re.findall(r"\d+", quantifier[0])):
            return False
    return many <= _MOST_REPEATS and optional <= _MOST_OPTIONAL
