"""The figures of whole quizzes: reliability against a published example and the other form of its formula."""

from math import sqrt
from random import Random
from statistics import covariance, fmean, stdev, variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elearning.reporting import quiz_analysis
from elearning.reporting.figures import Figure
from elearning.reporting.quiz_analysis import alpha, histogram, reliability, standard_error

# Documentation of the Python package pingouin, `cronbach_alpha`, wide format: alpha is 0.7734375.
PUBLISHED = [
    [1, 2, 2, 3, 2, 2, 3, 3, 2, 3],
    [1, 1, 1, 2, 3, 3, 2, 3, 3, 3],
    [1, 1, 2, 1, 2, 3, 3, 3, 2, 3],
]
COLUMNS = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 4).map(lambda quarter: quarter / 4), min_size=width, max_size=width),
        min_size=10,
        max_size=40,
    ).map(lambda rows: [list(column) for column in zip(*rows, strict=True)])
)


def by_covariances(columns: list[list[float]]) -> float:
    """Alpha by the other form of its formula: k²·c̄ / Σ of the whole covariance matrix (Cronbach 1951, eq. 16)."""
    k = len(columns)
    matrix = [[covariance(one, other) for other in columns] for one in columns]
    apart = [matrix[i][j] for i in range(k) for j in range(k) if i != j]
    return k * k * fmean(apart) / sum(map(sum, matrix))


def test_alpha_of_a_published_example() -> None:
    assert alpha([[float(value) for value in column] for column in PUBLISHED]).value == pytest.approx(0.7734375)


def test_alpha_of_right_or_wrong_questions_is_kr_20() -> None:
    """Kuder and Richardson (1937): k/(k − 1) · (1 − Σpq / s²), with variances over n."""
    rng = Random(20)
    people = [rng.random() for _ in range(30)]
    columns = [[float(rng.random() < person) for person in people] for _question in range(8)]
    totals = [sum(row) for row in zip(*columns, strict=True)]
    n, k = len(people), len(columns)
    wrong = sum(fmean(column) * (1 - fmean(column)) for column in columns)
    assert alpha(columns).value == pytest.approx(k / (k - 1) * (1 - wrong / (variance(totals) * (n - 1) / n)))


@given(COLUMNS)
def test_alpha_agrees_with_the_covariance_matrix_and_is_at_most_1(columns: list[list[float]]) -> None:
    found = alpha(columns)
    assume(found.value is not None)
    assert found.value <= 1 + 1e-9
    assert found.value == pytest.approx(by_covariances(columns), abs=1e-6)


@given(COLUMNS, st.integers(), st.floats(0.01, 100))
def test_neither_order_nor_unit_counts(columns: list[list[float]], seed: int, factor: float) -> None:
    rng = Random(seed)
    rows = list(zip(*columns, strict=True))
    rng.shuffle(rows)
    mixed = [[value * factor for value in column] for column in zip(*rows, strict=True)]
    rng.shuffle(mixed)
    one, other = alpha(columns), alpha(mixed)
    assume(one.value is not None and other.value is not None)
    assert one.value == pytest.approx(other.value, abs=1e-6)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ([[0.0, 1.0] * 5], "co najmniej dwa pytania"),
        ([[0.0, 1.0], [1.0, 0.0]], "Za mało podejść: 2."),
        ([[0.0, 1.0] * 5, [1.0, 0.0] * 5], "taki sam wynik"),
        ([], "co najmniej dwa pytania"),
    ],
)
def test_an_undefined_alpha_has_a_reason(columns: list[list[float]], reason: str) -> None:
    found = alpha(columns)
    assert found.value is None
    assert reason in found.reason


def test_the_error_of_measurement() -> None:
    """By hand: a deviation of 0.15 and alpha 0.84 make 0.15 · √0.16 = 0.06."""
    assert standard_error(Figure(0.15), Figure(0.84)).value == pytest.approx(0.06)
    assert "ujemna" in standard_error(Figure(0.15), Figure(-0.2)).reason
    assert standard_error(Figure(0.15), Figure(None, "powód")).reason == "powód"


def columns_of(rows: list[dict[int, float]]) -> dict[int, dict[int, float]]:
    """Shares by question and attempt, from each attempt's shares by question."""
    questions = sorted({question for row in rows for question in row})
    return {q: {attempt: row[q] for attempt, row in enumerate(rows) if q in row} for q in questions}


def test_reliability_is_of_the_questions_that_all_were_asked() -> None:
    rows = [
        {1: float(one), 2: float(two), 3 + attempt % 4: 1.0}
        for attempt, (one, two) in enumerate(zip(PUBLISHED[0], PUBLISHED[1], strict=True))
    ]
    weights = {1: 1.0, 2: 2.0, 3: 1.0, 4: 1.0, 5: 1.0, 6: 1.0}
    found = reliability(columns_of(rows), range(10), weights)
    assert (found.questions, found.asked, found.attempts) == (2, 6, 10)
    weighted = [[float(value) for value in PUBLISHED[0]], [2.0 * value for value in PUBLISHED[1]]]
    assert found.alpha.value == pytest.approx(by_covariances(weighted))
    totals = [sum(pair) / 3 for pair in zip(*weighted, strict=True)]
    assert found.standard_error.value == pytest.approx(stdev(totals) * sqrt(1 - found.alpha.value))


def test_draws_without_two_common_questions_have_no_reliability() -> None:
    rows = [{1 + attempt % 3: 1.0, 4 + attempt % 3: 0.0} for attempt in range(12)]
    found = reliability(columns_of(rows), range(12), dict.fromkeys(range(1, 7), 1.0))
    assert found.alpha.value is None
    assert "różne pytania" in found.alpha.reason
    assert found.standard_error.value is None


def test_a_quiz_without_scores_crashes_nothing() -> None:
    quiz = quiz_analysis.analyse([], [], [], attempts=2)
    figures = (quiz.mean, quiz.median, quiz.deviation, quiz.pass_rate, quiz.minutes)
    assert all(figure.value is None and figure.reason for figure in figures)
    assert sum(quiz.histogram) == 0
    assert reliability({}, [], {}).alpha.reason


def test_bounds_of_the_histogram_belong_to_the_tenth_above() -> None:
    assert histogram([0.0, 0.0999, 0.1, 0.7, 0.6999, 0.9, 0.9999, 1.0]) == (2, 1, 0, 0, 0, 0, 1, 1, 0, 3)


@given(st.lists(st.integers(0, 10_000).map(lambda part: part / 10_000)))
def test_the_histogram_counts_every_score_once(scores: list[float]) -> None:
    assert sum(histogram(scores)) == len(scores)
