"""Places in a training: the rule alone, case by case and over random histories."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.places import (
    TAKES_PLACE,
    Admission,
    Entry,
    Lack,
    Move,
    Reason,
    Standing,
    applied,
    free,
    lacks,
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


A, B = 1, 2  # two institutions
FULL_OF_A = Admission(capacity=3, quotas={A: 1})


def of_groups(*pairs: tuple[Standing, int | None]) -> list[Entry]:
    return [Entry(number, number, standing, group=group) for number, (standing, group) in enumerate(pairs, 1)]


def test_a_group_has_no_more_places_than_its_quota() -> None:
    one = of_groups((Standing.ADMITTED, A))
    assert standing_of_new(FULL_OF_A, one, A) is Standing.RESERVED
    assert standing_of_new(FULL_OF_A, one, B) is Standing.ADMITTED
    assert standing_of_new(FULL_OF_A, one, None) is Standing.ADMITTED
    assert lacks(FULL_OF_A, one, A) is Lack.QUOTA
    assert lacks(FULL_OF_A, one, B) is None


def test_a_quota_holds_where_there_is_room_for_all() -> None:
    rules = Admission(capacity=None, quotas={A: 1})
    assert standing_of_new(rules, of_groups((Standing.OFFERED, A)), A) is Standing.RESERVED


def test_those_behind_a_full_group_go_past_it() -> None:
    waiting = of_groups(
        (Standing.ADMITTED, A), (Standing.RESERVED, A), (Standing.RESERVED, B), (Standing.RESERVED, None)
    )
    assert [move.key for move in moves(FULL_OF_A, waiting, NOW)] == [3, 4]


def test_a_place_of_a_group_goes_to_the_next_of_it() -> None:
    waiting = of_groups((Standing.CANCELLED, A), (Standing.RESERVED, A), (Standing.RESERVED, A))
    assert [move.key for move in moves(FULL_OF_A, waiting, NOW)] == [2]


def test_who_waits_for_a_quota_alone_keeps_no_place_free() -> None:
    waiting = of_groups((Standing.ADMITTED, A), (Standing.RESERVED, A))
    assert standing_of_new(FULL_OF_A, waiting, B) is Standing.ADMITTED
    by_hand = replace(FULL_OF_A, capacity=2, automatic=False)
    assert standing_of_new(by_hand, of_groups((Standing.ADMITTED, A), (Standing.RESERVED, B)), B) is Standing.RESERVED


def test_a_full_training_lacks_places_before_it_lacks_a_quota() -> None:
    assert lacks(replace(FULL_OF_A, capacity=1), of_groups((Standing.ADMITTED, A)), A) is Lack.CAPACITY


RULES = st.builds(
    Admission,
    capacity=st.none() | st.integers(0, 6),
    approval=st.booleans(),
    automatic=st.booleans(),
    by_points=st.booleans(),
    offer_lasts=st.none() | st.just(timedelta(hours=24)),
    quotas=st.dictionaries(st.sampled_from([A, B]), st.integers(0, 3)),
)
WORDS = ["register", "approve", "cancel", "confirm", "promote", "capacity", "quota", "wait"]
STEPS = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 30)), max_size=60)
GROUPS = (None, A, B, 3)


def held(entries: Iterable[Entry], group: int) -> int:
    return taken(entry for entry in entries if entry.group == group)


class History:
    """A training to which things happen, one after another, as the site would do them."""

    def __init__(self, rules: Admission) -> None:
        self.rules, self.entries, self.now = rules, list[Entry](), NOW

    def settle(self) -> None:
        made = moves(self.rules, self.entries, self.now)
        up = [move.key for move in made if move.reason is Reason.FREE_PLACE]
        before = queue(self.rules, self.entries)
        assert up == [entry.key for entry in before if entry.key in up], "somebody was promoted out of order"
        self.entries = applied(self.entries, made)
        last = max((before.index(entry) for entry in before if entry.key in up), default=-1)
        for passed in before[: max(last, 0)]:
            assert passed.key in up or self.is_full(passed.group), "somebody was passed"
        assert moves(self.rules, self.entries, self.now) == []

    def is_full(self, group: int | None) -> bool:
        """Whether the quota of that group is used up."""
        return group in self.rules.quotas and held(self.entries, group) >= self.rules.quotas[group]

    def register(self, number: int) -> None:
        key, group = len(self.entries) + 1, GROUPS[number % len(GROUPS)]
        standing = standing_of_new(self.rules, self.entries, group)
        self.entries.append(Entry(key, key, standing, number % 5, group=group))

    def approve(self, number: int) -> None:
        for entry in self.entries:
            if entry.key == number and entry.standing is Standing.PENDING:
                self.change(number, {Standing.PENDING}, standing_of_approved(self.rules, self.entries, entry.group))

    def cancel(self, number: int) -> None:
        self.change(number, {Standing.ADMITTED, Standing.RESERVED, Standing.OFFERED}, Standing.CANCELLED)

    def confirm(self, number: int) -> None:
        self.change(number, {Standing.OFFERED}, Standing.ADMITTED)

    def promote(self, number: int) -> None:
        """By hand, where nothing is lacking."""
        for entry in self.entries:
            if entry.key == number and lacks(self.rules, self.entries, entry.group) is None:
                self.change(number, {Standing.RESERVED}, Standing.ADMITTED)

    def change(self, number: int, of: set[Standing], to: Standing) -> None:
        self.entries = [
            replace(entry, standing=to, offered_until=None) if entry.key == number and entry.standing in of else entry
            for entry in self.entries
        ]

    def capacity(self, number: int) -> None:
        """Also to fewer places than are taken."""
        if self.rules.capacity is not None:
            self.rules = replace(self.rules, capacity=number % 7)

    def quota(self, number: int) -> None:
        self.rules = replace(self.rules, quotas={**self.rules.quotas, (A, B)[number % 2]: number % 4})

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)


def never_over(history: History, before: list[Entry]) -> None:
    """Nobody gets a place beyond capacity or quota; who had one keeps it, whatever becomes of these."""
    rules, after = history.rules, history.entries
    if rules.capacity is not None:
        assert taken(after) <= max(rules.capacity, taken(before))
    for group, quota in rules.quotas.items():
        assert held(after, group) <= max(quota, held(before, group))


def nobody_waits_in_vain(history: History) -> None:
    for entry in queue(history.rules, history.entries):
        lacking = lacks(history.rules, history.entries, entry.group)
        assert lacking or not history.rules.automatic, "a place is free while somebody waits for it"


@given(rules=RULES, steps=STEPS)
def test_no_history_ends_over_capacity_or_quota_or_out_of_order(rules: Admission, steps: list[tuple[str, int]]) -> None:
    history = History(rules)
    for step, number in steps:
        before = list(history.entries)
        getattr(history, step)(number)
        history.settle()
        never_over(history, before)
        nobody_waits_in_vain(history)
        assert len({entry.key for entry in history.entries}) == len(history.entries)
        if step in {"capacity", "quota", "register", "approve", "confirm", "promote"}:
            standings = {entry.key: entry.standing for entry in history.entries}
            assert all(standings[entry.key] in TAKES_PLACE for entry in before if entry.standing in TAKES_PLACE)


SIMPLE = st.lists(st.tuples(st.sampled_from(["register", "cancel"]), st.integers(0, 30)), max_size=60)


@given(capacity=st.integers(0, 6), steps=SIMPLE)
def test_without_points_quotas_and_deadlines_the_first_have_the_places(
    capacity: int, steps: list[tuple[str, int]]
) -> None:
    history = History(Admission(capacity=capacity))
    for step, number in steps:
        getattr(history, step)(number)
        history.settle()
    here = [entry for entry in history.entries if entry.standing is not Standing.CANCELLED]
    assert [entry.standing in TAKES_PLACE for entry in here] == [place < capacity for place in range(len(here))]


@pytest.mark.parametrize("capacity", [1, 3, 20])
def test_twenty_for_the_last_place_are_one_and_nineteen_in_order(capacity: int) -> None:
    history = History(Admission(capacity=capacity))
    for _ in range(capacity - 1 + 20):
        history.register(len(GROUPS))
    assert taken(history.entries) == capacity
    assert [entry.number for entry in queue(history.rules, history.entries)] == list(range(capacity + 1, capacity + 20))
