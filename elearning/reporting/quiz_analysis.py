"""A quiz by the scores of many attempts: where they lie, how they spread, how far they can be trusted. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import median as middle

from .figures import FEWEST, NOTHING_SCORED, Figure, deviation, differ, first_reason, mean, too_few, variance

BINS = 10
# Scores are kept with four decimal places.
PLACES = 10_000

ONE_QUESTION = "Do tego wskaźnika potrzebne są co najmniej dwa pytania zadane wszystkim."
DIFFERENT_PAPERS = (
    "Podejścia miały różne pytania, bo są losowane albo test się zmienił. "
    "Wspólnych dla wszystkich jest za mało, żeby to policzyć."
)
SAME_TOTALS = "Wszystkie osoby mają taki sam wynik, więc nie ma czego porównać."
NEGATIVE_ALPHA = "Rzetelność jest ujemna, więc błędu pomiaru nie można z niej policzyć."
NO_TIME = "Nie znamy czasu żadnego podejścia."


@dataclass(frozen=True, slots=True)
class Reliability:
    """How consistent the questions are that everyone was asked: `questions` of `asked` in all, over `attempts`."""

    questions: int
    asked: int
    attempts: int
    alpha: Figure
    standard_error: Figure


@dataclass(frozen=True, slots=True)
class Quiz:
    """The statistics of a quiz. `attempts` are all of the sample, `scored` those with a score, which all else is of."""

    attempts: int
    scored: int
    mean: Figure
    median: Figure
    deviation: Figure
    pass_rate: Figure
    minutes: Figure
    histogram: tuple[int, ...]


def analyse(scores: Sequence[float], passed: Sequence[bool], minutes: Sequence[float], *, attempts: int) -> Quiz:
    """All statistics that need no questions. `scores` are shares of 0..1, `minutes` the lengths of attempts."""
    return Quiz(
        attempts=attempts,
        scored=len(scores),
        mean=mean(scores),
        median=median(scores),
        deviation=deviation(scores),
        pass_rate=pass_rate(passed),
        minutes=median(minutes, reason=NO_TIME),
        histogram=histogram(scores),
    )


def median(values: Sequence[float], *, reason: str = NOTHING_SCORED) -> Figure:
    """The middle value, or the mean of the two in the middle; in the unit of the values."""
    return Figure(float(middle(values))) if values else Figure(None, reason)


def pass_rate(passed: Sequence[bool]) -> Figure:
    """Passed attempts by scored attempts, 0 to 1."""
    return Figure(sum(passed) / len(passed)) if passed else Figure(None, NOTHING_SCORED)


def histogram(scores: Iterable[float]) -> tuple[int, ...]:
    """How many scores lie in each tenth, from 0 up; a bound belongs to the tenth above it, 1 to the last."""
    counts = [0] * BINS
    for score in scores:
        counts[min(round(score * PLACES) * BINS // PLACES, BINS - 1)] += 1
    return tuple(counts)


def alpha(columns: Sequence[Sequence[float]], *, fewest: int = FEWEST) -> Figure:
    """Cronbach's alpha k/(k − 1) · (1 − Σs²ᵢ / s²ₜ), at most 1; below 0 where questions contradict each other.

    `columns` are k questions, each with the points that the same attempts got for it, in the same order; s²ᵢ is the
    variance of a question, s²ₜ that of the attempts' sums. Cronbach, L. J. (1951), Coefficient alpha and the internal
    structure of tests, Psychometrika 16(3), 297–334. For right-or-wrong questions it is KR-20; Moodle's „coefficient of
    internal consistency” is 100 times this.
    """
    width, attempts = len(columns), len(columns[0]) if columns else 0
    totals = sums(columns)
    return first_reason(
        (width < 2, ONE_QUESTION),
        (attempts < fewest, too_few(attempts, fewest)),
        (not differ(totals), SAME_TOTALS),
        value=lambda: width / (width - 1) * (1 - fsum(map(variance, columns)) / variance(totals)),
    )


def sums(columns: Sequence[Sequence[float]]) -> list[float]:
    """The sum of each attempt over all columns."""
    return [fsum(row) for row in zip(*columns, strict=True)]


def standard_error(spread: Figure, reliability: Figure) -> Figure:
    """The standard error of measurement s · √(1 − α), in the unit of the deviation and not above it.

    By how much the score of one person would vary over tests of the same kind: about two in three lie within one such
    error. Lord, F. M. and Novick, M. R. (1968), Statistical Theories of Mental Test Scores, chapter 3.
    """
    if spread.value is None or reliability.value is None:
        return Figure(None, reliability.reason or spread.reason)
    if reliability.value < 0:
        return Figure(None, NEGATIVE_ALPHA)
    return Figure(spread.value * sqrt(max(0.0, 1 - reliability.value)))


def reliability(
    columns: Mapping[int, Mapping[int, float]],
    attempts: Sequence[int],
    weights: Mapping[int, float],
    *,
    fewest: int = FEWEST,
) -> Reliability:
    """Alpha and its error over the questions that each of these wholly scored attempts was asked.

    `columns` holds shares by question and attempt, `weights` the points of each question. Questions that only some
    were asked are left out, because an absent answer is no wrong one: with draws little or nothing may be left. The
    error is a share of the points of the questions compared.
    """
    asked = [question for question, column in columns.items() if any(attempt in column for attempt in attempts)]
    common = [question for question in asked if all(attempt in columns[question] for attempt in attempts)]
    points = [[columns[q][attempt] * weights[q] for attempt in attempts] for q in common]
    found = alpha(points, fewest=fewest)
    if len(common) < 2 <= len(asked) and len(attempts) >= fewest:
        found = Figure(None, DIFFERENT_PAPERS)
    if not attempts:
        found = Figure(None, NOTHING_SCORED)
    possible = fsum(weights[question] for question in common)
    spread = deviation([total / possible for total in sums(points)])
    return Reliability(
        questions=len(common),
        asked=len(asked),
        attempts=len(attempts),
        alpha=found,
        standard_error=standard_error(spread, found),
    )
