"""The attempts that statistics are made of, as plain values, and what follows from them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum
from typing import TypeAlias

from . import item_analysis, quiz_analysis
from .item_analysis import Item, Scored
from .quiz_analysis import Quiz, Reliability

# A question's number in the bank, and its revision when it was asked: one wording with one key.
Version: TypeAlias = "tuple[int, int | None]"


@dataclass(frozen=True, slots=True)
class Asked:
    """That a paper asks a question of the bank: in which version, and for how many points."""

    revision: int | None
    points: float


# What one attempt asks, by the question's number in the bank. Attempts with the same paper share one object.
Paper: TypeAlias = Mapping[int, Asked]


@dataclass(frozen=True, slots=True)
class Taken:
    """One submitted attempt; without a score it waits for a person's marks. `score` is a share of 0..1."""

    score: float | None
    passed: bool | None
    minutes: float


@dataclass
class Sample:
    """Submitted attempts of one quiz with their answers, all by the attempt's number.

    `shares` and `waiting` are by question: scored answers, and attempts whose answer waits. `given` has the attempts
    that gave each answer, by version and by the answer as JSON text, None where nothing was saved.
    """

    attempts: Mapping[int, Taken]
    papers: Mapping[int, Paper]
    shares: Mapping[int, Mapping[int, float]]
    waiting: Mapping[int, Sequence[int]] = field(default_factory=dict)
    given: Mapping[Version, Mapping[str | None, Sequence[int]]] = field(default_factory=dict)

    @cached_property
    def quiz(self) -> Quiz:
        """The statistics of the quiz itself."""
        scored = [taken for taken in self.attempts.values() if taken.score is not None]
        return quiz_analysis.analyse(
            [taken.score for taken in scored if taken.score is not None],
            [bool(taken.passed) for taken in scored],
            [taken.minutes for taken in self.attempts.values()],
            attempts=len(self.attempts),
        )

    @cached_property
    def questions(self) -> tuple[int, ...]:
        """All questions asked, in the order of the newest paper; those of older papers follow."""
        distinct = {id(paper): paper for _attempt, paper in sorted(self.papers.items(), reverse=True)}
        return tuple(dict.fromkeys(question for paper in distinct.values() for question in paper))

    @cached_property
    def versions(self) -> Mapping[int, tuple[int | None, ...]]:
        """The versions in which each question was asked, the newest first."""
        found: dict[int, list[int | None]] = {}
        for question, revision in sorted(self.given, key=lambda version: -(version[1] or 0)):
            found.setdefault(question, []).append(revision)
        return {question: tuple(known) for question, known in found.items()}

    @cached_property
    def points(self) -> Mapping[int, tuple[float, float, int]]:
        """Of each attempt the points given and the points possible, of its scored answers alone, and their number."""
        papers = self.papers
        given, possible, counts = (dict.fromkeys(papers, 0.0), dict.fromkeys(papers, 0.0), dict.fromkeys(papers, 0))
        for question, column in self.shares.items():
            for attempt, share in column.items():
                weight = papers[attempt][question].points
                given[attempt] += share * weight
                possible[attempt] += weight
                counts[attempt] += 1
        return {a: (given[a], possible[a], count) for a, count in counts.items() if count}

    @cached_property
    def reliability(self) -> Reliability:
        """Alpha over wholly scored attempts. A question whose points changed counts with those of the newest paper."""
        whole = [attempt for attempt, (_g, _p, count) in self.points.items() if count == len(self.papers[attempt])]
        distinct = {id(paper): paper for _attempt, paper in sorted(self.papers.items())}
        weights = {question: asked.points for paper in distinct.values() for question, asked in paper.items()}
        return quiz_analysis.reliability(self.shares, sorted(whole), weights)

    @cached_property
    def items(self) -> Mapping[int, Item]:
        """The statistics of each question, from all attempts that were asked it."""
        return {question: self.item(question) for question in self.questions}

    def item(self, question: int, *, attempts: Iterable[int] | None = None) -> Item:
        """The statistics of one question, from all attempts that were asked it or from some of them."""
        column, waiting = self.shares.get(question, {}), self.waiting.get(question, ())
        if attempts is not None:
            chosen = set(attempts)
            column = {attempt: share for attempt, share in column.items() if attempt in chosen}
            waiting = [attempt for attempt in waiting if attempt in chosen]
        return item_analysis.analyse(self._scored(question, column), waiting=len(waiting))

    def asked_as(self, question: int, revision: int | None) -> list[int]:
        """The attempts that were asked a question in one version."""
        return [
            attempt
            for attempt, paper in self.papers.items()
            if question in paper and paper[question].revision == revision
        ]

    def mean_total(self, attempts: Iterable[int]) -> float | None:
        """The mean share of points over these attempts; None where none of them has a scored answer."""
        totals = [self.points[attempt] for attempt in attempts if attempt in self.points]
        return fsum(given / possible for given, possible, _count in totals) / len(totals) if totals else None

    def _scored(self, question: int, column: Mapping[int, float]) -> Scored:
        points, papers = self.points, self.papers
        totals: list[float] = []
        rests: list[float | None] = []
        for attempt, share in column.items():
            given, possible, _count = points[attempt]
            weight = papers[attempt][question].points
            totals.append(given / possible)
            rests.append((given - share * weight) / (possible - weight) if possible > weight else None)
        return Scored(list(column.values()), totals, rests)
