"""Files for calendars, of one training or of many (RFC 5545), as invitations too (RFC 5546). Pure.

A training is one entry of a calendar, whatever number of days it has: a series of days whose odd hours are exceptions.
Invitations may speak of one UID only, so days as entries of their own would need a message each; as a series they
come, move and go in one message, and a day that was dropped leaves the calendar with the next one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from math import gcd
from typing import Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDDDTypes, vRecur

from .calendar_zones import timezone
from .places import Standing
from .schedule import Day, Mode
from .training import JOIN_BEFORE, Training

PRODUCER = "-//Modele Kooperacji//Szkolenia//PL"
REFRESH = timedelta(hours=1)
# A registration that has no place yet stands in calendars as tentative, with these words after the title.
TENTATIVE = {
    Standing.PENDING: "czeka na decyzję",
    Standing.OFFERED: "miejsce do potwierdzenia",
    Standing.RESERVED: "lista rezerwowa",
}
PARTICIPATION = {Standing.ADMITTED: "ACCEPTED", **dict.fromkeys(TENTATIVE, "TENTATIVE")}
DAY = timedelta(days=1)

Method = Literal["REQUEST", "CANCEL"]


class Attendee(Protocol):
    """A registration as calendars see it."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def token(self) -> UUID: ...
    @property
    def standing(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Site:
    """Where files come from: the address of the site without a slash at its end, and that of its messages."""

    base: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A training in a calendar. `sequence` counts the changes told, `stamp` is when it was told last.

    With an `attendee` it is that person's: it leads to their own page and says whether they have a place.
    """

    training: Training
    stamp: datetime
    sequence: int = 0
    attendee: Attendee | None = None


def event(
    training: Training,
    *,
    site: Site,
    sequence: int,
    stamp: datetime,
    method: Method | None = None,
    attendee: Attendee | None = None,
) -> str:
    """The file of one training: to take away, or with a method the invitation or cancellation of one person.

    Nothing for a training without days.
    """
    if not training.schedule.days:
        return ""
    entry = Entry(training=training, sequence=sequence, stamp=stamp, attendee=attendee)
    return _file([entry], site, method)


def feed(entries: Iterable[Entry], *, site: Site, name: str) -> str:
    """A calendar to subscribe to, under that name. Those without days are left out."""
    shown = [entry for entry in entries if entry.training.schedule.days]
    return _file(shown, site, None, name)


def _file(entries: Sequence[Entry], site: Site, method: Method | None, name: str = "") -> str:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCER)
    calendar.add("METHOD", method or "PUBLISH")
    if name:
        calendar.add("NAME", name)
        calendar.add("X-WR-CALNAME", name)
        calendar.add("REFRESH-INTERVAL", vDDDTypes(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDDDTypes(REFRESH))
    days = [day for entry in entries for day in entry.training.schedule.days]
    for zone in sorted({day.zone for day in days}):
        years = [day.date.year for day in days if day.zone == zone]
        calendar.add_component(timezone(zone, min(years), max(years)))
    for entry in entries:
        for part in _events(entry, site, method):
            calendar.add_component(part)
    text: bytes = calendar.to_ical()
    return text.decode()


def _events(entry: Entry, site: Site, method: Method | None) -> list[Event]:
    """The entry of a training, and one more for each day with hours that differ from those of the first."""
    days = _merged(entry.training.schedule.days)
    first, starts = days[0], days[0].starts_at
    series = _described(entry, site, method)
    _set_hours(series, first)
    _repeat(series, days)
    found = [series]
    # What is cancelled as a whole is so with its exceptions (RFC 5546, 3.2.5).
    for day in days[1:] if method != "CANCEL" else ():
        usual = datetime.combine(day.date, starts.time(), ZoneInfo(day.zone))
        if (day.starts_at, day.ends_at) != (usual, day.moment(first.ends_at.time())):
            other = _described(entry, site, method)
            other.add("RECURRENCE-ID", usual)
            _set_hours(other, day)
            found.append(other)
    return found


def _merged(days: Iterable[Day]) -> list[Day]:
    """One day a date, in their order: calendars know an occurrence of a series by when it begins."""
    by_date: dict[date, Day] = {}
    for day in days:
        known = by_date.get(day.date)
        by_date[day.date] = replace(day, blocks=(*known.blocks, *day.blocks)) if known else day
    return [by_date[key] for key in sorted(by_date)]


def _set_hours(entry: Event, day: Day) -> None:
    entry.add("DTSTART", day.starts_at)
    entry.add("DTEND", day.ends_at)


def _repeat(series: Event, days: Sequence[Day]) -> None:
    """The rule that reaches every day, in the widest steps that do, and the days it has to leave out."""
    if len(days) == 1:
        return
    first = days[0]
    offsets = [(day.date - first.date).days for day in days]
    step = reduce(gcd, offsets)
    series.add("RRULE", vRecur(FREQ="DAILY", INTERVAL=step, COUNT=offsets[-1] // step + 1))
    left_out = [
        replace(first, date=first.date + offset * DAY).starts_at
        for offset in range(0, offsets[-1], step)
        if offset not in offsets
    ]
    if left_out:
        series.add("EXDATE", left_out)


def _described(entry: Entry, site: Site, method: Method | None) -> Event:
    """What an entry says besides its hours."""
    training, attendee = entry.training, entry.attendee
    part = Event()
    part.add("UID", str(training.uid))
    part.add("SEQUENCE", entry.sequence)
    part.add("DTSTAMP", entry.stamp)
    part.add("SUMMARY", _summary(entry))
    part.add("DESCRIPTION", _description(entry, site))
    if place := _location(training):
        part.add("LOCATION", place)
    part.add("URL", _url(entry, site))
    part.add("STATUS", _status(entry, method))
    part.add("ORGANIZER", _person(training.schedule.organiser, site.address))
    if method and attendee:
        person = _person(attendee.name, attendee.email)
        person.params["PARTSTAT"] = PARTICIPATION.get(Standing(attendee.standing), "DECLINED")
        person.params["ROLE"] = "REQ-PARTICIPANT"
        person.params["RSVP"] = "FALSE"
        part.add("ATTENDEE", person)
    return part


def _status(entry: Entry, method: Method | None) -> str:
    if method == "CANCEL" or entry.training.is_called_off:
        return "CANCELLED"
    return "TENTATIVE" if _doubt(entry) else "CONFIRMED"


def _doubt(entry: Entry) -> str:
    """What keeps the person from having a place, in words; nothing for those who have one, and for public files."""
    return TENTATIVE.get(Standing(entry.attendee.standing), "") if entry.attendee else ""


def _summary(entry: Entry) -> str:
    title = _plain(entry.training.title)
    if entry.training.is_called_off:
        return f"Odwołane: {title}"
    return f"{title} ({doubt})" if (doubt := _doubt(entry)) else title


def _location(training: Training) -> str:
    schedule = training.schedule
    if schedule.mode is Mode.ONLINE:
        return "online"
    place = _plain(schedule.place)
    return f"{place} oraz online" if schedule.mode is Mode.HYBRID and place else place


def _url(entry: Entry, site: Site) -> str:
    training, attendee = entry.training, entry.attendee
    return site.base + (training.registration_url(attendee.token) if attendee else training.url)


def _description(entry: Entry, site: Site) -> str:
    """The kind, the programme and where to find more; for those who take part online also when the link is shown."""
    training = entry.training
    lines = [training.kind, *(line for day in training.schedule.days for line in _programme(day)), ""]
    if entry.attendee and training.schedule.mode is not Mode.ON_SITE:
        minutes = int(JOIN_BEFORE.total_seconds() // 60)
        lines.append(f"Link do spotkania pokażemy na stronie zgłoszenia {minutes}\xa0minut przed początkiem.")
    if training.contact:
        lines.append(f"Kontakt: {training.contact}")
    lines.append(_url(entry, site))
    return "\n".join(map(_plain, lines))


def _programme(day: Day) -> Iterable[str]:
    yield ""
    yield f"{day.date:%d.%m.%Y}, {_hours(day.starts_at, day.ends_at)}"
    for block in day.blocks:
        yield f"{_hours(day.moment(block.start), day.moment(block.end))} {block.topic}"


def _hours(start: datetime, end: datetime) -> str:
    return f"{start.hour}:{start:%M}–{end.hour}:{end:%M}"


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{_plain(address)}")
    # The value of a parameter cannot hold a quotation mark (RFC 5545, 3.2).
    if words := _plain(name).replace('"', "'"):
        person.params["CN"] = words
    return person


def _plain(text: str) -> str:
    """The text in one line without the characters that no line of a calendar may hold."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs"))
