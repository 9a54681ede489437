"""The days of a training as pages say them: in wall time of their zone, named where that is not ours."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date

from courses.models.trainings import ZONES
from elearning.cms.templatetags.polish import polish_date
from elearning.records.schedule import ZONE, Day


def day_in_words(day: Day) -> str:
    """„wtorek, 12 stycznia 2027 r., 9:00–16:00”; elsewhere with „(czas w Kijowie)”."""
    return f"{format_date(day.date, 'l').lower()}, {polish_date(day.date)}, {hours_in_words(day)}"


def hours_in_words(day: Day) -> str:
    """„9:00–16:00”; elsewhere with „(czas w Kijowie)”."""
    start, end = min(block.start for block in day.blocks), max(block.end for block in day.blocks)
    return f"{format_date(start, 'G:i')}–{format_date(end, 'G:i')}{zone_in_words(day.zone)}"


def zone_in_words(zone: str) -> str:
    """„ (czas w Kijowie)”, to stand behind a time; nothing for our own."""
    return "" if zone == ZONE else f" ({dict(ZONES).get(zone, zone)})"


def moment_in_words(moment: datetime) -> str:
    """„12 stycznia 2027 r., godz. 9:00”, in our time."""
    return f"{polish_date(moment)}, godz.\xa0{format_date(timezone.localtime(moment), 'G:i')}"
