"""Dates of the past, as exactly as a source gives them: a day, a month, a year, or a day without its year. Pure."""

from calendar import monthrange
from dataclasses import dataclass

NBSP = "\xa0"
MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
MONTHS_ALONE = (
    *("styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec"),
    *("lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"),
)
UNKNOWN_YEAR = "rok nieznany"
EARLIEST, LATEST = 1900, 2100  # what a typed year may be
LEAP = 2000  # stands for a year that nobody knows, in which 29 February may have been

Faults = dict[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month or a year. Without a month there is no day; without a year there are month and day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """The order in time: the less exact comes first, an unknown year last."""
        return (self.year or LATEST + 1, self.month or 0, self.day or 0)

    @property
    def machine(self) -> str:
        """For `<time datetime>`, as WHATWG HTML writes dates: 2021-03-05, 2021-03, 2021, 03-05."""
        parts = [f"{self.year:04}" if self.year else "", _two(self.month), _two(self.day)]
        return "-".join(filter(None, parts))

    @property
    def words(self) -> str:
        """„5 marca 2021 r.”, „marzec 2021 r.”, „2021 r.”, „16 lipca, rok nieznany”."""
        if self.year is None:
            return f"{self._day_and_month}, {UNKNOWN_YEAR}"
        year = f"{self.year}{NBSP}r."
        return f"{self._day_and_month}{NBSP}{year}" if self.month else year

    @property
    def _day_and_month(self) -> str:
        if self.month is None:
            return ""
        return f"{self.day}{NBSP}{MONTHS[self.month - 1]}" if self.day else MONTHS_ALONE[self.month - 1]


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to another of the same kind; `end` is None for what took one day, or one month, or one year."""

    start: Moment
    end: Moment | None = None

    @property
    def words(self) -> str:
        """„17–18 grudnia 2018 r.”, „kwiecień–maj 2019 r.”, „2019–2020”, „16–17 lipca, rok nieznany”."""
        if self.end is None:
            return self.start.words
        first, last = self.start, self.end
        if first.month is None:
            return f"{first.year}–{last.year}"
        if first.year != last.year:
            return f"{first.words} –{NBSP}{last.words}"
        if first.month == last.month:
            return f"{first.day}–{last.words}"
        if first.day is None:
            return f"{MONTHS_ALONE[first.month - 1]}–{last.words}"
        return f"{first.day}{NBSP}{MONTHS[first.month - 1]} –{NBSP}{last.words}"

    @property
    def key(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """The order in time; of those that begin together the shorter comes first."""
        return self.start.key, (self.end or self.start).key


def faults(moment: Moment) -> Faults:
    """What is wrong with a moment that somebody typed, in words, by the part: year, month or day."""
    if moment.year is not None and not EARLIEST <= moment.year <= LATEST:
        return {"year": f"Podaj rok od {EARLIEST} do {LATEST}."}
    if moment.month is None:
        if moment.day is not None:
            return {"month": "Do dnia podaj miesiąc."}
        return {} if moment.year else {"year": "Podaj rok, a gdy źródło go nie zna, dzień i\xa0miesiąc."}
    if not 1 <= moment.month <= 12:
        return {"month": "Podaj miesiąc od 1 do 12."}
    if moment.day is None:
        return {} if moment.year else {"day": "Gdy rok nie jest znany, podaj dzień."}
    last = monthrange(moment.year or LEAP, moment.month)[1]
    return {} if 1 <= moment.day <= last else {"day": f"Ten miesiąc ma {last}{NBSP}dni."}


def faults_of_end(start: Moment, end: Moment) -> Faults:
    """The same for the end of a span, which is as exact as its start and comes after it."""
    if found := faults(end):
        return found
    if _exactness(start) != _exactness(end):
        return {"year": "Koniec podaj tak samo dokładnie jak początek."}
    return {} if start.key < end.key else {"day": "Koniec musi być po początku."}


def _exactness(moment: Moment) -> tuple[bool, bool, bool]:
    return moment.year is not None, moment.month is not None, moment.day is not None


def _two(number: int | None) -> str:
    return f"{number:02}" if number else ""
