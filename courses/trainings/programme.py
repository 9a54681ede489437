"""The programme of a training as its page shows it: days with their parts, hours in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.dateformat import format as format_date

from courses.trainings.dates import day_in_words
from elearning.cms.templatetags.polish import plural
from elearning.records.schedule import Block, Day


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a day. `hours` is empty for a break."""

    starts_at: datetime
    ends_at: datetime
    start: str
    end: str
    topic: str
    trainer: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """A day. `title` is „Dzień 1” where there are several; `when` its date and hours in words."""

    title: str
    when: str
    starts_at: datetime
    ends_at: datetime
    parts: tuple[Part, ...]
    hours: str


def programme(days: Sequence[Day]) -> list[DayPlan]:
    """The days in the order of their dates."""
    return [
        DayPlan(
            title=f"Dzień {number}" if len(days) > 1 else "",
            when=day_in_words(day),
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            parts=tuple(_part(day, block) for block in day.blocks),
            hours=teaching_hours(day.hours),
        )
        for number, day in enumerate(days, 1)
    ]


def teaching_hours(hours: Decimal) -> str:
    """„8 godzin dydaktycznych”, „1,5 godziny dydaktycznej”; nothing for none."""
    if not hours:
        return ""
    if hours != int(hours):
        return f"{hours.normalize():f}".replace(".", ",") + "\xa0godziny dydaktycznej"
    words = plural(hours, "godzina dydaktyczna,godziny dydaktyczne,godzin dydaktycznych")
    return f"{int(hours)}\xa0{words}"


def _part(day: Day, block: Block) -> Part:
    return Part(
        starts_at=day.moment(block.start),
        ends_at=day.moment(block.end),
        start=format_date(block.start, "G:i"),
        end=format_date(block.end, "G:i"),
        topic=block.topic,
        trainer=block.trainer,
        hours=teaching_hours(block.hours),
    )
