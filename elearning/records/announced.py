"""What people were told of a training, how it is kept, and what has changed since. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from .schedule import Block, Day, Mode
from .training import Training


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one day: moved, added (nothing before) or dropped (nothing after)."""

    before: Day | None
    after: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The part of a training that people plan by. Each day is one block, from its beginning to its end."""

    title: str
    mode: Mode
    place: str
    is_called_off: bool
    days: tuple[Day, ...]

    @property
    def ends_at(self) -> datetime | None:
        return max((day.ends_at for day in self.days), default=None)

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended; one without days has not."""
        return self.ends_at is not None and self.ends_at <= now

    def applied_to(self, training: Training) -> Training:
        """The training as it was then; days that are as they were keep their programme."""
        known = {_whole(day): day for day in training.schedule.days}
        schedule = replace(
            training.schedule,
            title=self.title,
            mode=self.mode,
            place=self.place,
            days=tuple(known.get(day, day) for day in self.days),
        )
        return replace(training, schedule=schedule, is_called_off=self.is_called_off)

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "mode": self.mode.value,
            "place": self.place,
            "is_called_off": self.is_called_off,
            "days": [
                {
                    "id": str(day.id),
                    "date": day.date.isoformat(),
                    "start": day.blocks[0].start.isoformat(),
                    "end": day.blocks[0].end.isoformat(),
                    "zone": day.zone,
                }
                for day in self.days
            ],
        }


def announced(training: Training) -> Announced:
    """What there is to tell of a training now."""
    schedule = training.schedule
    return Announced(
        title=schedule.title,
        mode=schedule.mode,
        place=schedule.place,
        is_called_off=training.is_called_off,
        days=tuple(_whole(day) for day in schedule.days),
    )


def announced_from(kept: Mapping[str, Any]) -> Announced | None:
    """What was told, from what `as_json` made of it; None where nothing was told yet."""
    if "title" not in kept:
        return None
    return Announced(
        title=kept["title"],
        mode=Mode(kept["mode"]),
        place=kept["place"],
        is_called_off=kept["is_called_off"],
        days=tuple(
            _day(
                UUID(day["id"]),
                date.fromisoformat(day["date"]),
                time.fromisoformat(day["start"]),
                time.fromisoformat(day["end"]),
                day["zone"],
            )
            for day in kept["days"]
        ),
    )


def changes_of_days(before: Iterable[Day], after: Iterable[Day]) -> list[Change]:
    """What became of each day that is not as it was. A day put in for one that was taken out counts as moved."""
    old, new = {day.id: day for day in before}, {day.id: day for day in after}
    moved = [Change(day, new[key]) for key, day in old.items() if key in new and new[key] != day]
    gone = [day for key, day in old.items() if key not in new]
    come = [day for key, day in new.items() if key not in old]
    paired = min(len(gone), len(come))
    return [
        *moved,
        *(Change(*pair) for pair in zip(gone, come, strict=False)),
        *(Change(day, None) for day in gone[paired:]),
        *(Change(None, day) for day in come[paired:]),
    ]


def _whole(day: Day) -> Day:
    """The day as one block without a topic."""
    start, end = min(block.start for block in day.blocks), max(block.end for block in day.blocks)
    return _day(day.id, day.date, start, end, day.zone)


def _day(key: UUID, on: date, start: time, end: time, zone: str) -> Day:
    return Day(key, on, (Block(key, start, end, ""),), zone)
