"""The coefficients of questions, against other ways to work them out and against properties that must hold."""

from fractions import Fraction
from math import sqrt
from random import Random
from statistics import correlation, fmean, pstdev, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.reporting import item_analysis
from elearning.reporting.figures import deviation
from elearning.reporting.item_analysis import Scored, facility, item_rest, upper_lower

SHARES = st.integers(0, 4).map(lambda quarter: quarter / 4)
ROWS = st.lists(st.tuples(SHARES, SHARES), min_size=10, max_size=60)


def test_facility_and_deviation_are_those_of_the_standard_library() -> None:
    shares = [0.0, 1.0, 1.0, 0.5, 0.25, 1.0]
    assert facility(shares).value == pytest.approx(fmean(shares))
    assert deviation(shares).value == pytest.approx(stdev(shares))


def test_the_discrimination_of_right_or_wrong_questions_is_the_point_biserial_with_the_rest() -> None:
    right = [1, 1, 1, 0, 1, 0, 0, 1, 0, 0]
    rests = [0.9, 0.8, 0.85, 0.4, 0.55, 0.5, 0.3, 0.6, 0.45, 0.7]
    p = fmean(right)
    passed = fmean(rest for share, rest in zip(right, rests, strict=True) if share)
    failed = fmean(rest for share, rest in zip(right, rests, strict=True) if not share)
    by_groups = (passed - failed) / pstdev(rests) * sqrt(p * (1 - p))
    assert item_rest([float(share) for share in right], rests).value == pytest.approx(by_groups)


def test_upper_and_lower_groups_are_27_people_of_100() -> None:
    """Counted by hand: of the best 27, 24 answer right, of the weakest 27, 9: D = (24 − 9) / 27."""
    totals = [place / 100 for place in range(100)]
    right = {*range(9), *range(27, 60), *range(76, 100)}
    shares = [float(place in right) for place in range(100)]
    assert upper_lower(shares, totals).value == pytest.approx(15 / 27)


def test_people_of_equal_result_share_the_places_at_the_border() -> None:
    """Ten people, groups of three: the best has 1 of 1; of the four who share the next two places half are right."""
    totals = [0.9, 0.7, 0.7, 0.7, 0.7, 0.5, 0.5, 0.1, 0.1, 0.1]
    shares = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert upper_lower(shares, totals).value == pytest.approx((1 + 2 * Fraction(1, 2)) / 3)


@pytest.mark.parametrize(
    ("shares", "rests", "reason"),
    [
        ([1.0] * 9, [0.5] * 9, "Za mało podejść: 9."),
        ([1.0] * 10, [place / 10 for place in range(10)], "tyle samo punktów"),
        ([0.0, 1.0] * 5, [0.7] * 10, "taki sam wynik z pozostałych"),
        ([0.0, 1.0] * 5, [0.1 + 0.2, 0.3] * 5, "taki sam wynik z pozostałych"),
        ([0.0, 1.0] * 5, [None] * 10, "Nie ma innych ocenionych pytań"),
        ([], [], "Za mało podejść: 0."),
    ],
)
def test_what_is_not_defined_has_a_reason_and_no_number(
    shares: list[float], rests: list[float | None], reason: str
) -> None:
    found = item_rest(shares, rests)
    assert found.value is None
    assert reason in found.reason


def test_nobody_scored_is_no_zero() -> None:
    item = item_analysis.analyse(Scored([], [], []), waiting=3)
    figures = (item.facility, item.deviation, item.item_rest, item.upper_lower)
    assert [figure.value for figure in figures] == [None] * 4
    assert all(figure.reason for figure in figures)
    assert (item.answers, item.waiting) == (0, 3)


def test_equal_results_make_no_groups() -> None:
    assert "taki sam wynik testu" in upper_lower([0.0, 1.0] * 5, [0.5] * 10).reason


@given(ROWS)
def test_coefficients_agree_with_the_standard_library_and_stay_in_their_range(rows: list[tuple[float, float]]) -> None:
    shares, rests = [share for share, _rest in rows], [rest for _share, rest in rows]
    found = item_rest(shares, rests)
    if found.value is None:
        assert len(set(shares)) == 1 or len(set(rests)) == 1
    else:
        assert -1 <= found.value <= 1
        assert found.value == pytest.approx(correlation(shares, rests), abs=1e-9)
    groups = upper_lower(shares, rests)
    assert groups.value is None or -1 <= groups.value <= 1


@given(ROWS, st.integers())
def test_no_order_of_the_attempts_counts(rows: list[tuple[float, float]], seed: int) -> None:
    mixed = list(rows)
    Random(seed).shuffle(mixed)
    for one, other in zip(_all(rows), _all(mixed), strict=True):
        assert one == pytest.approx(other, abs=1e-9)


@given(ROWS, st.floats(0.1, 10), st.floats(-1, 1))
def test_the_unit_of_the_rest_does_not_count(rows: list[tuple[float, float]], factor: float, more: float) -> None:
    shares, rests = [share for share, _rest in rows], [rest for _share, rest in rows]
    moved = [rest * factor + more for rest in rests]
    assert item_rest(shares, rests).value == pytest.approx(item_rest(shares, moved).value, abs=1e-6)


@given(ROWS)
def test_a_reversed_key_reverses_the_discrimination(rows: list[tuple[float, float]]) -> None:
    shares, rests = [share for share, _rest in rows], [rest for _share, rest in rows]
    found, turned = item_rest(shares, rests), item_rest([1 - share for share in shares], rests)
    assert found.value == pytest.approx(None if turned.value is None else -turned.value, abs=1e-9)


def _all(rows: list[tuple[float, float]]) -> list[float | None]:
    shares, rests = [share for share, _rest in rows], [rest for _share, rest in rows]
    found = (facility(shares), deviation(shares), item_rest(shares, rests), upper_lower(shares, rests))
    return [figure.value for figure in found]
