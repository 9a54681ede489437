"""Places in a training: the rule alone, case by case and over random histories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.places import (
    TAKES_PLACE,
    Admission,
    Entry,
    Move,
    Reason,
    Standing,
    applied,
    free,
    moves,
    queue,
    standing_of_approved,
    standing_of_new,
    taken,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ONE = Admission(capacity=1)


def entries(*standings: Standing) -> list[Entry]:
    return [Entry(number, number, standing) for number, standing in enumerate(standings, 1)]


def test_the_first_has_the_place_and_the_second_waits() -> None:
    assert standing_of_new(ONE, []) is Standing.ADMITTED
    assert standing_of_new(ONE, entries(Standing.ADMITTED)) is Standing.RESERVED


def test_there_is_room_for_all_without_a_capacity() -> None:
    assert standing_of_new(Admission(capacity=None), entries(*[Standing.ADMITTED] * 500)) is Standing.ADMITTED


def test_nobody_passes_those_who_wait() -> None:
    """With promotion by hand a place may be free while somebody waits for it."""
    by_hand = Admission(capacity=2, automatic=False)
    waiting = entries(Standing.ADMITTED, Standing.RESERVED)
    assert standing_of_new(by_hand, waiting) is Standing.RESERVED
    assert moves(by_hand, waiting, NOW) == []


def test_the_organiser_decides_first_where_that_is_the_rule() -> None:
    rules = Admission(capacity=1, approval=True)
    assert standing_of_new(rules, []) is Standing.PENDING
    assert standing_of_approved(rules, entries(Standing.PENDING)) is Standing.ADMITTED
    assert standing_of_approved(rules, entries(Standing.ADMITTED)) is Standing.RESERVED


def test_a_cancelled_place_goes_to_the_next_in_order() -> None:
    assert moves(ONE, entries(Standing.CANCELLED, Standing.RESERVED, Standing.RESERVED), NOW) == [
        Move(2, Standing.ADMITTED, Reason.FREE_PLACE)
    ]


def test_points_go_before_order_where_criteria_were_set() -> None:
    waiting = [
        replace(entry, points=points)
        for entry, points in zip(entries(*[Standing.RESERVED] * 3), (1, 5, 5), strict=True)
    ]
    assert [entry.key for entry in queue(Admission(capacity=1, by_points=True), waiting)] == [2, 3, 1]
    assert [entry.key for entry in queue(Admission(capacity=1), waiting)] == [1, 2, 3]


def test_an_offer_takes_the_place_until_its_deadline() -> None:
    rules = Admission(capacity=1, offer_lasts=timedelta(hours=24))
    waiting = entries(Standing.CANCELLED, Standing.RESERVED, Standing.RESERVED)
    (offer,) = moves(rules, waiting, NOW)
    assert offer == Move(2, Standing.OFFERED, Reason.FREE_PLACE, NOW + timedelta(hours=24))
    offered = applied(waiting, [offer])
    assert moves(rules, offered, NOW + timedelta(hours=23)) == []
    later = NOW + timedelta(hours=24)
    assert moves(rules, offered, later) == [
        Move(2, Standing.LAPSED, Reason.OFFER_LAPSED),
        Move(3, Standing.OFFERED, Reason.FREE_PLACE, later + timedelta(hours=24)),
    ]


def test_less_room_than_places_taken_moves_nobody() -> None:
    full = entries(Standing.ADMITTED, Standing.ADMITTED, Standing.RESERVED)
    assert free(ONE, full) == 0
    assert moves(ONE, full, NOW) == []


RULES = st.builds(
    Admission,
    capacity=st.none() | st.integers(0, 6),
    automatic=st.booleans(),
    by_points=st.booleans(),
    offer_lasts=st.none() | st.just(timedelta(hours=24)),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["register", "cancel", "confirm", "capacity", "wait"]), st.integers(0, 30)), max_size=60
)


class History:
    """A training to which things happen, one after another, as the site would do them."""

    def __init__(self, rules: Admission) -> None:
        self.rules, self.entries, self.now = rules, list[Entry](), NOW
        self.promoted: list[int] = []

    def settle(self) -> None:
        made = moves(self.rules, self.entries, self.now)
        before = queue(self.rules, self.entries)
        up = [move.key for move in made if move.reason is Reason.FREE_PLACE]
        assert up == [entry.key for entry in before][: len(up)], "somebody was passed"
        self.entries = applied(self.entries, made)
        self.promoted += up
        assert moves(self.rules, self.entries, self.now) == []

    def register(self, points: int) -> None:
        number = len(self.entries) + 1
        standing = standing_of_new(self.rules, self.entries)
        self.entries.append(Entry(number, number, standing, points % 4))

    def cancel(self, number: int) -> None:
        self.change(number, {Standing.ADMITTED, Standing.RESERVED, Standing.OFFERED}, Standing.CANCELLED)

    def confirm(self, number: int) -> None:
        self.change(number, {Standing.OFFERED}, Standing.ADMITTED)

    def change(self, number: int, of: set[Standing], to: Standing) -> None:
        self.entries = [
            replace(entry, standing=to, offered_until=None) if entry.key == number and entry.standing in of else entry
            for entry in self.entries
        ]

    def capacity(self, number: int) -> None:
        """Never below the places taken: the organiser's form refuses that."""
        if self.rules.capacity is not None:
            self.rules = replace(self.rules, capacity=max(number % 7, taken(self.entries)))

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


@given(rules=RULES, steps=STEPS)
def test_no_history_ends_over_capacity_or_out_of_order(rules: Admission, steps: list[tuple[str, int]]) -> None:
    history = History(rules)
    for step, number in steps:
        getattr(history, step)(number)
        history.settle()
        capacity = history.rules.capacity
        assert capacity is None or taken(history.entries) <= capacity
        waiting = queue(history.rules, history.entries)
        if history.rules.automatic and waiting:
            assert free(history.rules, history.entries) == 0, "a place is free while somebody waits"
        standings = {entry.key: entry.standing for entry in history.entries}
        assert len(standings) == len(history.entries)
        if not history.rules.by_points and history.rules.offer_lasts is None and history.rules.automatic:
            have = [entry.number for entry in history.entries if entry.standing in TAKES_PLACE]
            assert not waiting or not have or min(entry.number for entry in waiting) > max(have)


@pytest.mark.parametrize("capacity", [1, 3, 20])
def test_twenty_for_the_last_place_are_one_and_nineteen_in_order(capacity: int) -> None:
    history = History(Admission(capacity=capacity))
    for _ in range(capacity - 1 + 20):
        history.register(0)
    assert taken(history.entries) == capacity
    assert [entry.number for entry in queue(history.rules, history.entries)] == list(range(capacity + 1, capacity + 20))
