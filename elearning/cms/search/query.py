"""What somebody typed into the search, as words to be found. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from . import normal

LONGEST = 200  # characters that are read
MOST_WORDS = 10
# Words that stand in every text and say nothing of it, folded.
SAYING_NOTHING = frozenset(
    word
    for line in (
        "a aby ale albo az bez bo by byc byl byla bylo byly co czego czy czyli dla do gdy gdzie go i ich im jak jaka",
        "jaki jakie jako je jego jej jest jesli jeszcze juz kiedy kto ktora ktore ktorego ktorej ktory ktorych ktorym",
        "lub ma maja mi mnie moge moja moje moj mozna na nad nam nas nasz nie niz o od oraz po pod przed przez przy sa",
        "sie skad sobie swoj ta tak takze tam te tego tej ten to tu ty tych tylko tym u w we wedlug wiec z za ze zeby",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed, and what stands for it in all its forms."""

    typed: str
    stem: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: `text` as it is shown in the field, the different words of it that say something."""

    text: str = ""
    words: tuple[Word, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(word.stem for word in self.words)

    def __bool__(self) -> bool:
        return bool(self.words)


def read(typed: str) -> Query:
    """The query in what was typed, whatever it is. Where every word says nothing, they are looked for all the same."""
    text = " ".join(_readable(typed)[:LONGEST].split())
    found = {normal.stem(match[0]): match[0] for match in reversed(list(normal.words_of(text)))}
    words = [Word(typed, stem) for stem, typed in reversed(found.items())]
    telling = [word for word in words if normal.plain(word.typed) not in SAYING_NOTHING]
    return Query(text, tuple((telling or words)[:MOST_WORDS]))


def _readable(text: str) -> str:
    """Without characters that nobody can see, and halves of characters, which no database takes."""
    composed = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    return "".join(" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in composed)


def replaced(query: Query, corrections: dict[str, str]) -> str:
    """The text of the query with other words in place of some, named as they were typed."""
    return re.sub(normal.WORD, lambda match: corrections.get(match[0], match[0]), query.text)
