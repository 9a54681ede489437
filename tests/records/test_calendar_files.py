"""Files for calendars, read by two parsers that share no code, and their time zones by a third."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from elearning.records import calendar_files
from elearning.records.calendar_files import Entry, Site
from elearning.records.calendar_zones import timezone
from elearning.records.places import Admission, Standing
from elearning.records.schedule import Block, Day, Mode, Schedule
from elearning.records.training import Training

STAMP = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SITE = Site("https://szkolenia.example.pl", "platforma@example.pl")
WARSAW = ZoneInfo("Europe/Warsaw")
TOKEN = UUID("12345678-1234-4234-8234-123456789012")
JOIN_URL = "https://spotkania.example.pl/tajne"
HOSTILE = 'Zły tytuł\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x; a, b \\n \x00\x1b" koniec'


@dataclass(frozen=True)
class Guest:
    """Somebody registered."""

    name: str = "Ola Łącka"
    email: str = "ola@example.org"
    token: UUID = TOKEN
    standing: str = Standing.ADMITTED


def day(on: date, start: time = time(9), end: time = time(15), topic: str = "Blok") -> Day:
    return Day(uuid4(), on, (Block(uuid4(), start, end, topic),))


def training(*days: Day, title: str = "Szkolenie", **fields: Any) -> Training:
    schedule = {name: fields.pop(name) for name in ("mode", "place", "organiser", "join_url") if name in fields}
    return Training(
        page_id=1,
        uid=uuid4(),
        kind="szkolenie kompetencyjne",
        schedule=Schedule(title=title, url="/szkolenia/szkolenie/", days=days, **schedule),
        admission=Admission(capacity=None),
        **fields,
    )


def event(training: Training, **options: Any) -> str:
    return calendar_files.event(training, **{"site": SITE, "sequence": 0, "stamp": STAMP, **options})


def read(text: str) -> list[Any]:
    """The entries, once both parsers agree about what they say."""
    first = Calendar.from_ical(text)
    second = IcsCalendarStream.calendar_from_ics(text)
    entries = first.walk("VEVENT")
    assert all(not entry.errors for entry in entries)
    assert [
        (str(entry["UID"]), str(entry["SUMMARY"]), entry["DTSTART"].dt, entry["DTEND"].dt, int(entry["SEQUENCE"]))
        for entry in entries
    ] == [(entry.uid, entry.summary, entry.dtstart, entry.dtend, entry.sequence) for entry in second.events]
    return list(entries)


def occurrences(text: str) -> list[tuple[datetime, datetime]]:
    """When a calendar shows something, in wall time: series expanded and exceptions put in their places."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [(found.dtstart.replace(tzinfo=None), found.dtend.replace(tzinfo=None)) for found in calendar.timeline]


def wanted(days: Iterable[Day]) -> list[tuple[datetime, datetime]]:
    return sorted((day.starts_at.replace(tzinfo=None), day.ends_at.replace(tzinfo=None)) for day in days)


def test_one_day_is_one_entry_in_wall_time() -> None:
    course = training(day(date(2027, 3, 28), time(10), time(14)), place="Rzeszów, ul. Hetmańska 9", organiser="ROPS")
    [entry] = read(event(course, sequence=3))
    assert entry["UID"] == str(course.uid)
    assert entry["SEQUENCE"] == 3
    assert entry["DTSTART"].to_ical() == b"20270328T100000"
    assert entry["DTSTART"].params["TZID"] == "Europe/Warsaw"
    assert entry["DTSTART"].dt == datetime(2027, 3, 28, 10, tzinfo=WARSAW)
    assert entry["LOCATION"] == "Rzeszów, ul. Hetmańska 9"
    assert entry["URL"] == "https://szkolenia.example.pl/szkolenia/szkolenie/"
    assert entry["STATUS"] == "CONFIRMED"
    assert "ATTENDEE" not in entry
    assert "RRULE" not in entry


def test_invitation_is_one_persons() -> None:
    text = event(training(day(date(2027, 4, 1)), organiser="ROPS"), method="REQUEST", attendee=Guest())
    [entry] = read(text)
    assert "\r\nMETHOD:REQUEST\r\n" in text
    assert entry["ORGANIZER"] == "mailto:platforma@example.pl"
    assert entry["ORGANIZER"].params["CN"] == "ROPS"
    assert entry["ATTENDEE"] == "mailto:ola@example.org"
    assert entry["ATTENDEE"].params["CN"] == "Ola Łącka"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert entry["URL"].endswith(f"/szkolenia/szkolenie/-/zgloszenie/{Guest().token}/")


def test_cancellation_keeps_the_uid() -> None:
    course = training(day(date(2027, 4, 1)), day(date(2027, 4, 2), time(12)))
    text = event(course, sequence=4, method="CANCEL", attendee=Guest(standing=Standing.CANCELLED))
    [entry] = read(text)
    assert "\r\nMETHOD:CANCEL\r\n" in text
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (str(course.uid), 4, "CANCELLED")


def test_training_called_off_says_so_in_public_files() -> None:
    text = event(training(day(date(2027, 4, 1)), is_called_off=True))
    [entry] = read(text)
    assert "\r\nMETHOD:PUBLISH\r\n" in text
    assert entry["STATUS"] == "CANCELLED"
    assert entry["SUMMARY"] == "Odwołane: Szkolenie"


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.OFFERED, "Szkolenie (miejsce do potwierdzenia)"),
        (Standing.RESERVED, "Szkolenie (lista rezerwowa)"),
        (Standing.PENDING, "Szkolenie (czeka na decyzję)"),
    ],
)
def test_place_in_doubt_is_tentative(standing: Standing, words: str) -> None:
    [entry] = read(event(training(day(date(2027, 4, 1))), attendee=Guest(standing=standing)))
    assert (entry["STATUS"], entry["SUMMARY"]) == ("TENTATIVE", words)


def test_link_into_the_meeting_is_in_no_file() -> None:
    course = training(day(date(2027, 4, 1)), mode=Mode.ONLINE, join_url=JOIN_URL)
    for text in (event(course), event(course, method="REQUEST", attendee=Guest())):
        assert JOIN_URL not in text.replace("\r\n ", "")
        assert read(text)[0]["LOCATION"] == "online"
    assert "30 minut przed początkiem" in read(text)[0]["DESCRIPTION"]


def test_days_are_a_series_with_one_uid() -> None:
    """Invitations may hold only one (RFC 5546, 3.2.2)."""
    days = [day(date(2027, 3, 26)), day(date(2027, 3, 28)), day(date(2027, 4, 1)), day(date(2027, 4, 7))]
    text = event(training(*days), method="REQUEST", attendee=Guest())
    [entry] = read(text)
    assert entry["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=7;INTERVAL=2"
    assert occurrences(text) == wanted(days)


def test_day_with_other_hours_is_an_exception_of_the_series() -> None:
    days = [day(date(2027, 3, 27)), day(date(2027, 3, 28), time(10), time(13)), day(date(2027, 3, 29))]
    text = event(training(*days), method="REQUEST", attendee=Guest())
    series, other = read(text)
    assert series["UID"] == other["UID"]
    assert other["RECURRENCE-ID"].dt == datetime(2027, 3, 28, 9, tzinfo=WARSAW)
    assert occurrences(text) == wanted(days)


def test_two_parts_of_one_date_are_one_occurrence() -> None:
    on = date(2027, 4, 1)
    [entry] = read(event(training(day(on, time(8), time(10)), day(on, time(12), time(16)))))
    assert (entry["DTSTART"].dt.hour, entry["DTEND"].dt.hour) == (8, 16)


@st.composite
def programmes(draw: st.DrawFn) -> list[Day]:
    first = draw(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
    offsets = draw(st.sets(st.integers(0, 70), min_size=1, max_size=6))
    hours = st.sampled_from([(time(9), time(15)), (time(10), time(15)), (time(9), time(12, 30))])
    return [day(first + timedelta(days=offset), *draw(hours)) for offset in sorted(offsets)]


@given(programmes())
def test_calendars_show_every_day_at_its_hours_and_no_other(days: list[Day]) -> None:
    assert occurrences(event(training(*days))) == wanted(days)


def test_training_without_days_is_in_no_calendar() -> None:
    assert event(training()) == ""


def test_hostile_words_stay_words() -> None:
    course = training(day(date(2027, 4, 1), topic=HOSTILE), title=HOSTILE, place=HOSTILE, organiser=HOSTILE)
    text = event(replace(course, contact=HOSTILE), method="REQUEST", attendee=Guest(name=HOSTILE))
    [entry] = read(text)
    assert entry["SUMMARY"] == 'Zły tytuł END:VEVENT BEGIN:VEVENT SUMMARY:x; a, b \\n " koniec'
    assert entry["LOCATION"] == entry["SUMMARY"]
    lines = text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert not any(ord(sign) < 32 for line in lines for sign in line)


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_words_come_back_as_they_were_but_for_white_space(title: str, name: str) -> None:
    text = event(training(day(date(2027, 4, 1)), title=title), method="REQUEST", attendee=Guest(name=name))
    [entry] = Calendar.from_ical(text).walk("VEVENT")
    printable = "".join(sign for sign in " ".join(title.split()) if sign.isprintable())
    assert "".join(sign for sign in entry["SUMMARY"] if sign.isprintable()) == printable


def test_lines_are_folded_within_75_octets_between_letters() -> None:
    course = training(day(date(2027, 4, 1), topic="Zażółć gęślą jaźń " * 30), title="Gęślą jaźń, zażółć; " * 12)
    text = event(course, method="REQUEST", attendee=Guest(name="Świętosława Brzęczyszczykiewicz-Żółć " * 3))
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert read(text)[0]["SUMMARY"] == ("Gęślą jaźń, zażółć; " * 12).strip()


def test_feed_holds_many_and_names_itself() -> None:
    courses = [training(day(date(2027, 4, number)), title=f"Szkolenie {number}") for number in (1, 2)]
    entries = [Entry(training=course, stamp=STAMP, sequence=5) for course in [*courses, training()]]
    text = calendar_files.feed(entries, site=SITE, name="Szkolenia")
    assert [str(entry["SUMMARY"]) for entry in read(text)] == ["Szkolenie 1", "Szkolenie 2"]
    assert "\r\nX-WR-CALNAME:Szkolenia\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_empty_feed_is_a_calendar() -> None:
    text = calendar_files.feed([], site=SITE, name="Szkolenia")
    assert read(text) == []


@pytest.mark.parametrize(
    "zone", ["Europe/Warsaw", "Europe/Brussels", "Europe/Kyiv", "Europe/London", "Europe/Vilnius", "Europe/Moscow"]
)
@pytest.mark.parametrize("years", [(2027, 2027), (2026, 2029)])
def test_zone_says_the_same_as_the_database_of_zones(zone: str, years: Sequence[int]) -> None:
    rules = timezone(zone, *years).to_ical().decode()
    told, known = tzical(io.StringIO(rules)).get(zone), ZoneInfo(zone)
    moment, end = datetime(years[0], 1, 1, tzinfo=UTC), datetime(years[1] + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        wall = moment.astimezone(known).replace(tzinfo=None)
        if wall.replace(tzinfo=known).utcoffset() == moment.astimezone(known).utcoffset():
            assert wall.replace(tzinfo=told).utcoffset() == moment.astimezone(known).utcoffset(), wall
        moment += timedelta(hours=3)


def test_zone_of_one_year_is_short() -> None:
    assert len(timezone("Europe/Warsaw", 2027, 2027).to_ical()) < 500
