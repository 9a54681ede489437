"""Addons: libraries that add themselves to each content whose texts match a pattern of theirs.

The patterns come from packages, and the texts too. Only patterns without groups are used, and with one repetition at
most in each alternative: something fixed, one thing repeated, something fixed. The three are looked for apart, each
only forwards, so that the time grows with the text and no faster. Addons that draw formulas need no more.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

# Characters of a pattern; alternatives of all patterns of an addon.
LONGEST_PATTERN, MOST_ALTERNATIVES = 100, 3
# Characters of all texts that are looked at, where the start of each text costs as much as some characters.
MOST_TEXT, START = 100_000, 10

_DELIMITED = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_TIMES = re.compile(r"([*+?])|\{(\d{0,4})(,?)(\d{0,4})\}")
_SHORT = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class _Alternative:
    """`before`, then what is not `other` between `least` and `most` times, then `after`; `most` None is unbounded.

    `before` and `other` look ahead: they match at a place and take nothing.
    """

    before: re.Pattern[str]
    other: re.Pattern[str]
    after: re.Pattern[str]
    least: int
    most: int | None

    def occurs_in(self, text: str) -> bool:
        """Whether it matches anywhere. Places only grow, so that no part of the text is searched twice."""
        run_end = after = -1
        for found in self.before.finditer(text):
            start = found.end(1)
            if start > run_end and (other := self.other.search(text, start)):
                run_end = other.start()
            last = run_end if self.most is None else min(run_end, start + self.most)
            first = start + self.least
            if first > last:
                continue
            if after < first:
                next_after = self.after.search(text, first)
                if next_after is None:
                    return False
                after = next_after.start()
            if after <= last:
                return True
        return False


def wants(patterns: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether any text matches any of the patterns, as far as these are safe to use."""
    usable = list(islice((one for pattern in patterns for one in _alternatives(pattern)), MOST_ALTERNATIVES))
    return bool(usable) and any(one.occurs_in(text) for text in _within_limit(texts) for one in usable)


@lru_cache(maxsize=100)
def _alternatives(written: str) -> tuple[_Alternative, ...]:
    """A pattern as in JavaScript, with or without slashes; empty for one that is broken or not safe."""
    delimited = _DELIMITED.fullmatch(written)
    pattern, flags = (delimited[1], delimited[2]) if delimited else (written, "")
    if len(pattern) > LONGEST_PATTERN:
        return ()
    try:
        re.compile(pattern)
        return tuple(_alternative(tokens, "i" in flags) for tokens in _split(_TOKEN.findall(pattern)))
    except (re.error, OverflowError, RecursionError, ValueError):
        return ()


def _split(tokens: list[str]) -> Iterator[list[str]]:
    """The tokens of each alternative. Raises ValueError for groups."""
    if "(" in tokens:
        raise ValueError("groups")
    ends = [place for place, one in enumerate(tokens) if one == "|"]
    for start, end in zip([-1, *ends], [*ends, len(tokens)], strict=True):
        yield tokens[start + 1 : end]


def _alternative(tokens: list[str], ignores_case: bool) -> _Alternative:
    """Raises ValueError where more than one thing repeats."""
    repeated = [place for place, token in enumerate(tokens) if place and _bounds(token)]
    place, bounds = (repeated[0], _bounds(tokens[repeated[0]])) if repeated else (0, None)
    least, most = bounds or (0, 0)
    rest = tokens[place + 1 :] if bounds else tokens
    if rest and bounds and rest[0] == "?":
        rest = rest[1:]  # as few as possible: the same texts match
    if any(_bounds(token) for token in rest):
        raise ValueError("repetitions")
    before, atom = ("".join(tokens[: place - 1]), tokens[place - 1]) if bounds else ("", "")
    flags = re.IGNORECASE if ignores_case else 0
    return _Alternative(
        before=re.compile(f"(?=({before}))", flags),
        other=re.compile(f"(?!{atom})" if atom else "", flags),
        after=re.compile("".join(rest), flags),
        least=least,
        most=most,
    )


def _bounds(token: str) -> _Bounds | None:
    """How often the thing before is repeated; None for a token that repeats nothing."""
    times = _TIMES.fullmatch(token)
    if times is None or token in ("{}", "{,}"):
        return None
    if times[1]:
        return _SHORT[times[1]]
    least = int(times[2] or 0)
    return least, (int(times[4]) if times[4] else None) if times[3] else least


def _within_limit(texts: Iterable[str]) -> Iterator[str]:
    left = MOST_TEXT
    for text in texts:
        yield text[:left]
        left -= len(text) + START
        if left <= 0:
            return
