"""Polish words without their endings, so that „gminach wiejskich” and „gmina wiejska” are the same words. Pure.

Snowball's Polish stemmer takes endings away; what is ours are the letters that change before an ending („powiat”,
„w powiecie”), which it leaves apart. Diacritics are dropped last: before that they tell endings from stems.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

from elearning.institutions.names import fold

# Raise it with each change of what `stem` answers: the index is then made anew.
VERSION = 1

WORD = re.compile(r"[^\W_]+")
# Words of up to three letters stay whole: „GOPS” has endings, „CUS” and „rok” have none that could be told from stems.
SHORTEST = 4
SHORTEST_STEM = 3
LONGEST = 40  # letters that are kept of a word

_STEMMER = Stemmer("polish")

# Soft letters before an ending, and the hard ones that they come from; the ending itself stays for the stemmer.
# „dokumencie”, „asystenci”, „mieście”: t. Not „-ości”, which is an ending of its own.
# „urzędzie”, „łodzi”: d. „usłudze”, „pedagodzy”: g. „osoby” is no conditional, which the stemmer takes it for.
_HARDER = (
    (re.compile(r"[śs]cie$"), "sty"),
    (re.compile(r"(?<![śs])cie?$"), "ty"),
    (re.compile(r"(?<![śs])ci(?=(?:a|u|em|om|ami|ach|ą|ę)$)"), "t"),
    (re.compile(r"dzie?$"), "dy"),
    (re.compile(r"dzi(?=(?:a|u|em|om|ami|ach|ą|ę)$)"), "d"),
    (re.compile(r"dź$"), "d"),
    (re.compile(r"dz(?=[ey]$)"), "g"),
    (re.compile(r"by$"), "b"),
    (re.compile(r"ow$"), "ów"),  # as it is typed without diacritics
)
_FINAL_VOWEL = re.compile(r"[aeiouy]$")
# What is left to be made alike at the end of a folded stem.
_ALIKE = (
    (re.compile(r"rz$"), "r"),  # kuratorze, lekarz
    (re.compile(r"dz$"), "d"),  # prowadzenie, prowadzi
    (re.compile(r"(?<=[a-z][dlnrtw])iec$"), "c"),  # mieszkaniec, mieszkańca
    (re.compile(r"(?<=[a-z]{2})c$"), "k"),  # opiece, pracownicy, wiejscy
    (re.compile(r"(?<=[a-z]{2}[^aeiouy])e(?=[kl]$)"), ""),  # ośrodek, placówek, źródeł
    (re.compile(r"(?<=[a-z]{2})i?en$"), "n"),  # uczeń, stopień, wrzesień
    (re.compile(r"ie(?=(?:t|st|d|zd|r)$)"), "ia"),  # powiecie, mieście, sąsiedzi
)
# Stems of one word that no rule brings together, each with the one that stands for it.
_ONE_WORD = {
    same: words.split()[0]
    for words in (
        *("dzieck dziek dziat dziecm", "urzad urzed", "ksiag ksieg", "pieniad pieniag pienieg pienied pieniedzm"),
        *("ojk ojck ojciek ojcow", "wojt wojtow", "starost starostow", "burmistr burmistrzow", "syn synow"),
        *("problem probl", "poziom poz", "harmonogram harmonogr", "program progr", "system syst"),
        *("dzien dzn dzin dnia dniu dniem dni dniom dniach", "tygodn tydzn", "nauczyciel nauczyk", "siat siek"),
    )
    for same in words.split()
}


def words_of(text: str) -> Iterator[re.Match[str]]:
    """The words of a text with their places in it."""
    return WORD.finditer(text)


def plain(word: str) -> str:
    """A word folded, without what folding leaves of signs."""
    return fold(word).replace(" ", "")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What stands for a word in all its forms; of what has no letters, what it is. Never empty, never with a space.

    The same for the same word in capitals; not always for the same word without its diacritics: see `keys`.
    """
    lower = unicodedata.normalize("NFKC", word).casefold()
    short = plain(lower)[:LONGEST]
    if len(short) < SHORTEST or not lower.isalpha():
        return _ONE_WORD.get(short, short) or word[:LONGEST]
    harder = lower
    for soft, hard in _HARDER:
        harder = soft.sub(hard, harder)
    taken = _STEMMER.stemWord(harder)
    if len(taken) < SHORTEST_STEM:
        taken = _FINAL_VOWEL.sub("", harder)
    found = fold(taken)
    for ends, alike in _ALIKE:
        found = ends.sub(alike, found)
    return _ONE_WORD.get(found, found)[:LONGEST]


@lru_cache(maxsize=100_000)
def keys(word: str) -> frozenset[str]:
    """All that a word of a text is found by: what stands for it, as it is and as it is typed without diacritics."""
    return frozenset({stem(word), stem(plain(word) or word)})
