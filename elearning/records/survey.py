"""Evaluation surveys: what is asked, and how answers are added up so that nobody stands out. Pure.

Answers of single people are never kept. What readers see moves on only when at least five more people have answered:
the difference between two looks at the results is then never the answer of one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# Fewer people could be told apart.
FEWEST = 5
SCALE = ("1", "2", "3", "4", "5")
LONGEST_TEXT = 2000


class SurveyKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    CHOICE = "choice"
    OPEN_TEXT = "open_text"


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A question. `options` are those of a choice; of a scale `low` and `high` say what 1 and 5 mean."""

    id: UUID
    kind: SurveyKind
    text: str
    options: tuple[str, ...] = ()
    multiple: bool = False
    low: str = ""
    high: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """What may be chosen; nothing for own words."""
        return SCALE if self.kind is SurveyKind.SCALE else self.options


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers to one question added up: how often each value was chosen, and what was written, in order of letters."""

    counts: Mapping[str, int]
    texts: tuple[str, ...] = ()

    def plus(self, question: SurveyQuestion, chosen: tuple[str, ...]) -> "Tally":
        """With one more person's answer, which may be empty. Raises `ValueError` for what could not be chosen."""
        if question.kind is SurveyKind.OPEN_TEXT:
            written = tuple(text.strip() for text in chosen if text.strip())
            return Tally(self.counts, tuple(sorted([*self.texts, *written])))
        if not set(chosen) <= set(question.values) or (len(chosen) > 1 and not question.multiple):
            raise ValueError(chosen)
        more = {value: self.counts.get(value, 0) + 1 for value in chosen}
        return Tally({**self.counts, **more}, self.texts)


def may_show(answered: int, shown: int) -> bool:
    """Whether readers may see the answers of all `answered` people, when they have seen those of `shown`."""
    return answered - shown >= FEWEST


def average(counts: Mapping[str, int]) -> float | None:
    """The mean of a scale; None without answers."""
    total = sum(counts.get(value, 0) for value in SCALE)
    return sum(int(value) * counts.get(value, 0) for value in SCALE) / total if total else None
