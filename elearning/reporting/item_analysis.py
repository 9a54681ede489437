"""One question by the answers of many attempts: how hard it is, and whether it tells those who know from others. Pure.

A score is a share of the question's points, 0 to 1. Attempts that were asked other questions (a draw, a changed quiz)
are compared by shares too: of all points of their own paper, or of its other questions. Where all had the same paper,
these shares are the raw points divided by a constant, which changes no correlation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, fsum

from .figures import ALIKE, FEWEST, Figure, correlation, deviation, differ, first_reason, mean, too_few

# Kelley, T. L. (1939), The selection of upper and lower groups for the validation of test items, Journal of Educational
# Psychology 30(1), 17–24: with groups of 27 per cent the difference between them is the surest.
EXTREME_GROUP = 0.27

ONE_QUESTION = "Nie ma innych ocenionych pytań, z którymi można je porównać."
SAME_SHARES = "Wszystkie osoby dostały za to pytanie tyle samo punktów."
SAME_RESTS = "Wszystkie osoby mają taki sam wynik z pozostałych pytań."
SAME_TOTALS = "Wszystkie osoby mają taki sam wynik testu."


@dataclass(frozen=True, slots=True)
class Scored:
    """The scored answers to one question, by attempts in one order: what each is worth, and the attempt it stands in.

    `totals` are the shares of the whole attempts, `rests` those of their other questions, None where there is no other.
    """

    shares: Sequence[float]
    totals: Sequence[float]
    rests: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Item:
    """The statistics of one question: `answers` are scored ones, `waiting` those that a person still has to mark."""

    answers: int
    waiting: int
    facility: Figure
    deviation: Figure
    item_rest: Figure
    upper_lower: Figure


def analyse(scored: Scored, *, waiting: int = 0, fewest: int = FEWEST) -> Item:
    """All statistics of one question."""
    return Item(
        answers=len(scored.shares),
        waiting=waiting,
        facility=facility(scored.shares),
        deviation=deviation(scored.shares),
        item_rest=item_rest(scored.shares, scored.rests, fewest=fewest),
        upper_lower=upper_lower(scored.shares, scored.totals, fewest=fewest),
    )


def facility(shares: Sequence[float]) -> Figure:
    """The facility (difficulty) index p = Σx / n: the mean share of the points, 0 (nobody) to 1 (everybody).

    For right-or-wrong questions the proportion of right answers. Moodle's „facility index”
    (docs.moodle.org/en/Quiz_statistics_report).
    """
    return mean(shares)


def item_rest(shares: Sequence[float], rests: Sequence[float | None], *, fewest: int = FEWEST) -> Figure:
    """The discrimination: Pearson's r of the question's share and the share on the attempt's other questions, −1 to 1.

    The question itself is left out of what it is compared with (Henrysson, S. (1963), Psychometrika 28(2), 211–218);
    Moodle's „discrimination index” is 100 times this. For shares of 0 and 1 it equals the point-biserial coefficient
    (M₁ − M₀) / s · √(p(1 − p)) with the rest. Not defined for fewer than `fewest` pairs or where either never differs.
    """
    known = [rest for rest in rests if rest is not None]
    compared = shares
    if len(known) < len(rests):
        compared = [share for share, rest in zip(shares, rests, strict=True) if rest is not None]
    return first_reason(
        (bool(shares) and not known, ONE_QUESTION),
        (len(known) < fewest, too_few(len(known), fewest)),
        (not differ(compared), SAME_SHARES),
        (not differ(known), SAME_RESTS),
        value=lambda: correlation(compared, known),
    )


def upper_lower(shares: Sequence[float], totals: Sequence[float], *, fewest: int = FEWEST) -> Figure:
    """The index of upper and lower groups D = p_upper − p_lower, −1 to 1, from shares and the totals of their attempts.

    The groups are the 27 per cent of attempts with the highest and lowest totals (Kelley 1939), in whole attempts.
    Attempts of equal total at the border take its remaining places with their mean, so that no order among them counts.
    """
    size = max(1, floor(EXTREME_GROUP * len(shares) + 0.5))
    return first_reason(
        (len(shares) < fewest, too_few(len(shares), fewest)),
        (not differ(totals), SAME_TOTALS),
        value=lambda: _top(shares, totals, size) - _top(shares, [-total for total in totals], size),
    )


def _top(shares: Sequence[float], totals: Sequence[float], size: int) -> float:
    """The mean share of the `size` attempts with the highest totals."""
    border = sorted(totals)[-size]
    above = [share for share, total in zip(shares, totals, strict=True) if total > border + ALIKE]
    tied = [share for share, total in zip(shares, totals, strict=True) if abs(total - border) <= ALIKE]
    return (fsum(above) + (size - len(above)) * fsum(tied) / len(tied)) / size
