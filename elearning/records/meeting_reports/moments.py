"""Dates, times and durations as the tools write them.

The tools write in the language and region of whoever exports: „10/6/26, 9:01:30 AM”, „6.10.2026, 09:01:30”,
„2026-10-06T09:01:30Z”, „6 paź 2026, 09:01”. Of two numbers with a slash nobody can tell which one is the month; the
whole file together, or the days of the training, mostly can.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from .base import Unreadable

NUMBERS = r"[0-9]{1,4}(?P<mark>[./-])[0-9]{1,2}(?P=mark)[0-9]{2,4}"
WORDS = r"[0-9]{1,2}\.? [^\W\d_]{3,}\.? [0-9]{4}|[^\W\d_]{3,}\.? [0-9]{1,2},? [0-9]{4}"
MOMENT = re.compile(
    rf"(?:(?P<day>{NUMBERS}|{WORDS})(?: ?r\.)?(?:,? |,|T))?"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?"
    r"(?: ?(?P<zone>Z|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT))?",
    re.IGNORECASE,
)
DAY = re.compile(rf"({NUMBERS}|{WORDS})(?: ?r\.)?", re.IGNORECASE)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", re.ASCII)
OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?$", re.ASCII)
NUMBER = re.compile(r"[0-9]+")
MONTH = re.compile(r"[^\W\d_]{3}")
HALF = re.compile(r"[ap]\.? ?m", re.IGNORECASE)
# By the first three letters, English and Polish: „October”, „paź”, „października”.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(("jan", "sty"), ("feb", "lut"), ("mar",), ("apr", "kwi"), ("may", "maj"), ("jun", "cze")),
            *(("jul", "lip"), ("aug", "sie"), ("sep", "wrz"), ("oct", "paź"), ("nov", "lis"), ("dec", "gru")),
        ),
        start=1,
    )
    for name in names
}
# Excel keeps a text as it is when it is written as a formula: Webex writes its times so.
FORMULA = re.compile(r'="(.*)"')

DURATION = re.compile(
    r"(?:(\d+) ?(?:h|hrs?|hours?|godz)\.?)? ?"
    r"(?:(\d+) ?(?:m|mins?|minutes?)\.?)? ?"
    r"(?:(\d+) ?(?:s|sek|secs?|seconds?)\.?)?",
    re.ASCII | re.IGNORECASE,
)
CLOCKED = re.compile(r"(\d+):(\d\d):(\d\d)", re.ASCII)

AMBIGUOUS = (
    "Daty takie jak „{}” można przeczytać na dwa sposoby: raz z\xa0dniem, raz z\xa0miesiącem na początku. "
    "Zapisz daty tak: 06.10.2026, i\xa0wybierz plik jeszcze raz."
)


class Order(StrEnum):
    """What comes first in dates with slashes."""

    DAY = "day"
    MONTH = "month"


def order_of(texts: Iterable[str], days: Collection[date] = ()) -> Order:
    """How the dates with slashes in a file are meant; `days` are those on which the training was.

    A number above 12 tells, else the days of the training, else „AM” and „PM”, which go with the month first. Raises
    `Unreadable` where nothing tells.
    """
    found = {match.group(): bool(HALF.search(text, match.end())) for text in texts if (match := SLASHED.search(text))}
    pairs = {text: tuple(int(number) for number in text.split("/")) for text in found}
    by_number = sum((first > 12) - (second > 12) for first, second, _year in pairs.values())
    if by_number:
        return Order.DAY if by_number > 0 else Order.MONTH
    if all(first == second for first, second, _year in pairs.values()):
        return Order.DAY
    by_days = sum(
        (_date(year, second, first) in days) - (_date(year, first, second) in days)
        for first, second, year in pairs.values()
        if first <= 12 and second <= 12
    )
    if by_days:
        return Order.DAY if by_days > 0 else Order.MONTH
    if any(found.values()):
        return Order.MONTH
    raise Unreadable(AMBIGUOUS.format(min(found)))


@dataclass(slots=True)
class Clock:
    """Reads the times of one file. Those without a zone are wall time of `zone`; `day` is for those without a date."""

    zone: ZoneInfo
    order: Order
    day: date | None = None
    _days: dict[str, date] = field(default_factory=dict)

    def moment(self, text: str, *, day: str = "") -> datetime:
        """The moment, in `zone`; `day` is the date where a column of its own tells it. Raises `ValueError`."""
        match = MOMENT.fullmatch(unwrapped(text))
        if match is None:
            raise ValueError(text)
        if written := match["day"] or day:
            at = self.date_of(written)
        elif self.day is not None:
            at = self.day
        else:
            raise ValueError(text)
        wall = datetime.combine(at, _time(match))
        if match["zone"]:
            return wall.replace(tzinfo=_zone(match["zone"])).astimezone(self.zone)
        return wall.replace(tzinfo=self.zone)

    def date_of(self, text: str) -> date:
        """The date. Raises `ValueError`."""
        if text not in self._days:
            self._days[text] = self._read(unwrapped(text))
        return self._days[text]

    def _read(self, text: str) -> date:
        match = DAY.fullmatch(text)
        if match is None:
            raise ValueError(text)
        numbers = [int(number) for number in NUMBER.findall(match[1])]
        if len(numbers) == 2:
            word = MONTH.search(match[1])
            return _date_or_fail(numbers[1], MONTHS.get(word[0].casefold(), 0) if word else 0, numbers[0])
        first, second, third = numbers
        if first > 31:
            return _date_or_fail(first, second, third)
        if match["mark"] == "/" and self.order is Order.MONTH:
            return _date_or_fail(third, first, second)
        return _date_or_fail(third, second, first)


def duration_of(text: str) -> timedelta | None:
    """How long something lasted: „1h 5m 3s”, „1 godz. 5 min”, „1:05:03”, or plain minutes; None where it is no such."""
    text = unwrapped(text)
    if text.isascii() and text.isdecimal():
        return timedelta(minutes=int(text)) if len(text) < 6 else None
    match = CLOCKED.fullmatch(text) or DURATION.fullmatch(text)
    if not text or match is None or any(len(number or "") > 5 for number in match.groups()):
        return None
    hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def unwrapped(text: str) -> str:
    """The text of a cell that was written as a formula."""
    match = FORMULA.fullmatch(text)
    return match[1].strip() if match else text


def _time(match: re.Match[str]) -> time:
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _zone(text: str) -> timezone:
    match = OFFSET.search(text)
    if match is None:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return _date_or_fail(year, month, day)
    except ValueError:
        return None


def _date_or_fail(year: int, month: int, day: int) -> date:
    return date(year + 2000 if year < 100 else year, month, day)
