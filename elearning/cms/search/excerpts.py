"""The passage of a text in which what was looked for stands, with its words marked. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from . import normal

LENGTH = 260  # characters of an excerpt
BEFORE = 60  # of them at most before the first word that was looked for
MOST_HITS = 400  # words of a text that are looked at for the best passage
GAP = " · "  # between paragraphs
CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `is_marked` where it is a word that was looked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was looked for, from `start` to `end` in the text."""

    start: int
    end: int
    stem: str


def hits_of(text: str, wanted: Collection[str]) -> Iterator[Hit]:
    """The words of a text that stand for one of the wanted, in their order."""
    for match in normal.words_of(text):
        for stem in normal.keys(match[0]).intersection(wanted):
            yield Hit(match.start(), match.end(), stem)
            break


def marked(text: str, wanted: Collection[str]) -> tuple[Piece, ...]:
    """All of a text in pieces: joined they are the text again."""
    pieces: list[Piece] = []
    place = 0
    for hit in hits_of(text, wanted):
        pieces += [Piece(text[place : hit.start])] if hit.start > place else []
        pieces.append(Piece(text[hit.start : hit.end], is_marked=True))
        place = hit.end
    return (*pieces, Piece(text[place:])) if place < len(text) else tuple(pieces)


def excerpt(text: str, wanted: Collection[str], *, length: int = LENGTH) -> tuple[Piece, ...]:
    """The passage with the most of the wanted words, the earliest of equals; the beginning where there is none of them.

    Not much longer than `length`, whole words, with „…” where something is left out and „ · ” between paragraphs.
    """
    start, end = _passage(text, wanted, length)
    shown = GAP.join(part.strip() for part in text[start:end].split("\n") if part.strip())
    before, after = bool(text[:start].strip()), bool(text[end:].strip())
    return marked(f"{CUT if before else ''}{shown}{CUT if after else ''}", wanted)


def _passage(text: str, wanted: Collection[str], length: int) -> tuple[int, int]:
    hits = []
    for hit in hits_of(text, wanted):
        hits.append(hit)
        if len(hits) == MOST_HITS:
            break
    start = _first_of_best(hits, length)
    return _whole(text, max(0, start - BEFORE) if start > BEFORE else 0, length, reach=start)


def _first_of_best(hits: list[Hit], length: int) -> int:
    """Where the passage begins that holds the most different words, of equals the most words, then the earliest."""
    best, place = (0, 0), 0
    last = 0
    for first, hit in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last].end <= hit.start + length - BEFORE:
            last += 1
        within = hits[first:last]
        score = (len({other.stem for other in within}), len(within))
        if score > best:
            best, place = score, hit.start
    return place


def _whole(text: str, start: int, length: int, *, reach: int) -> tuple[int, int]:
    """The borders of whole words: the passage begins with a sentence or a paragraph where one begins before `reach`."""
    if start:
        ahead = text[start:reach]
        breaks = [ahead.rfind(sign) + len(sign) for sign in ("\n", ". ", "? ", "! ") if sign in ahead]
        space = ahead.find(" ")
        start += max(breaks) if breaks else space + 1 if space >= 0 else len(ahead)
    end = start + length
    if end >= len(text):
        return start, len(text)
    space = max(text.rfind(" ", start, end + 1), text.rfind("\n", start, end + 1))
    return start, space if space > start else end
