"""When a training takes place: its days and their blocks, in the wall time of their zone. Pure.

What was announced for ten o’clock stays at ten o’clock, whatever the clocks do between the announcement and the day:
times are kept as wall time, and become moments only with the rules of the zone that hold on that day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

ZONE = "Europe/Warsaw"
TEACHING_HOUR = 45  # minutes


class Mode(StrEnum):
    """How people take part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a day with one topic. `hours` are teaching hours of 45 minutes; a break has none.

    `id` survives every edit of the programme: attendance points at it.
    """

    id: UUID
    start: time
    end: time
    topic: str
    trainer: str = ""
    hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with at least one block, in the order of their times."""

    id: UUID
    date: date
    blocks: tuple[Block, ...]
    zone: str = ZONE

    @property
    def starts_at(self) -> datetime:
        return self.moment(min(block.start for block in self.blocks))

    @property
    def ends_at(self) -> datetime:
        return self.moment(max(block.end for block in self.blocks))

    @property
    def hours(self) -> Decimal:
        return sum((block.hours for block in self.blocks), Decimal(0))

    def moment(self, wall: time) -> datetime:
        """The moment at which clocks show that time on this day."""
        return datetime.combine(self.date, wall, ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A training as records and messages know it. `url` is the address of its page, beginning with a slash.

    `join_url` leads into the meeting and is for those who were admitted only.
    """

    title: str
    url: str
    days: tuple[Day, ...]
    mode: Mode = Mode.ON_SITE
    place: str = ""
    join_url: str = ""
    organiser: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for day in self.days for block in day.blocks)

    @property
    def hours(self) -> Decimal:
        """Teaching hours of the whole training."""
        return sum((day.hours for day in self.days), Decimal(0))

    @property
    def starts_at(self) -> datetime | None:
        return min((day.starts_at for day in self.days), default=None)

    @property
    def ends_at(self) -> datetime | None:
        return max((day.ends_at for day in self.days), default=None)


def faults_of(days: tuple[Day, ...]) -> list[tuple[int, str]]:
    """What is wrong with a programme: the number of the day from 0, and what to do about it."""
    found = []
    seen: set[date] = set()
    for number, day in enumerate(days):
        if day.date in seen:
            found.append((number, "Ten dzień jest już w\xa0programie. Połącz oba albo zmień datę."))
        seen.add(day.date)
        ordered = sorted(day.blocks, key=lambda block: block.start)
        for block in ordered:
            if block.end <= block.start:
                found.append((number, f"„{block.topic}” kończy się, zanim się zaczyna. Popraw godziny."))
        for earlier, later in pairwise(ordered):
            if later.start < earlier.end:
                found.append((number, f"„{later.topic}” zaczyna się, zanim skończy się „{earlier.topic}”."))
    return found
