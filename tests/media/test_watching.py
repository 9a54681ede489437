"""What counts as watched: the union of played parts, never more than real time allows. No database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.watching import (
    CLOSE,
    ENDS,
    FASTEST,
    MOST,
    SLACK,
    Account,
    Interval,
    credited,
    length,
    merge,
    missing,
    opened,
    share_of,
    viewers_over_time,
)

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
START = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)


def after(milliseconds: int) -> datetime:
    return START + timedelta(milliseconds=milliseconds)


def report(account: Account | None, *claimed: object, at: int, began: int = 0, duration: int = HOUR) -> Account:
    """What the account is after a session that began and claims at these milliseconds of real time."""
    return credited(account, claimed=claimed, session_started=after(began), now=after(at), duration=duration)


def minute(number: int) -> Interval:
    return (number - 1) * MINUTE, number * MINUTE


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([], ()),
        ([(0, 1000)], ((0, 1000),)),
        ([(5000, 6000), (0, 1000)], ((0, 1000), (5000, 6000))),
        ([(0, 1000), (500, 2000)], ((0, 2000),)),
        ([(0, 9000), (500, 2000)], ((0, 9000),)),
        ([(0, 1000), (1000 + CLOSE, 2000)], ((0, 2000),)),
        ([(0, 1000), (1001 + CLOSE, 2000)], ((0, 1000), (1001 + CLOSE, 2000))),
        ([(-5000, 1000), (9000, 99_000)], ((0, 1000), (9000, 10_000))),
        ([[0, 1000]], ((0, 1000),)),
        ([(0.9, 1000.9)], ((0, 1000),)),
        ([(-(10**400), 10**400)], ((0, 10_000),)),
    ],
)
def test_played_parts_become_their_union(intervals: list[object], expected: tuple[Interval, ...]) -> None:
    assert merge(intervals, duration=10_000) == expected


@pytest.mark.parametrize(
    "claim",
    [
        (1000, 1000),
        (2000, 1000),
        (float("nan"), 1000),
        (0, float("nan")),
        (float("inf"), float("inf")),
        (0, float("inf")),
        (float("-inf"), 1000),
        (20_000, 30_000),
        (-2000, -1000),
        (0.2, 0.8),
        (1, 2, 3),
        (1,),
        (),
        ("0", "1000"),
        (None, 1000),
        ([], {}),
        "ab",
        None,
        7,
        {"start": 0, "end": 1000},
    ],
)
def test_what_is_no_part_of_the_film_is_passed_over(claim: object) -> None:
    assert merge([claim, (4000, 5000)], duration=10_000) == ((4000, 5000),)
    assert report(None, claim, (4000, 5000), at=MINUTE, duration=10_000).played == ((4000, 5000),)


@pytest.mark.parametrize("duration", [0, -5])
def test_a_film_without_length_is_never_watched(duration: int) -> None:
    account = report(None, (0, 1000), at=MINUTE, duration=duration)
    assert account.played == ()
    assert share_of(account.played, duration) == 0
    assert missing(account.played, duration=duration, share=Decimal("0.9")) == 0
    assert viewers_over_time([account.played], duration=duration, bins=3) == [0, 0, 0]


parts = st.tuples(st.integers(-500, 20_000), st.integers(-500, 20_000))


@given(st.lists(parts, max_size=40), st.integers(0, 15_000))
def test_the_union_holds_every_part_and_nothing_but_small_gaps(claims: list[Interval], duration: int) -> None:
    merged = merge(claims, duration=duration)
    clipped = [(max(0, start), min(end, duration)) for start, end in claims if max(0, start) < min(end, duration)]
    covered = set[int]().union(*(range(start, end) for start, end in clipped))
    found = set[int]().union(*(range(start, end) for start, end in merged))
    assert covered <= found
    assert all(start < end for start, end in merged)
    assert all(second[0] - first[1] > CLOSE for first, second in pairwise(merged))
    edges = {start for start, _end in clipped}, {end for _start, end in clipped}
    assert all(start in edges[0] and end in edges[1] for start, end in merged)
    assert merge(merged, duration=duration) == merged
    assert merge(Random(1).sample(claims, len(claims)), duration=duration) == merged


def test_of_too_many_parts_the_longest_are_kept() -> None:
    short = [(number * 1000, number * 1000 + 10) for number in range(MOST)]
    long = [(HOUR * 2 + number * 1000, HOUR * 2 + number * 1000 + 500) for number in range(10)]
    merged = merge([*short, *long], duration=HOUR * 3)
    assert len(merged) == MOST
    assert set(long) <= set(merged)
    assert merged == tuple(sorted(merged))
    assert length(merged) == 10 * 500 + (MOST - 10) * 10


def test_what_is_watched_at_normal_speed_counts_whole() -> None:
    account = None
    for seconds in range(10, 301, 10):
        account = report(account, (0, seconds * SECOND), at=seconds * SECOND)
        assert account.played == ((0, seconds * SECOND),)


def test_what_is_watched_at_double_speed_counts_whole() -> None:
    account = None
    for seconds in range(10, 301, 10):
        account = report(account, (0, 2 * seconds * SECOND), at=seconds * SECOND)
    assert account is not None
    assert account.played == ((0, 10 * MINUTE),)


def test_seeking_to_the_end_is_no_progress() -> None:
    account = report(None, (0, 2 * SECOND), (HOUR - SECOND, HOUR), at=3 * SECOND)
    assert length(account.played) == 3 * SECOND
    assert share_of(account.played, HOUR) < Decimal("0.001")


def test_ten_minutes_claimed_in_one_are_cut() -> None:
    account = report(None, (0, 10 * MINUTE), at=MINUTE)
    assert account.played == ((0, FASTEST * MINUTE + SLACK),)
    assert account.balance == 0


def test_a_whole_film_claimed_at_once_is_cut_to_the_slack() -> None:
    assert report(None, (0, HOUR), at=0).played == ((0, SLACK),)


def test_the_first_minute_ten_times_counts_once() -> None:
    account = None
    for number in range(1, 11):
        account = report(account, *[minute(1)] * number, at=number * MINUTE)
    assert account is not None
    assert account.played == (minute(1),)


def test_nine_different_minutes_on_two_devices_count() -> None:
    account = None
    for number in range(1, 6):
        account = report(account, (0, number * MINUTE), at=number * MINUTE)
    for number in range(6, 10):
        account = report(account, (5 * MINUTE, number * MINUTE), at=(60 + number) * MINUTE, began=65 * MINUTE)
    assert account is not None
    assert account.played == ((0, 9 * MINUTE),)
    assert share_of(account.played, 10 * MINUTE) == Decimal("0.9")


def test_two_devices_at_the_same_time_count_both() -> None:
    account = None
    for seconds in range(10, 241, 10):
        account = report(account, (0, seconds * SECOND), at=seconds * SECOND)
        account = report(account, (20 * MINUTE, 20 * MINUTE + seconds * SECOND), at=seconds * SECOND)
    assert account is not None
    assert account.played == ((0, 4 * MINUTE), (20 * MINUTE, 24 * MINUTE))


def test_a_day_of_waiting_earns_nothing_for_a_new_session() -> None:
    first = report(None, (0, 10 * SECOND), at=10 * SECOND)
    day = 24 * HOUR
    second = report(first, (0, HOUR), began=day, at=day + 10 * SECOND)
    assert length(second.played) == 10 * SECOND + FASTEST * 10 * SECOND + SLACK


def test_a_session_from_the_future_earns_nothing() -> None:
    account = report(None, (0, HOUR), began=HOUR, at=0)
    assert (account.played, account.balance) == ((), 0)


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    before = report(None, (0, 30 * SECOND), at=30 * SECOND)
    back = report(before, (0, 30 * SECOND), at=20 * SECOND)
    assert back.played == before.played
    assert back.counted_at == before.counted_at


def test_what_was_played_without_network_counts_when_it_is_sent() -> None:
    account = report(None, (0, 10 * SECOND), at=10 * SECOND)
    account = report(account, (0, 5 * MINUTE), at=5 * MINUTE)
    assert account.played == ((0, 5 * MINUTE),)


def test_what_a_telephone_kept_while_a_computer_was_used_counts_in_the_end() -> None:
    """The computer's short session bounds the balance, so the telephone has to send what it kept more than once."""
    account, kept = None, (0, 5 * MINUTE)
    for seconds in range(10, 241, 10):
        at = 5 * MINUTE + seconds * SECOND
        account = report(account, (5 * MINUTE, at), at=at, began=5 * MINUTE)
    account = report(account, kept, at=9 * MINUTE)
    assert length(account.played) > 8 * MINUTE
    assert report(account, kept, at=10 * MINUTE).played == ((0, 9 * MINUTE),)


def test_what_was_cut_is_taken_when_the_session_is_sent_again() -> None:
    claimed = (0, 10 * MINUTE)
    account = report(None, claimed, at=MINUTE)
    account = report(account, claimed, at=5 * MINUTE)
    assert account.played == (claimed,)


def test_a_report_that_comes_twice_changes_nothing() -> None:
    claimed = [(0, 20 * SECOND), (MINUTE, 80 * SECOND)]
    once = report(None, *claimed, at=MINUTE)
    assert report(once, *claimed, at=MINUTE) == once


def test_a_comb_of_short_parts_gains_nothing() -> None:
    """Gaps that are closed cost as if they had been played."""
    comb = [(place, place + 1) for place in range(0, HOUR, CLOSE)]
    account = report(None, *comb, at=10 * SECOND)
    assert length(account.played) <= FASTEST * 10 * SECOND + SLACK


def test_a_balance_is_never_more_than_a_column_holds() -> None:
    account = report(None, (0, SECOND), at=400 * 24 * HOUR)
    assert account.balance <= HOUR


intervals = st.tuples(st.integers(0, 60_000), st.integers(1, 20_000)).map(lambda part: (part[0], part[0] + part[1]))
reports = st.lists(
    st.tuples(st.integers(0, 30_000), st.integers(0, 30_000), st.lists(intervals, max_size=8)), min_size=1, max_size=12
)
FILM = 60_000


@given(reports)
def test_watching_only_grows_within_real_time_and_what_was_claimed(
    story: list[tuple[int, int, list[Interval]]],
) -> None:
    account, now = opened(START), 0
    claimed: list[Interval] = []
    for waited, lasted, parts in story:
        before, now = account, now + waited
        claimed += parts
        account = report(before, *parts, began=now - lasted, at=now, duration=FILM)
        spent = length(account.played) - length(before.played)
        assert 0 <= spent <= before.balance + FASTEST * waited
        assert spent <= max(0, FASTEST * lasted + SLACK)
        assert account.balance >= 0
        assert _holds(account.played, before.played)
        assert _holds(merge(claimed, duration=FILM), account.played)
        assert merge(account.played, duration=FILM) == account.played
        again = report(account, *parts, began=now - lasted, at=now, duration=FILM)
        assert length(again.played) + again.balance <= length(account.played) + account.balance
    assert length(account.played) <= FASTEST * now + SLACK


@given(st.lists(intervals, max_size=8), st.lists(intervals, max_size=12))
def test_with_time_enough_everything_counts(seen: list[Interval], claimed: list[Interval]) -> None:
    before = Account(merge(seen, duration=FILM), 0, START)
    account = report(before, *claimed, at=HOUR, duration=FILM)
    assert account.played == merge([*seen, *claimed], duration=FILM)


@given(st.lists(intervals, min_size=1, max_size=6))
def test_a_session_that_is_sent_again_is_taken_whole_in_the_end(claimed: list[Interval]) -> None:
    account = None
    for number in range(0, FILM, 2_000):
        account = report(account, *claimed, at=number, duration=FILM)
    assert account is not None
    assert account.played == merge(claimed, duration=FILM)


@pytest.mark.parametrize(
    ("played", "duration", "expected"),
    [
        ([], 10 * MINUTE, "0"),
        ([(0, 9 * MINUTE)], 10 * MINUTE, "0.9"),
        ([(0, 9 * MINUTE - 1)], 10 * MINUTE, "0.8999"),
        ([(0, 10 * MINUTE)], 10 * MINUTE, "1"),
        ([(0, 10 * MINUTE - ENDS)], 10 * MINUTE, "1"),
        ([(500, 10 * MINUTE - 500)], 10 * MINUTE, "1"),
        ([(0, 10 * MINUTE - ENDS - 1)], 10 * MINUTE, "0.9983"),
        ([(0, 10)], 800, "0.0125"),
        ([(0, 600)], 800, "1"),
    ],
)
def test_the_share_is_rounded_down(played: list[Interval], duration: int, expected: str) -> None:
    assert share_of(played, duration) == Decimal(expected)


@given(
    st.integers(1, 3 * HOUR),
    st.integers(0, 10_000).map(lambda share: Decimal(share) / 10_000),
    st.integers(0, 3 * HOUR),
)
def test_nothing_is_missing_exactly_when_the_share_is_reached(duration: int, share: Decimal, seen: int) -> None:
    played: Sequence[Interval] = [(0, min(seen, duration))] if seen else []
    left = missing(played, duration=duration, share=share)
    assert (left == 0) == (share_of(played, duration) >= share)
    assert missing([(0, length(played) + left)], duration=duration, share=share) == 0


def test_what_is_missing_is_told_in_milliseconds() -> None:
    assert missing([(0, 4 * MINUTE)], duration=10 * MINUTE, share=Decimal("0.9")) == 5 * MINUTE


def test_viewers_are_counted_where_they_saw_half_of_a_stretch() -> None:
    watches = [
        [(0, 10_000)],
        [(0, 4_999)],
        [(0, 3_500)],
        [[0, 500], [6_000, 8_000]],
        [],
    ]
    assert viewers_over_time(watches, duration=10_000, bins=5) == [3, 3, 1, 2, 1]


@given(st.lists(st.lists(intervals, max_size=5), max_size=5), st.integers(1, 7), st.integers(1, FILM))
def test_no_stretch_has_more_viewers_than_there_are(watches: list[list[Interval]], bins: int, duration: int) -> None:
    counts = viewers_over_time(watches, duration=duration, bins=bins)
    assert len(counts) == bins
    assert all(0 <= count <= len(watches) for count in counts)
    assert viewers_over_time([[(0, duration)]] * 3, duration=duration, bins=bins) == [3] * bins


def _holds(outer: Sequence[Interval], inner: Sequence[Interval]) -> bool:
    return all(any(start <= begin and finish <= end for start, end in outer) for begin, finish in inner)
