"""Addons: libraries that add themselves to each content whose texts match a pattern of theirs.

The patterns come from packages. Only those whose matching takes a bounded time are used: no repeated groups and no
back-references, few open repetitions in a row, short pieces of text. Formula addons need no more.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Characters. A pattern with two open repetitions takes at most the square of a piece.
LONGEST_PATTERN = 500
PIECE, OVERLAP, MOST_TEXT = 2_000, 500, 400_000
MOST_REPEATS = 2

_DELIMITED = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)
_REPEATED_GROUP = re.compile(r"\)[*+?{]")
_BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_OPEN_REPEAT = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")


def wants(patterns: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether any text matches any of the patterns, as far as these are safe to use."""
    usable = [pattern for pattern in map(_compiled, patterns) if pattern]
    return bool(usable) and any(pattern.search(piece) for piece in _pieces(texts) for pattern in usable)


@lru_cache(maxsize=100)
def _compiled(written: str) -> re.Pattern[str] | None:
    """The pattern, written as in JavaScript with or without slashes; None for one that is broken or not safe."""
    delimited = _DELIMITED.fullmatch(written)
    pattern, flags = (delimited[1], delimited[2]) if delimited else (written, "")
    unsafe = _REPEATED_GROUP.search(pattern) or _BACK_REFERENCE.search(pattern)
    repeats = max(len(_OPEN_REPEAT.findall(part)) for part in pattern.split("|"))
    if unsafe or len(pattern) > LONGEST_PATTERN or repeats > MOST_REPEATS:
        return None
    try:
        return re.compile(pattern, re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError, RecursionError):
        return None


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    left = MOST_TEXT
    for text in texts:
        for start in range(0, min(len(text), left), PIECE - OVERLAP):
            yield text[start : start + PIECE]
        left -= len(text)
        if left <= 0:
            return
