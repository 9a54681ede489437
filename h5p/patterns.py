"""Regular expressions of strangers, run only where they cannot take long.

A pattern is used if no group in it repeats, at most one letter or class repeats any number of times, and the ways to
match a text of `LONGEST_TEXT` letters are few enough to try them all. Others are ignored: they say what authors should
type, and nobody's safety hangs on them.
"""

import re
from functools import lru_cache

LONGEST_PATTERN = 200
LONGEST_TEXT = 255
_MOST_REPEATS = 1
# Each optional part and each alternative doubles the ways to match. A content may have a million texts with patterns,
# so that each must take some microseconds a letter at most. Patterns of real libraries have eight choices, and say
# where they begin; those that may begin anywhere try all their ways at each letter.
_MOST_CHOICES, _MOST_CHOICES_ANYWHERE = 8, 4
_MOST_WAYS = 2**16
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
    if not _is_safe(pattern, modifiers):
        return None
    flags = re.NOFLAG
    for modifier in modifiers:
        flags |= _MODIFIERS[modifier]
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError, ValueError):
        return None


def _is_safe(pattern: str, modifiers: str) -> bool:
    """Whether all pieces are of known kinds, and the ways to match are few."""
    position = many = choices = depth = 0
    is_anchored = pattern.startswith("^") and "m" not in modifiers
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None:
            return False
        position = piece.end()
        depth += bool(piece["open"]) - bool(piece["close"])
        is_anchored = is_anchored and (piece[0] != "|" or depth > 0)
        quantifier = _QUANTIFIER.match(pattern, position)
        written = quantifier[0] if quantifier else ""
        position += len(written)
        if not _may_follow(written, piece):
            return False
        many += bool(quantifier and quantifier["many"])
        choices += (written == "?") + (piece[0] == "|")
    starts = 1 if is_anchored else LONGEST_TEXT
    if choices > (_MOST_CHOICES if is_anchored else _MOST_CHOICES_ANYWHERE):
        return False
    return many <= _MOST_REPEATS and starts * LONGEST_TEXT**many * 2**choices <= _MOST_WAYS


def _may_follow(quantifier: str, piece: re.Match[str]) -> bool:
    """Whether a piece may have this quantifier: groups are optional at most."""
    if piece["open"] or (piece["close"] and quantifier != "?"):
        return not quantifier
    return all(int(number) <= _LARGEST_BOUND for number in re.findall(r"\d+", quantifier))
