"""Who has a place in a training: the rule for sign-ups, cancellations, changes of capacity and offers. Pure.

A place that is offered counts as taken until it is confirmed or its deadline passes. Nobody who has a place ever loses
it to somebody else: less room than places taken means that nobody moves up. A group that has all its places lets those
behind it go past.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where a registration stands. A person is in exactly one of these."""

    UNCONFIRMED = "unconfirmed"  # the address was not confirmed yet
    PENDING = "pending"  # the organiser has not decided yet
    ADMITTED = "admitted"
    RESERVED = "reserved"
    OFFERED = "offered"  # a place, if it is confirmed in time
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    LAPSED = "lapsed"  # an offer was not confirmed in time


TAKES_PLACE = frozenset({Standing.ADMITTED, Standing.OFFERED})
# Those that are somewhere on their way; of the others a person may register anew.
OPEN = frozenset({Standing.UNCONFIRMED, Standing.PENDING, Standing.ADMITTED, Standing.RESERVED, Standing.OFFERED})


class Reason(StrEnum):
    """Why somebody moved without having asked for it."""

    FREE_PLACE = "free_place"
    OFFER_LAPSED = "offer_lapsed"


class Lack(StrEnum):
    """Why there is no place for somebody: none at all, or none for people of that group."""

    CAPACITY = "capacity"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The rules of a training. `capacity` is None where there is room for all.

    `by_points` fills free places by the points of criteria set beforehand, those of equal points in the order of their
    sign-ups; else that order alone counts. `offer_lasts` is how long a promoted person has to confirm; None gives the
    place at once. `automatic` promotes as soon as there is a free place; else the organiser does. `quotas` are the most
    places that people of one group may take, by the key of the group; groups that it does not name have no such limit.
    """

    capacity: int | None
    approval: bool = False
    automatic: bool = True
    by_points: bool = False
    offer_lasts: timedelta | None = None
    quotas: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A registration as the rule sees it. `number` is its place in the order of sign-ups, unlike all others.

    `group` is the key of the institution, None for none.
    """

    key: int
    number: int
    standing: Standing
    points: int = 0
    offered_until: datetime | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """That a registration changes its standing; `until` is the deadline of an offer."""

    key: int
    to: Standing
    reason: Reason
    until: datetime | None = None


def taken(entries: Iterable[Entry]) -> int:
    """How many places are taken, offered ones included."""
    return sum(entry.standing in TAKES_PLACE for entry in entries)


def free(rules: Admission, entries: Sequence[Entry]) -> int | None:
    """How many places are free; None for room for all."""
    return None if rules.capacity is None else max(rules.capacity - taken(entries), 0)


def queue(rules: Admission, entries: Iterable[Entry]) -> list[Entry]:
    """The reserve list in the order in which free places go to it."""
    waiting = [entry for entry in entries if entry.standing is Standing.RESERVED]
    return sorted(waiting, key=lambda entry: (-entry.points if rules.by_points else 0, entry.number))


def standing_of_new(rules: Admission, entries: Sequence[Entry], group: int | None = None) -> Standing:
    """Where somebody of that group stands who registers now with a confirmed address. Those who wait go first."""
    if rules.approval:
        return Standing.PENDING
    return standing_of_approved(rules, entries, group)


def standing_of_approved(rules: Admission, entries: Sequence[Entry], group: int | None = None) -> Standing:
    """The same once the organiser has agreed, or where nobody has to."""
    room = _Room.of(rules, entries)
    for entry in queue(rules, entries):
        room.take(entry.group)
    return Standing.ADMITTED if room.take(group) else Standing.RESERVED


def lacks(rules: Admission, entries: Sequence[Entry], group: int | None = None) -> Lack | None:
    """What keeps somebody of that group from a place even if nobody waited; None for nothing."""
    room = _Room.of(rules, entries)
    if not room.has_any():
        return Lack.CAPACITY
    return None if room.has_for(group) else Lack.QUOTA


def moves(rules: Admission, entries: Sequence[Entry], now: datetime) -> list[Move]:
    """What changes by itself: offers lapse, and those who wait move up while there is room.

    Applied, they leave nothing to move: `moves` of what comes out is empty.
    """
    lapsed = [entry for entry in entries if _has_lapsed(entry, now)]
    gone = {entry.key for entry in lapsed}
    found = [Move(entry.key, Standing.LAPSED, Reason.OFFER_LAPSED) for entry in lapsed]
    rest = [entry for entry in entries if entry.key not in gone]
    return [*found, *(_promoted(rules, rest, now) if rules.automatic else ())]


def promote(rules: Admission, entry: Entry, now: datetime) -> Move:
    """The move of somebody who gets a free place: at once, or as an offer with a deadline."""
    if rules.offer_lasts is None:
        return Move(entry.key, Standing.ADMITTED, Reason.FREE_PLACE)
    return Move(entry.key, Standing.OFFERED, Reason.FREE_PLACE, now + rules.offer_lasts)


def applied(entries: Iterable[Entry], made: Iterable[Move]) -> list[Entry]:
    """The registrations after these moves."""
    by_key = {move.key: move for move in made}
    return [
        replace(entry, standing=move.to, offered_until=move.until) if (move := by_key.get(entry.key)) else entry
        for entry in entries
    ]


def _promoted(rules: Admission, entries: Sequence[Entry], now: datetime) -> Iterator[Move]:
    """Down the reserve list; whose group has its places already keeps waiting, and those behind go past."""
    room = _Room.of(rules, entries)
    return (promote(rules, entry, now) for entry in queue(rules, entries) if room.take(entry.group))


def _has_lapsed(entry: Entry, now: datetime) -> bool:
    return entry.standing is Standing.OFFERED and entry.offered_until is not None and entry.offered_until <= now


@dataclass
class _Room:
    """The places that are left while they are given out: `places` of all, None for room for all; `of_groups` of those
    with a quota."""

    places: int | None
    of_groups: dict[int, int]

    @classmethod
    def of(cls, rules: Admission, entries: Sequence[Entry]) -> "_Room":
        held = Counter(entry.group for entry in entries if entry.standing in TAKES_PLACE)
        of_groups = {group: quota - held[group] for group, quota in rules.quotas.items()}
        return cls(free(rules, entries), of_groups)

    def has_any(self) -> bool:
        return self.places is None or self.places > 0

    def has_for(self, group: int | None) -> bool:
        return self.has_any() and (group is None or self.of_groups.get(group, 1) > 0)

    def take(self, group: int | None) -> bool:
        """Give a place to somebody of that group; whether there was one."""
        if not self.has_for(group):
            return False
        if self.places is not None:
            self.places -= 1
        if group in self.of_groups:
            self.of_groups[group] -= 1
        return True
