"""What differs between two versions of a text: paragraphs that stay, go, come or change, with their words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# Words and signs, each with the space after it, so that joined they are the text again. Hard spaces part words too.
_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")
_LETTER = re.compile(r"[^\W\d_]")
# Two changes with no more letters between them read better as one.
SHORT = 3
# From here on two paragraphs are one that was changed; below, one went and another came.
ALIKE = 0.45
# Longer paragraphs are compared as wholes: comparing words takes time that grows with the square.
MOST_WORDS = 2000
# Paragraphs on one side of a change that are paired with those on the other, one by one.
MOST_PAIRED = 25
# Unchanged paragraphs that are shown on each side of a change.
AROUND = 1


class Change(StrEnum):
    """What happened to a paragraph, or to words in it."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a paragraph; `is_marked` where the other version does not have it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it was and as it is; the side that does not have it is empty."""

    change: Change
    old: tuple[Words, ...] = ()
    new: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that follow each other. Those of a `folded` stretch are all unchanged and far from any change."""

    paragraphs: tuple[Paragraph, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many paragraphs came, went and were changed."""

    added: int
    removed: int
    changed: int

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.changed))


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Paragraph, ...]:
    """Two versions of a text, given as their paragraphs. Spaces of any kind and number are all alike."""
    before, after = [_plain(line) for line in old], [_plain(line) for line in new]
    found: list[Paragraph] = []
    for kind, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Paragraph(Change.KEPT, (Words(line),), (Words(line),)) for line in new[j:m]]
        else:
            found += _replaced(old[i:k], new[j:m])
    return tuple(found)


def readable(lines: Sequence[str]) -> list[str]:
    """The lines that say something: rows of a table that are left for a pen say nothing."""
    return [line for line in lines if _LETTER.search(line)]


def counts_of(paragraphs: Sequence[Paragraph]) -> Counts:
    found = [paragraph.change for paragraph in paragraphs]
    return Counts(found.count(Change.ADDED), found.count(Change.REMOVED), found.count(Change.CHANGED))


def stretches_of(paragraphs: Sequence[Paragraph]) -> tuple[Stretch, ...]:
    """The paragraphs in order: what changed with a paragraph around it, and what may be folded between."""
    shown = [False] * len(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.change is not Change.KEPT:
            first, last = max(0, place - AROUND), min(len(paragraphs), place + AROUND + 1)
            shown[first:last] = [True] * (last - first)
    found: list[Stretch] = []
    start = 0
    for place in range(1, len(paragraphs) + 1):
        if place == len(paragraphs) or shown[place] != shown[start]:
            found.append(Stretch(tuple(paragraphs[start:place]), folded=not shown[start]))
            start = place
    return tuple(found)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that stand where others stood. Alike ones are pairs, in the order of both sides."""
    start = 0
    for line in new:
        place = _alike(old[start : start + MOST_PAIRED], line)
        if place is None:
            yield Paragraph(Change.ADDED, new=(Words(line, is_marked=True),))
            continue
        yield from (_removed(gone) for gone in old[start : start + place])
        yield _changed(old[start + place], line)
        start += place + 1
    yield from (_removed(gone) for gone in old[start:])


def _alike(lines: Sequence[str], wanted: str) -> int | None:
    """Which of the lines is most like the wanted one, if any is."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(_words(wanted)[:MOST_WORDS])
    best, found = ALIKE, None
    for place, line in enumerate(lines):
        matcher.set_seq1(_words(line)[:MOST_WORDS])
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
            best, found = matcher.ratio(), place
    return found


def _changed(old: str, new: str) -> Paragraph:
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return Paragraph(Change.CHANGED, (Words(old, is_marked=True),), (Words(new, is_marked=True),))
    was: list[Words] = []
    now: list[Words] = []
    plain = [_plain(word) for word in before], [_plain(word) for word in after]
    codes = SequenceMatcher(None, *plain, autojunk=False).get_opcodes()
    marked = [kind != "equal" or _is_short(plain[0][i:k]) for kind, i, k, _j, _m in codes]
    marked[0], marked[-1] = codes[0][0] != "equal", codes[-1][0] != "equal"
    for is_marked, group in groupby(zip(marked, codes, strict=True), key=lambda pair: pair[0]):
        places = [code for _marked, code in group]
        was += _stretch("".join(before[places[0][1] : places[-1][2]]), is_marked=is_marked)
        now += _stretch("".join(after[places[0][3] : places[-1][4]]), is_marked=is_marked)
    return Paragraph(Change.CHANGED, tuple(was), tuple(now))


def _is_short(words: Sequence[str]) -> bool:
    return len("".join(words)) <= SHORT


def _stretch(text: str, *, is_marked: bool) -> list[Words]:
    """Words that belong together; the space after a marked stretch is not part of it."""
    if not text:
        return []
    if not is_marked or text == text.rstrip():
        return [Words(text, is_marked)]
    return [Words(text.rstrip(), is_marked), Words(text[len(text.rstrip()) :])]


def _removed(line: str) -> Paragraph:
    return Paragraph(Change.REMOVED, old=(Words(line, is_marked=True),))


def _words(line: str) -> list[str]:
    return _WORD.findall(line)


def _plain(text: str) -> str:
    """The text for comparing: one space between words."""
    return " ".join(text.split())
