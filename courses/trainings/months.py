"""A calendar of trainings by months: the weeks of a month, and what takes place on its days."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateformat import format as format_date

from courses.models import TrainingPage
from courses.trainings.dates import hours_in_words
from courses.trainings.terms import schedule_of
from elearning.cms.templatetags.polish import polish_date
from elearning.records.schedule import ZONE

WRITTEN = re.compile(r"(\d{4})-(\d{2})")
EARLIEST, LATEST = 2000, 2099  # years that an address may ask for
# Clocks of other zones may show another day than ours.
FAR = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, counted from 1."""

    year: int
    number: int

    def __str__(self) -> str:
        """„2027-03”, as addresses say it."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def name(self) -> str:
        """„marzec 2027”."""
        return format_date(self.first, "F\xa0Y").lower()

    @property
    def next(self) -> "Month":
        return month_of(self.first + timedelta(days=31))

    @property
    def previous(self) -> "Month":
        return month_of(self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A training on one of its days. `part` says which of several days it is: „dzień 2 z 3”."""

    title: str
    url: str
    hours: str
    kind: str
    part: str
    is_called_off: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar; `day` is None for the days of other months that fill its weeks."""

    day: date | None
    entries: tuple[Entry, ...] = ()
    is_today: bool = False

    @property
    def rest(self) -> str:
        """What stands behind the number of the day in its full date: „ marca 2027 r., wtorek”."""
        if self.day is None:
            return ""
        return f"{polish_date(self.day).removeprefix(str(self.day.day))}, {format_date(self.day, 'l').lower()}"


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def asked(text: str | None, today: date) -> Month:
    """The month that an address asks for; this one where it asks for none, or for nonsense."""
    found = WRITTEN.fullmatch(text or "")
    if found is None:
        return month_of(today)
    year, number = map(int, found.groups())
    is_month = EARLIEST <= year <= LATEST and 1 <= number <= 12
    return Month(year, number) if is_month else month_of(today)


def in_month(trainings: QuerySet[TrainingPage], month: Month) -> QuerySet[TrainingPage]:
    """Those that may have a day in that month, the earliest first."""
    zone = ZoneInfo(ZONE)
    start = datetime(month.year, month.number, 1, tzinfo=zone) - FAR
    end = datetime(month.next.year, month.next.number, 1, tzinfo=zone) + FAR
    return trainings.filter(starts_at__lt=end, ends_at__gte=start).order_by("starts_at", "pk")


def weeks(month: Month, trainings: Iterable[TrainingPage], today: date) -> list[list[Cell]]:
    """The weeks of a month from Monday to Sunday, with what takes place on each day by the hour."""
    found = _entries(trainings)
    dates = calendar.Calendar().monthdatescalendar(month.year, month.number)
    return [
        [Cell(day, tuple(found[day]), day == today) if month_of(day) == month else Cell(None) for day in week]
        for week in dates
    ]


def _entries(trainings: Iterable[TrainingPage]) -> dict[date, list[Entry]]:
    timed = defaultdict(list)
    for page in trainings:
        days = schedule_of(page).days
        for number, day in enumerate(days, 1):
            entry = Entry(
                title=page.title,
                url=reverse("trainings:training", args=[page.slug]),
                hours=hours_in_words(day),
                kind=page.get_kind_display(),
                part=f"dzień\xa0{number}\xa0z\xa0{len(days)}" if len(days) > 1 else "",
                is_called_off=page.called_off,
            )
            timed[day.date].append((day.starts_at, entry))
    return defaultdict(
        list, {day: [entry for _, entry in sorted(some, key=lambda one: one[0])] for day, some in timed.items()}
    )
