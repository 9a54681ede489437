"""Which answers were given to a question, how often, and by whom. Pure.

Questions to choose from show every option, the ones nobody takes too. All others show what was put in each of their
parts, the most frequent first.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from courses.questions.base import Question, same
from courses.questions.multiple_choice import MultipleChoice
from courses.questions.single_choice import SingleChoice
from courses.questions.true_false import TrueFalse

# Typed answers, gaps and pairs may be of any number: so many of the most frequent are shown.
MOST_FREQUENT = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: a short `mark` for charts, the words, the attempts that gave it, and whether it is right.

    `part` names the gap, pair or place, where the question has several. `correct` is None for no answer.
    """

    mark: str
    text: str
    attempts: tuple[int, ...]
    correct: bool | None
    part: str = ""

    @property
    def count(self) -> int:
        return len(self.attempts)


@dataclass(frozen=True, slots=True)
class Distribution:
    """The answers to one version of a question.

    `answered` and `blank` are attempts. `options` says whether `lines` are all there is to choose from; otherwise
    `left_out` counts the answers too rare to be shown. With `several` one attempt may stand in more than one line.
    """

    answered: int
    blank: tuple[int, ...]
    lines: tuple[Line, ...]
    options: bool
    several: bool
    left_out: int = 0

    @property
    def total(self) -> int:
        return self.answered + len(self.blank)

    def share(self, count: int) -> float:
        """A number of attempts as a share of all that were asked, 0..1."""
        return count / self.total if self.total else 0.0

    @property
    def distractors(self) -> tuple[Line, ...]:
        """The wrong options to choose from."""
        return tuple(line for line in self.lines if self.options and line.correct is False)

    @property
    def key(self) -> tuple[Line, ...]:
        """The right options to choose from."""
        return tuple(line for line in self.lines if self.options and line.correct)


def distribute(question: Question, given: Mapping[str | None, Sequence[int]]) -> Distribution:
    """The distribution of answers. `given` has the attempts by the answer as JSON text, None for one never saved."""
    answers = [(json.loads(text) if text is not None else None, attempts) for text, attempts in given.items()]
    blank = tuple(a for value, attempts in answers if not question.is_answered(value) for a in attempts)
    answered = [(value, attempts) for value, attempts in answers if question.is_answered(value)]
    choices = _choices(question)
    lines = _chosen(choices, answered) if choices else _put_in(question, answered)
    several = isinstance(question, MultipleChoice) or any(line.part for line in lines)
    return Distribution(
        answered=sum(len(attempts) for _value, attempts in answered),
        blank=blank,
        lines=tuple(lines if choices else lines[:MOST_FREQUENT]),
        options=bool(choices),
        several=several,
        left_out=0 if choices else sum(line.count for line in lines[MOST_FREQUENT:]),
    )


def _choices(question: Question) -> list[tuple[Any, str, bool]]:
    """The options of a question: the value that stands for one, its words, whether it is right; else nothing."""
    if isinstance(question, TrueFalse):
        return [(value, question.describe(value)[0], value is question.answer) for value in (True, False)]
    if isinstance(question, (SingleChoice, MultipleChoice)):
        return [(option.id, option.text, option.correct) for option in question.options]
    return []


def _chosen(choices: Iterable[tuple[Any, str, bool]], answered: Sequence[tuple[Any, Sequence[int]]]) -> list[Line]:
    """A line for each option, in the question's order."""
    return [
        Line(
            mark=_mark(number),
            text=text,
            attempts=tuple(
                attempt
                for value, attempts in answered
                if (option in value if isinstance(value, list) else option == value)
                for attempt in attempts
            ),
            correct=correct,
        )
        for number, (option, text, correct) in enumerate(choices)
    ]


def _put_in(question: Question, answered: Sequence[tuple[Any, Sequence[int]]]) -> list[Line]:
    """A line for each part and what was put in it, however it was spelt; the most frequent first.

    Nothing for answers that a person grades: each is its own.
    """
    if question.graded_by_person:
        return []
    found: dict[tuple[str, str], list[tuple[str, bool, Sequence[int]]]] = {}
    for value, attempts in answered:
        for part in question.grade(value).parts:
            if part.given:
                found.setdefault((part.label, same(part.given)), []).append((part.given, part.correct, attempts))
    rows = [
        (label, spelt[0][0], spelt[0][1], tuple(attempt for _text, _correct, attempts in spelt for attempt in attempts))
        for (label, _same), spelt in found.items()
    ]
    rows.sort(key=lambda row: (-len(row[3]), row[0], same(row[1])))
    return [
        Line(mark=_mark(number), text=text, attempts=attempts, correct=correct, part=label)
        for number, (label, text, correct, attempts) in enumerate(rows)
    ]


def _mark(number: int) -> str:
    """A, B, … Z, then 27, 28, …"""
    return ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1)
