"""The rules of attempts: who may start one, how long it lasts, what may be reviewed. No database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.attempt_rules import (
    NOTHING_MORE,
    Allowance,
    Past,
    Reason,
    Refusal,
    Rules,
    attempts_allowed,
    closing,
    counted,
    deadline,
    floor_share,
    is_over,
    may_review,
    refusal,
    total,
)

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RULES = Rules(pass_mark=Decimal("0.7"))
# One attempt that ended an hour ago, after half an hour.
ONE = [Past(NOON - 1.5 * HOUR, NOON - HOUR)]
# As attempts froze their rules before there was anything about time.
OLD = {"pass_mark": "0.7", "attempts_allowed": 3, "shuffle": False, "review": "answers", "counts": "last"}

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis's
shares = st.decimals("0.01", "1", places=2)
rules = st.builds(
    Rules,
    pass_mark=shares,
    attempts_allowed=st.integers(0, 9),
    shuffle=st.booleans(),
    review=st.sampled_from(["none", "score", "answers", "feedback", "key"]),
    counts=st.sampled_from(["best", "last", "first", "average"]),
    review_when=st.sampled_from(["at_once", "closing"]),
    time_limit=st.integers(0, 240),
    pause=st.integers(0, 10_000),
    opens_at=st.none() | moments,
    closes_at=st.none() | moments,
)
allowances = st.builds(
    Allowance, minutes=st.integers(0, 240), attempts=st.integers(0, 5), closes_at=st.none() | moments
)


@st.composite
def histories(draw: st.DrawFn) -> list[Past]:
    """Attempts that ended, one after the other, the last of them perhaps open."""
    past: list[Past] = []
    for started in sorted(draw(st.lists(moments, max_size=5))):
        past.append(Past(started, started + MINUTE * draw(st.integers(0, 300))))
    if past and draw(st.booleans()):
        past[-1] = replace(past[-1], ended_at=None)
    return past


@pytest.mark.parametrize(
    ("changes", "past", "expected"),
    [
        ({}, [], None),
        ({}, ONE * 50, None),
        ({"opens_at": NOON}, [], None),
        ({"opens_at": NOON + MINUTE}, [], Refusal(Reason.NOT_YET, NOON + MINUTE)),
        ({"closes_at": NOON + MINUTE}, [], None),
        ({"closes_at": NOON}, [], Refusal(Reason.CLOSED, NOON)),
        ({"attempts_allowed": 2}, ONE, None),
        ({"attempts_allowed": 1}, ONE, Refusal(Reason.EXHAUSTED)),
        ({"pause": 60}, ONE, None),
        ({"pause": 61}, ONE, Refusal(Reason.PAUSE, NOON + MINUTE)),
        ({"pause": 61}, [Past(NOON - HOUR, None)], None),
        # What lasts is said before what passes: nobody waits for the end of a pause before a closed door.
        ({"closes_at": NOON, "attempts_allowed": 1, "pause": 99}, ONE, Refusal(Reason.CLOSED, NOON)),
        ({"attempts_allowed": 1, "pause": 99}, ONE, Refusal(Reason.EXHAUSTED)),
        ({"attempts_allowed": 1, "opens_at": NOON + DAY}, ONE, Refusal(Reason.EXHAUSTED)),
        ({"opens_at": NOON + DAY, "pause": 99}, ONE, Refusal(Reason.NOT_YET, NOON + DAY)),
    ],
)
def test_who_may_start(changes: dict[str, Any], past: Sequence[Past], expected: Refusal | None) -> None:
    assert refusal(replace(RULES, **changes), past, now=NOON) == expected


def test_the_pause_counts_from_the_latest_end() -> None:
    past = [Past(NOON - 5 * HOUR, NOON - HOUR), Past(NOON - 4 * HOUR, NOON - 3 * HOUR)]

    assert refusal(replace(RULES, pause=90), past, now=NOON) == Refusal(Reason.PAUSE, NOON + HOUR / 2)


@pytest.mark.parametrize(
    ("changes", "allowance", "past"),
    [
        ({"closes_at": NOON - DAY}, Allowance(closes_at=NOON + DAY), []),
        ({"attempts_allowed": 1}, Allowance(attempts=1), ONE),
    ],
)
def test_an_allowance_opens_what_the_rules_close(
    changes: dict[str, Any], allowance: Allowance, past: Sequence[Past]
) -> None:
    own = replace(RULES, **changes)

    assert refusal(own, past, now=NOON)
    assert refusal(own, past, now=NOON, allowance=allowance) is None


def test_an_allowance_never_makes_a_limit_where_there_is_none() -> None:
    more = Allowance(minutes=30, attempts=2, closes_at=NOON - DAY)

    assert attempts_allowed(RULES, more) == 0
    assert closing(RULES, more) is None
    assert deadline(RULES, started_at=NOON, allowance=more) is None


def test_an_own_closing_date_that_is_earlier_takes_nothing_away() -> None:
    assert closing(replace(RULES, closes_at=NOON), Allowance(closes_at=NOON - DAY)) == NOON


@pytest.mark.parametrize(
    ("changes", "allowance", "expected"),
    [
        ({}, NOTHING_MORE, None),
        ({"time_limit": 30}, NOTHING_MORE, NOON + HOUR / 2),
        ({"time_limit": 30}, Allowance(minutes=15), NOON + 0.75 * HOUR),
        ({"closes_at": NOON + HOUR}, NOTHING_MORE, NOON + HOUR),
        ({"closes_at": NOON + HOUR, "time_limit": 30}, NOTHING_MORE, NOON + HOUR / 2),
        ({"closes_at": NOON + HOUR, "time_limit": 90}, NOTHING_MORE, NOON + HOUR),
        ({"closes_at": NOON + HOUR, "time_limit": 90}, Allowance(closes_at=NOON + DAY), NOON + 1.5 * HOUR),
        # More minutes never lead past the closing.
        ({"closes_at": NOON + HOUR, "time_limit": 50}, Allowance(minutes=50), NOON + HOUR),
    ],
)
def test_when_an_attempt_ends_by_itself(
    changes: dict[str, Any], allowance: Allowance, expected: datetime | None
) -> None:
    assert deadline(replace(RULES, **changes), started_at=NOON, allowance=allowance) == expected


@pytest.mark.parametrize(
    ("ends_at", "over"),
    [(None, False), (NOON + MINUTE, False), (NOON, False), (NOON - timedelta(microseconds=1), True)],
)
def test_the_very_moment_of_the_deadline_is_still_in_time(ends_at: datetime | None, over: bool) -> None:
    assert is_over(ends_at, NOON) is over


@pytest.mark.parametrize(
    ("changes", "allowance", "may"),
    [
        ({}, NOTHING_MORE, True),
        ({"closes_at": NOON + DAY}, NOTHING_MORE, True),
        ({"review_when": "closing"}, NOTHING_MORE, True),
        ({"review_when": "closing", "closes_at": NOON + MINUTE}, NOTHING_MORE, False),
        ({"review_when": "closing", "closes_at": NOON}, NOTHING_MORE, True),
        ({"review_when": "closing", "closes_at": NOON}, Allowance(closes_at=NOON + DAY), False),
    ],
)
def test_when_answers_may_be_reviewed(changes: dict[str, Any], allowance: Allowance, may: bool) -> None:
    assert may_review(replace(RULES, **changes), now=NOON, allowance=allowance) is may


@given(rules, histories(), allowances, moments)
def test_who_is_told_a_moment_may_start_then(own: Rules, past: list[Past], more: Allowance, now: datetime) -> None:
    found = refusal(own, past, now=now, allowance=more)
    if found is None or found.reason in {Reason.CLOSED, Reason.EXHAUSTED}:
        return
    assert found.at is not None
    assert found.at > now
    later = refusal(own, past, now=found.at, allowance=more)
    assert later is None or later.reason is not found.reason


@given(rules, histories(), allowances, moments)
def test_an_allowance_never_refuses_what_the_rules_allow(
    own: Rules, past: list[Past], more: Allowance, now: datetime
) -> None:
    if refusal(own, past, now=now) is None:
        assert refusal(own, past, now=now, allowance=more) is None


@given(rules, allowances, moments)
def test_whoever_may_start_has_time_to_answer(own: Rules, more: Allowance, now: datetime) -> None:
    ends = deadline(own, started_at=now, allowance=more)
    if refusal(own, [], now=now, allowance=more) is None and ends is not None:
        assert ends > now
        assert not is_over(ends, now)


@given(rules, allowances, moments)
def test_an_allowance_never_shortens(own: Rules, more: Allowance, now: datetime) -> None:
    plain, longer = deadline(own, started_at=now), deadline(own, started_at=now, allowance=more)

    assert (plain is None) == (longer is None)
    assert plain is None or longer is None or plain <= longer


@given(rules)
def test_frozen_rules_come_back_as_they_were(own: Rules) -> None:
    assert Rules.of(own.freeze()) == own


@given(rules)
def test_frozen_rules_are_json(own: Rules) -> None:
    assert all(value is None or isinstance(value, (str, int, bool)) for value in own.freeze().values())


def test_rules_frozen_before_there_were_newer_ones_are_read() -> None:
    expected = Rules(pass_mark=Decimal("0.7"), attempts_allowed=3, shuffle=False, review="answers", counts="last")

    assert Rules.of(OLD) == expected
    assert may_review(Rules.of(OLD), now=NOON)


def test_rules_frozen_by_a_newer_version_of_the_site_are_read() -> None:
    assert Rules.of({**RULES.freeze(), "of_tomorrow": 1}) == RULES


@given(st.lists(st.tuples(st.integers(1, 100), st.fractions(0, 1)), min_size=1, max_size=40))
def test_a_total_is_a_share_that_grows_with_each_answer(answers: list[tuple[int, Fraction]]) -> None:
    asked = [{"id": str(number), "points": points} for number, (points, _share) in enumerate(answers)]
    worth = {str(number): share for number, (_points, share) in enumerate(answers)}

    found = total(asked, worth)

    assert 0 <= found <= 1
    assert total(asked, {**worth, "0": Fraction(1)}) >= found
    assert total(list(reversed(asked)), worth) == found


@given(st.fractions(0, 1))
def test_a_kept_share_is_never_above_the_exact_one(share: Fraction) -> None:
    kept = floor_share(share)

    assert 0 <= Fraction(kept) <= share
    assert share - Fraction(kept) < Fraction(1, 10_000)


@given(st.lists(st.decimals(0, 1, places=4), min_size=1, max_size=9), st.sampled_from(["last", "first", "average"]))
def test_the_best_attempt_counts_no_less_than_any_other_rule(scores: list[Decimal], counts: str) -> None:
    assert min(scores) <= counted(scores, counts) <= counted(scores, "best")
