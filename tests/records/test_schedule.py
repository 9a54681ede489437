"""Days and blocks of a training."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import uuid4

from elearning.records.schedule import Block, Day, Schedule, faults_of

MORNING = Block(uuid4(), time(10), time(11, 30), "Podstawy", hours=Decimal(2))
BREAK = Block(uuid4(), time(11, 30), time(12), "Przerwa")
NOON = Block(uuid4(), time(12), time(15), "Warsztat", hours=Decimal(4))


def day(of: date, *blocks: Block) -> Day:
    return Day(uuid4(), of, blocks or (MORNING, BREAK, NOON))


def test_ten_o_clock_is_ten_o_clock_before_and_after_the_change_of_clocks() -> None:
    assert day(date(2027, 3, 27)).starts_at.astimezone(UTC) == datetime(2027, 3, 27, 9, tzinfo=UTC)
    assert day(date(2027, 3, 28)).starts_at.astimezone(UTC) == datetime(2027, 3, 28, 8, tzinfo=UTC)


def test_hours_are_added_over_blocks_and_days() -> None:
    training = Schedule(title="Szkolenie", url="/szkolenia/x/", days=(day(date(2027, 1, 2)), day(date(2027, 1, 3))))
    assert training.hours == Decimal(12)
    assert training.starts_at == day(date(2027, 1, 2)).starts_at
    assert training.ends_at == day(date(2027, 1, 3)).ends_at
    assert len(training.blocks) == 6


def test_a_training_without_days_has_no_time() -> None:
    empty = Schedule(title="Szkolenie", url="/szkolenia/x/", days=())
    assert (empty.starts_at, empty.ends_at, empty.hours) == (None, None, Decimal(0))


def test_a_programme_that_cannot_be_is_told_by_day() -> None:
    backwards = Block(uuid4(), time(12), time(11), "Odwrotnie")
    early = Block(uuid4(), time(11), time(13), "Za wcześnie")
    assert faults_of((day(date(2027, 1, 2)),)) == []
    assert [number for number, _ in faults_of((day(date(2027, 1, 2)), day(date(2027, 1, 3), backwards)))] == [1]
    assert "zanim skończy się" in faults_of((day(date(2027, 1, 2), MORNING, early),))[0][1]
    assert "już w\xa0programie" in faults_of((day(date(2027, 1, 2)), day(date(2027, 1, 2))))[0][1]
