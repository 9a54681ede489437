"""Presence: minutes in blocks, hours, the rule of the certificate, sources that differ. No database."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.presence import (
    Interval,
    Mark,
    Presence,
    PresenceRule,
    Resolution,
    Source,
    Verdict,
    earned,
    in_blocks,
    resolve,
    union,
    verdict,
)
from elearning.records.schedule import Block, Day

RULE = PresenceRule()
MORNING = Block(uuid4(), time(9), time(10, 30), "Kooperacja w praktyce", hours=Decimal(2))
BREAK = Block(uuid4(), time(10, 30), time(11), "Przerwa")
NOON = Block(uuid4(), time(11), time(12, 30), "Diagnoza", hours=Decimal(2))
DAY = Day(uuid4(), date(2026, 10, 6), (MORNING, BREAK, NOON))


@dataclass(frozen=True)
class Been:
    joined: datetime
    left: datetime


def been(start: str, end: str, day: Day = DAY) -> Been:
    return Been(day.moment(time.fromisoformat(start)), day.moment(time.fromisoformat(end)))


def presences(*spans: Been, rule: PresenceRule = RULE, day: Day = DAY) -> list[str]:
    return [found.presence.value for found in in_blocks([day], spans, rule).values()]


def length(intervals: tuple[Interval, ...]) -> timedelta:
    return sum((left - joined for joined, left in intervals), timedelta(0))


@pytest.mark.parametrize(
    ("spans", "minutes", "expected"),
    [
        ([], 0, "absent"),
        ([been("09:00", "10:30")], 90, "present"),
        ([been("08:00", "16:00")], 90, "present"),
        ([been("09:00", "10:07:30")], 67, "present"),  # exactly three quarters
        ([been("09:00", "10:07:29")], 67, "absent"),
        ([been("09:15", "10:30")], 75, "present"),
        ([been("09:15:01", "10:30")], 74, "late"),
        ([been("09:00", "09:30"), been("09:45", "10:30")], 75, "present"),
        ([been("09:00", "10:00"), been("09:30", "10:30")], 90, "present"),  # two devices
        ([been("09:00", "09:01"), been("09:40", "10:30")], 51, "absent"),
        ([been("10:30", "12:30")], 0, "absent"),
        ([been("10:30", "09:00")], 0, "absent"),  # upside down
    ],
)
def test_presence_in_a_block(spans: list[Been], minutes: int, expected: str) -> None:
    found = in_blocks([DAY], spans, RULE)[MORNING.id]
    assert (found.minutes, found.presence) == (minutes, expected)


def test_every_block_is_told_by_its_own_minutes() -> None:
    assert presences(been("09:00", "10:30"), been("11:20", "12:30")) == ["present", "absent", "late"]


def test_the_rule_may_be_changed() -> None:
    half_an_hour = been("10:00", "10:30")
    assert presences(half_an_hour)[0] == "absent"
    assert presences(half_an_hour, rule=PresenceRule(share=Decimal("0.3")))[0] == "late"
    assert presences(half_an_hour, rule=PresenceRule(share=Decimal("0.3"), lateness=60))[0] == "present"


def test_a_lost_connection_may_count_as_not_lost() -> None:
    spans = been("09:00", "09:30"), been("09:33", "10:00"), been("10:25", "10:30")
    assert length(union(spans)) == timedelta(minutes=62)
    assert length(union(spans, rejoin=timedelta(minutes=5))) == timedelta(minutes=65)
    rule = PresenceRule(share=Decimal("0.7"), rejoin=5)
    assert in_blocks([DAY], spans, rule)[MORNING.id].minutes == 65
    assert presences(*spans, rule=replace(rule, rejoin=0))[0] == "absent"


@pytest.mark.parametrize("wrong", [{"share": Decimal(0)}, {"share": Decimal("1.01")}, {"lateness": -1}, {"rejoin": -1}])
def test_what_cannot_be_a_rule_is_refused(wrong: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="PresenceRule"):
        PresenceRule(**wrong)  # type: ignore[arg-type]


def test_a_block_without_a_length_is_attended_by_nobody() -> None:
    day = Day(uuid4(), DAY.date, (Block(uuid4(), time(9), time(9), "Nic"),))
    assert presences(been("08:00", "10:00"), day=day) == ["absent"]


def test_an_hour_is_an_hour_while_the_clocks_are_changed() -> None:
    night = Block(uuid4(), time(1), time(4), "Noc zmiany czasu")
    day = Day(uuid4(), date(2026, 10, 25), (night,))  # three o'clock becomes two: four hours
    found = in_blocks([day], [been("01:00", "04:00", day)], RULE)[night.id]
    assert (found.length, found.there) == (timedelta(hours=4), timedelta(hours=4))


def test_hours_are_earned_by_blocks_in_which_somebody_was_there() -> None:
    marks = {MORNING.id: Presence.LATE, BREAK.id: Presence.PRESENT, NOON.id: Presence.EXCUSED}
    assert earned([DAY], marks) == 2
    assert earned([DAY], {**marks, NOON.id: Presence.PRESENT}) == 4
    assert earned([DAY], {}) == 0


def days(*hours: int) -> tuple[Day, ...]:
    """A training with one block a day, of so many hours each."""
    return tuple(
        Day(uuid4(), date(2026, 10, number), (Block(uuid4(), time(9), time(15), "Temat", hours=Decimal(count)),))
        for number, count in enumerate(hours, 6)
    )


def attended(training: tuple[Day, ...], *which: int) -> dict[UUID, Presence]:
    return {
        day.blocks[0].id: Presence.PRESENT if number in which else Presence.ABSENT
        for number, day in enumerate(training)
    }


def test_thirteen_of_sixteen_hours_give_a_certificate_and_twelve_do_not() -> None:
    training = days(8, 4, 1, 3)
    enough, short = verdict(training, attended(training, 0, 1, 2)), verdict(training, attended(training, 0, 1))
    assert (enough.is_met, enough.earned, enough.total) == (True, 13, 16)
    assert (short.is_met, short.earned, short.share) == (False, 12, Decimal("0.75"))
    assert short.reason.replace("\xa0", " ") == (
        "Obecność: 12 z 16 godzin dydaktycznych, czyli 75%. Zaświadczenie jest od 80%, czyli od 12,8 godziny."
    )
    assert "13 z\xa016 godzin dydaktycznych, czyli 81,2%" in enough.reason


@pytest.mark.parametrize(
    ("got", "total", "needed", "is_met", "told"),
    [
        ("4", "5", "0.8", True, "czyli 80%. Zaświadczenie jest od 80%, czyli od 4 godzin."),
        ("7.99", "10", "0.8", False, "7,99 z 10 godzin dydaktycznych, czyli 79,9%."),
        ("7.9999", "10", "0.8", False, "czyli 79,9%."),
        ("0", "1", "1", False, "0 z 1 godziny dydaktycznej, czyli 0%. Zaświadczenie jest od 100%, czyli od 1 godziny."),
        ("20.5", "20.5", "0.8", True, "20,5 z 20,5 godziny dydaktycznej, czyli 100%."),
        (
            "10",
            "10",
            "0.5",
            True,
            "10 z 10 godzin dydaktycznych, czyli 100%. Zaświadczenie jest od 50%, czyli od 5 godzin.",
        ),
        ("0", "0", "0.8", False, "Program nie ma godzin dydaktycznych"),
    ],
)
def test_figures_are_cut_and_never_rounded_up(got: str, total: str, needed: str, is_met: bool, told: str) -> None:
    found = Verdict(Decimal(got), Decimal(total), Decimal(needed))
    assert found.is_met is is_met
    assert told in found.reason.replace("\xa0", " ")


NOW = datetime.fromisoformat("2026-10-06T16:00:00+02:00")


def mark(source: Source, presence: Presence, by: str = "", *, minutes: int = 0) -> Mark:
    return Mark(source, presence, NOW + timedelta(minutes=minutes), by)


SCAN = mark(Source.QR, Presence.PRESENT)
PAPER = mark(Source.PAPER, Presence.PRESENT, "Joanna", minutes=5)
REPORT = mark(Source.IMPORT, Presence.ABSENT, "Joanna", minutes=9)
TICK = mark(Source.TRAINER, Presence.ABSENT, "Tomasz", minutes=12)


def test_nobody_said_anything() -> None:
    assert resolve([]) == Resolution(None)
    assert not resolve([]).is_conflict


def test_sources_that_agree_are_what_they_say() -> None:
    found = resolve([SCAN, PAPER])
    assert (found.presence, found.is_conflict, found.standing) == (Presence.PRESENT, False, (SCAN, PAPER))


def test_sources_that_differ_are_a_conflict_that_lists_who_said_what_when() -> None:
    found = resolve([SCAN, PAPER, REPORT])
    assert (found.presence, found.is_conflict, found.standing) == (None, True, (SCAN, PAPER, REPORT))


def test_late_and_present_differ() -> None:
    assert resolve([SCAN, mark(Source.IMPORT, Presence.LATE, "Joanna")]).is_conflict


def test_a_source_may_correct_itself_and_nobody_else() -> None:
    corrected = mark(Source.TRAINER, Presence.PRESENT, "Tomasz", minutes=13)
    assert resolve([SCAN, TICK]).is_conflict
    assert resolve([TICK, SCAN, corrected]) == Resolution(Presence.PRESENT, (SCAN, corrected))
    assert resolve([SCAN, TICK, replace(corrected, by="Marta")]).is_conflict


def test_a_later_report_takes_the_place_of_an_earlier_one_whoever_read_it_in() -> None:
    later = replace(REPORT, presence=Presence.PRESENT, by="Marta", at=REPORT.at + timedelta(hours=1))
    assert resolve([REPORT, SCAN, later]) == Resolution(Presence.PRESENT, (SCAN, later))


def test_the_decision_of_a_person_wins_and_is_kept_with_who_and_when() -> None:
    decision = mark(Source.DECISION, Presence.EXCUSED, "Joanna", minutes=20)
    found = resolve([SCAN, REPORT, decision])
    assert (found.presence, found.is_conflict, found.decision) == (Presence.EXCUSED, False, decision)
    assert found.standing == (SCAN, REPORT)
    assert found.disputed == ()


def test_what_comes_after_a_decision_changes_nothing_but_is_told() -> None:
    decision = mark(Source.DECISION, Presence.PRESENT, "Joanna", minutes=10)
    found = resolve([SCAN, decision, TICK, replace(PAPER, by="Marta")])
    assert (found.presence, found.disputed) == (Presence.PRESENT, (TICK,))
    again = mark(Source.DECISION, Presence.ABSENT, "Marta", minutes=30)
    found = resolve([SCAN, decision, TICK, again])
    assert (found.presence, found.decision, found.disputed) == (Presence.ABSENT, again, ())


def test_a_decision_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="decision"):
        mark(Source.DECISION, Presence.PRESENT)


minutes = st.integers(-60, 300)
spans = st.lists(
    st.tuples(minutes, minutes).map(
        lambda ends: Been(
            DAY.moment(time(9)) + timedelta(minutes=min(ends)), DAY.moment(time(9)) + timedelta(minutes=max(ends))
        )
    ),
    max_size=8,
)
gaps = st.integers(0, 30)


@given(spans, gaps)
def test_nobody_is_in_a_block_for_longer_than_it_lasts(found: list[Been], rejoin: int) -> None:
    for block in in_blocks([DAY], found, PresenceRule(rejoin=rejoin)).values():
        assert timedelta(0) <= block.there <= block.length


@given(spans, gaps, st.randoms(use_true_random=False))
def test_the_order_of_stays_does_not_matter(found: list[Been], rejoin: int, random: Random) -> None:
    rule = PresenceRule(rejoin=rejoin)
    shuffled = random.sample(found, len(found))
    assert in_blocks([DAY], shuffled, rule) == in_blocks([DAY], found, rule)


@given(spans, gaps)
def test_the_same_stays_twice_add_nothing(found: list[Been], rejoin: int) -> None:
    gap = timedelta(minutes=rejoin)
    assert union([*found, *found], rejoin=gap) == union(found, rejoin=gap)


@given(spans, minutes, minutes)
def test_another_stay_never_takes_presence_away(found: list[Been], first: int, second: int) -> None:
    start = DAY.moment(time(9))
    another = Been(start + timedelta(minutes=min(first, second)), start + timedelta(minutes=max(first, second)))
    before, after = in_blocks([DAY], found, RULE), in_blocks([DAY], [*found, another], RULE)
    assert all(before[key].there <= after[key].there for key in before)


kinds = st.sampled_from([Presence.PRESENT, Presence.LATE, Presence.ABSENT])
machines = st.builds(mark, st.sampled_from([source for source in Source if source is not Source.DECISION]), kinds)


@given(st.lists(machines, min_size=1, max_size=6), st.lists(machines, max_size=6), kinds)
def test_nothing_but_a_later_decision_overrules_a_decision(
    before: list[Mark], after: list[Mark], kind: Presence
) -> None:
    decision = mark(Source.DECISION, kind, "Joanna")
    found = resolve([*before, decision, *after])
    assert (found.presence, found.decision) == (kind, decision)
    assert all(one.presence is not kind for one in found.disputed)
