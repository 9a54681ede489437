"""What was watched of a film: the union of played parts, checked against real time. Pure.

Times within a film are whole milliseconds. What a page reports is a claim: it may be wrong, late, doubled or forged.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor
from operator import itemgetter
from typing import Any, TypeAlias

# Where a played part begins and ends; the end is not part of it.
Interval: TypeAlias = tuple[int, int]

# A player stops and begins again a little aside: so small a gap is no part that was skipped.
CLOSE = 250
# Played film a session may claim beyond real time: what the player has shown before the page knew its clock.
SLACK = 5_000
# The highest speed of the player: milliseconds of film that a real millisecond can show.
FASTEST = 2
# Parts that are kept of one film. More of them come of no person's watching; the shortest are forgotten.
MOST = 5_000
# What may be missing at the ends of a film that counts as seen whole: players stop a little before the end.
ENDS = 1_000

# As the column keeps it. Rounded down, so that no share is reached by rounding.
SHARE = Decimal("0.0001")

# Faster than functions of ours, and than comparing whole pairs.
_start, _end = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Account:
    """What was watched and how much more real time allows: `balance` is in milliseconds, reckoned at `counted_at`."""

    played: tuple[Interval, ...]
    balance: int
    counted_at: datetime


def merge(intervals: Iterable[object], *, duration: int) -> tuple[Interval, ...]:
    """The union: sorted, apart by more than `CLOSE`, within 0..`duration`; at most `MOST` parts, the longest ones.

    Takes anything, as it comes out of JSON: what is no pair of numbers, or goes backwards, is passed over.
    """
    merged: list[Interval] = []
    close = -1
    for part in sorted(_clipped(intervals, duration), key=_start):
        start, end = part
        if start > close:
            merged.append(part)
            close = end + CLOSE
        elif end + CLOSE > close:
            merged[-1] = (merged[-1][0], end)
            close = end + CLOSE
    return _longest(merged)


def length(intervals: Iterable[Interval]) -> int:
    """Milliseconds in all, of parts that do not overlap."""
    return sum(end - start for start, end in intervals)


def opened(session_started: datetime) -> Account:
    """The account of a person who begins a film."""
    return Account(played=(), balance=SLACK, counted_at=session_started)


def credited(
    account: Account | None, *, claimed: Iterable[object], session_started: datetime, now: datetime, duration: int
) -> Account:
    """The account after a page has claimed what its session has played so far.

    A real millisecond earns `FASTEST` of film, and no session more than it has lasted. Each millisecond of film that
    was not seen before costs one; what was seen costs and adds nothing. Claims are taken in their order as long as the
    balance lasts. The page claims its whole session each time, so that what was cut now is taken later, and a report
    that comes twice changes nothing but the time of counting. `played` never gets shorter.
    """
    before = account or opened(session_started)
    earned = before.balance + FASTEST * max(0, _milliseconds(now - before.counted_at))
    lasted = FASTEST * _milliseconds(now - session_started) + SLACK
    # More than the film is long is of no use.
    balance = max(0, min(earned, lasted, duration))
    played = list(merge(before.played, duration=duration))
    for start, end in _clipped(claimed, duration):
        cost = _take(played, start, end, balance)
        if cost is None:
            balance -= _take_part(played, start, end, balance)
            break
        balance -= cost
    return Account(played=_longest(played), balance=balance, counted_at=max(now, before.counted_at))


def share_of(played: Iterable[Interval], duration: int) -> Decimal:
    """Which share of the film was seen, 0..1, rounded down; 1 already where a second in all is missing."""
    seen = length(played)
    if duration <= 0 or seen <= 0:
        return Decimal(0)
    if seen >= _whole(duration):
        return Decimal(1)
    return (Decimal(seen) / Decimal(duration)).quantize(SHARE, rounding=ROUND_FLOOR)


def missing(played: Iterable[Interval], *, duration: int, share: Decimal) -> int:
    """Milliseconds that are still to be watched for that share; 0 exactly where `share_of` has reached it."""
    wanted = int((Decimal(share) * max(0, duration)).to_integral_value(rounding=ROUND_CEILING))
    return max(0, min(wanted, _whole(duration)) - length(played))


def viewers_over_time(watches: Iterable[Sequence[object]], *, duration: int, bins: int) -> list[int]:
    """How many of the viewers saw at least half of each of `bins` equal stretches of the film."""
    counts = [0] * bins
    if duration <= 0:
        return counts
    for played in watches:
        # In milliseconds times bins, so that every edge is a whole number.
        covered = [0] * bins
        for start, end in merge(played, duration=duration):
            begin, finish = start * bins, end * bins
            first, last = begin // duration, (finish - 1) // duration
            covered[first] += min(finish, (first + 1) * duration) - begin
            if last > first:
                covered[first + 1 : last] = [duration] * (last - first - 1)
                covered[last] += finish - last * duration
        counts = [count + (seen * 2 >= duration) for count, seen in zip(counts, covered, strict=True)]
    return counts


def _clipped(intervals: Iterable[object], duration: int) -> Iterable[Interval]:
    """The readable ones, within the film."""
    pair: Any
    for pair in intervals:
        try:
            start, end = pair
            if type(start) is not int or type(end) is not int:
                start, end = floor(start), floor(end)
        except (TypeError, ValueError, ArithmeticError):
            continue
        start = 0 if start < 0 else start
        end = duration if end > duration else end
        if start < end:
            yield start, end


def _longest(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    if len(intervals) <= MOST:
        return tuple(intervals)
    longest = sorted(intervals, key=lambda interval: interval[0] - interval[1])[:MOST]
    return tuple(sorted(longest))


def _take(played: list[Interval], start: int, end: int, balance: int) -> int | None:
    """Add a part to `played` and tell what it cost; None, and nothing added, where the balance does not pay for it.

    A gap that is closed costs as if it had been played, so that a comb of short parts gains nothing.
    """
    first = bisect_left(played, start - CLOSE, key=_end)
    after = bisect_right(played, end + CLOSE, key=_start)
    near = played[first:after]
    begin = min(start, near[0][0]) if near else start
    finish = max(end, near[-1][1]) if near else end
    cost = finish - begin - length(near)
    if cost > balance:
        return None
    played[first:after] = [(begin, finish)]
    return cost


def _take_part(played: list[Interval], start: int, end: int, balance: int) -> int:
    """Add from the start on what the balance pays for, and leave no gap that `merge` would close; what it cost."""
    before = bisect_left(played, start, key=_end) - 1
    if before >= 0 and start - played[before][1] <= CLOSE:
        start = played[before][1]
    spent = 0
    for gap_start, gap_end in _gaps(played, start, end):
        cost = _take(played, gap_start, gap_end, balance - spent)
        if cost is None:
            following = bisect_left(played, gap_start, key=_start)
            last = [played[following][0] - CLOSE - 1] if following < len(played) else []
            cut = min([gap_end, gap_start + balance - spent, *last])
            return spent + (_take(played, gap_start, cut, balance - spent) or 0 if cut > gap_start else 0)
        spent += cost
    return spent


def _gaps(played: Sequence[Interval], start: int, end: int) -> list[Interval]:
    """What of the part was not played yet, in order."""
    found, at = [], start
    for begin, finish in played[bisect_right(played, start, key=_end) :]:
        if begin >= end:
            break
        if begin > at:
            found.append((at, begin))
        at = finish
    if at < end:
        found.append((at, end))
    return found


def _whole(duration: int) -> int:
    """What has to be seen of a whole film. A very short one has shorter ends."""
    return max(0, duration - min(ENDS, duration // 4))


def _milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
