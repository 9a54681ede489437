"""Names of places as people type them: without diacritics, with „gmina” before them, misspelt. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# More than the longest name with its powiat and województwo; the rest of what somebody typed is not read.
LONGEST = 120
CODE = re.compile(r"\d{7}")
# What was typed, folded: a name, then perhaps its powiat and its województwo.
PARTS = re.compile(
    r"(?P<name>.*?)"
    r"(?: ?\b(?:w )?pow(?:iat|iatu|iecie)? (?P<county>\D+?))?"
    r"(?: ?\b(?:w )?woj(?:ewodztwo|ewodztwa|ewodztwie)? (?P<province>\D+))?"
)
# What stands around a name and is no part of it.
BEFORE = re.compile(
    r"(?:we? )?(?:(?:miast[oa] i gmin[ay]|gmin[ay] i miast[oa]|gmin[aey]|gminie|gm|m st|m|miast[oa]|miescie) )?"
    r"(?:(?:miejska|wiejska|miejsko wiejska) )?"
)
# The endings of adjectives, which names of powiaty and województwa are: „łomżyńskim”, „podlaskie”.
ADJECTIVE = re.compile(r"[cs]k\w*$")
AFTER = re.compile(r" (?:(?:gmina )?(?:miejska|wiejska|miejsko wiejska)|miasto na prawach powiatu)$")
# A misspelt name may differ by one letter in four: by one in short names, by three at most.
LETTERS_PER_SLIP, MOST_SLIPS = 4, 3
MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for, folded: a code, or a name and, where typed, its powiat and województwo.

    All empty where nothing that could be a name was typed; only `county` or `province`, where only that was.
    """

    name: str = ""
    county: str = ""
    province: str = ""
    code: str = ""

    @property
    def county_start(self) -> str:
        """How the key of the powiat begins: „łomżyńskiego” and „łomżyński” are one."""
        return _start(self.county)

    @property
    def province_start(self) -> str:
        return _start(self.province)


def fold(text: str) -> str:
    """The text for comparing: lower case, without diacritics, with one space between words."""
    # Once more after the letters came apart: „𝛢” is a capital only then.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace("ł", "l")
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())


def key(name: str) -> str:
    """What a name is found by: folded, letters and digits alone („Kobylin-Borzymy”: „kobylin borzymy”)."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


def wanted(typed: str) -> Wanted:
    """Read what was typed: „gm. PIATNICA, pow. łomżyński” looks for „piatnica” in „lomzynski”."""
    text = key(typed[:LONGEST])
    if CODE.fullmatch(text):
        return Wanted(code=text)
    parts = PARTS.fullmatch(text)
    if parts is None:  # the name takes whatever there is
        return Wanted(name=text)
    found = {part: (words or "").strip() for part, words in parts.groupdict().items()}
    return Wanted(**{**found, "name": _bare(found["name"])})


def near(name: str, others: Iterable[str]) -> list[str]:
    """Those of the names, all of them keys, that this one may be a slip of: the nearest first, at most `MOST_NEAR`."""
    room = min(MOST_SLIPS, max(1, len(name) // LETTERS_PER_SLIP))
    letters = set(name)
    # One slip brings one letter that was not there and takes one away, at most: cheap to tell before counting slips.
    likely = [
        other for other in set(others) if abs(len(other) - len(name)) <= room and len(letters ^ set(other)) <= 2 * room
    ]
    distances = sorted((slips(name, other), other) for other in likely)
    return [other for distance, other in distances if distance <= room][:MOST_NEAR]


def _bare(text: str) -> str:
    """The name without what stands around it, unless nothing would be left."""
    without = AFTER.sub("", text)
    return BEFORE.sub("", without, count=1) or without


def _start(words: str) -> str:
    first = words.partition(" ")[0]
    return ADJECTIVE.sub("", first) or first


def slips(one: str, other: str) -> int:
    """How many letters were changed, left out, added, or swapped with their neighbour (optimal string alignment)."""
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            best = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                best = min(best, earlier[column - 2] + 1)
            line.append(best)
        earlier, before = before, line
    return before[-1]
