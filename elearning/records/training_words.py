"""When and where a training takes place, in the words of messages."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format

from elearning.cms.templatetags.polish import polish_date

from .schedule import ZONE, Day, Mode, Schedule

CLOCK = "G:i"


def days_in_words(schedule: Schedule) -> list[str]:
    """Each day with its hours: „środa, 7 października 2026 r., 9:00–16:00”, and the zone unless it is Poland's."""
    return [_day_in_words(day) for day in schedule.days]


def where_in_words(schedule: Schedule) -> str:
    """The place, „online”, or both; nothing where the place is not known yet."""
    if schedule.mode is Mode.ONLINE:
        return "online"
    if schedule.mode is Mode.HYBRID:
        return f"{schedule.place} albo online" if schedule.place else "na miejscu albo online"
    return schedule.place


def moment_in_words(moment: datetime) -> str:
    """„7 października 2026 r. o 10:00”, in Polish time."""
    return f"{polish_date(moment)} o\xa0{time_format(timezone.localtime(moment).time(), CLOCK)}"


def _day_in_words(day: Day) -> str:
    start, end = min(block.start for block in day.blocks), max(block.end for block in day.blocks)
    hours = f"{time_format(start, CLOCK)}–{time_format(end, CLOCK)}"
    zone = "" if day.zone == ZONE else f" (czas strefy {day.zone})"
    return f"{format_date(day.date, 'l').lower()}, {polish_date(day.date)}, {hours}{zone}"
