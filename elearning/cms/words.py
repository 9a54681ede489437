"""Words as people look for them: without Polish letters and endings. Pure."""

import re
import unicodedata

WORD = re.compile(r"\w+")

# Endings of Polish nouns, adjectives and a few verbs, without diacritics, the longest first, for a light stemmer: words
# whose stem itself changes („powiat”, „w powiecie”) are found only in the form that was asked for.
ENDINGS = (
    *("iami", "iach", "iego", "iemu", "owac", "owie"),
    *("ach", "ami", "ego", "emu", "ich", "iej", "iem", "imi", "iom", "owi", "uja", "uje", "ych", "ymi"),
    *("ac", "ej", "em", "ia", "ie", "im", "io", "iu", "om", "ow", "ym"),
    *("a", "e", "i", "o", "u", "y"),
)
SHORTEST_STEM = 3
MOST_STEMS = 8
LONGEST_QUERY = 200


def fold(text: str) -> str:
    """The text for comparing: lower case, without diacritics, with one space between words."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l")
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())


def stems(query: str) -> tuple[str, ...]:
    """The words of a query, folded and without Polish endings: beginnings of the words to be found.

    Words of up to three letters stay whole. At most `MOST_STEMS` different ones.
    """
    words = WORD.findall(fold(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(_stem(word) for word in words))[:MOST_STEMS]


def _stem(word: str) -> str:
    if len(word) <= SHORTEST_STEM:
        return word
    ending = next(
        (ending for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM), ""
    )
    return word.removesuffix(ending)
