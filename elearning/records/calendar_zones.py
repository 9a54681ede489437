"""The rules of a time zone, as a file for calendars tells them (VTIMEZONE of RFC 5545). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Change:
    """That clocks change: `onset` is the time they show at that moment before they do, without a zone."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def is_on_last_sunday(self) -> bool:
        return self.onset.isoweekday() == 7 and (self.onset + WEEK).month != self.onset.month


@lru_cache(maxsize=64)
def timezone(zone: str, first_year: int, last_year: int) -> Timezone:
    """The rules of a zone for the days of those years."""
    # The last change of the year before says what holds on the first of January.
    changes = list(_changes(zone, first_year - 1, last_year))
    rules = Timezone()
    rules.add("TZID", zone)
    if not changes:
        rules.add_component(_constant(zone, first_year))
    for is_summer in (False, True):
        kind = [change for change in changes if change.is_summer is is_summer]
        for rule in _rules(kind):
            rules.add_component(rule)
    return rules


def _changes(zone: str, first_year: int, last_year: int) -> Iterator[Change]:
    """The changes of clocks within those years. They happen at full hours of UTC."""
    place = ZoneInfo(zone)
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    for before, after in pairwise(days):
        if before.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            yield _change(before, place)


def _change(day: datetime, place: ZoneInfo) -> Change:
    """The change within a day that has one."""
    hours = [(day + number * HOUR).astimezone(place) for number in range(25)]
    old, new = next(pair for pair in pairwise(hours) if pair[0].utcoffset() != pair[1].utcoffset())
    return Change(
        onset=old.replace(tzinfo=None) + HOUR,
        before=_offset(old),
        after=_offset(new),
        name=new.tzname() or "",
        is_summer=bool(new.dst()),
    )


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _rules(changes: list[Change]) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    """One yearly rule where they all fall on the last Sunday of one month, as in the European Union, else each alone.

    Outlook reads yearly rules best.
    """
    alike = {(change.onset.month, change.onset.time(), change.before, change.after) for change in changes}
    is_yearly = len(alike) == 1 and all(change.is_on_last_sunday for change in changes)
    for change in changes[:1] if is_yearly else changes:
        rule = _observance(change)
        if is_yearly:
            rule.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=change.onset.month, BYDAY="-1SU"))
        yield rule


def _observance(change: Change) -> TimezoneStandard | TimezoneDaylight:
    rule: TimezoneStandard | TimezoneDaylight = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    rule.add("DTSTART", change.onset)
    rule.add("TZOFFSETFROM", change.before)
    rule.add("TZOFFSETTO", change.after)
    rule.add("TZNAME", change.name)
    return rule


def _constant(zone: str, year: int) -> TimezoneStandard | TimezoneDaylight:
    start = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
    offset = _offset(start)
    return _observance(Change(start.replace(tzinfo=None), offset, offset, start.tzname() or "", False))
