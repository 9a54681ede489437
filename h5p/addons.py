"""Addons: libraries that add themselves to each content whose texts match a pattern of theirs.

The patterns come from packages, and the texts too. Only patterns whose matching takes a bounded time are used: no
groups, and one repetition in each alternative, so that a piece of text costs at most the square of its length. Texts
are looked at in pieces that overlap. Addons that draw formulas need no more.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Characters of a pattern, and its alternatives.
LONGEST_PATTERN, MOST_ALTERNATIVES = 500, 5
# Characters. What is longer than the overlap, such as a formula of half a page, may be cut in two and overlooked.
PIECE, OVERLAP, MOST_TEXT = 1_000, 500, 200_000

_DELIMITED = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_REPETITION = re.compile(r"(?:[*+?]|\{[^}]*\})[?+]?")


def wants(patterns: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether any text matches any of the patterns, as far as these are safe to use."""
    usable = [pattern for pattern in map(_compiled, patterns) if pattern]
    return bool(usable) and any(pattern.search(piece) for piece in _pieces(texts) for pattern in usable)


@lru_cache(maxsize=100)
def _compiled(written: str) -> re.Pattern[str] | None:
    """The pattern, written as in JavaScript with or without slashes; None for one that is broken or not safe."""
    delimited = _DELIMITED.fullmatch(written)
    pattern, flags = (delimited[1], delimited[2]) if delimited else (written, "")
    if len(pattern) > LONGEST_PATTERN or not _is_bounded(pattern):
        return None
    try:
        return re.compile(pattern, re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError, RecursionError):
        return None


def _is_bounded(pattern: str) -> bool:
    bare = _CLASS.sub("c", _ESCAPE.sub("e", pattern))
    alternatives = bare.split("|")
    if "(" in bare or len(alternatives) > MOST_ALTERNATIVES:
        return False
    return all(len(_REPETITION.findall(alternative)) <= 1 for alternative in alternatives)


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    left = MOST_TEXT
    for text in texts:
        for start in range(0, min(len(text), left), PIECE - OVERLAP):
            yield text[start : start + PIECE]
        left -= len(text)
        if left <= 0:
            return
