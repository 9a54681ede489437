"""Reading a report: which tool wrote it, and who was there from when to when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from .base import TITLES, Fault, Report, Stay, Tool, Unreadable
from .decoding import cells_of, decode, lines_of
from .layouts import ENDS, JOINED, STARTS, Column, Heading, heading_of
from .moments import Clock, duration_of, order_of

LARGEST = 5 * 1024 * 1024  # bytes; 10,000 stays have about 2 MB in UTF-16
MOST_LINES = 50_000
MOST_FAULTS = 100  # named one by one
LONGEST_NAME = 200
LONGEST_STAY = timedelta(hours=24)
# The first headings stand below a few lines about the meeting.
FIRST_LINES = 100
SEPARATORS = ("\t", ";", ",")
# What tools write after the name of a person who is not of their house or has a role.
NOTES = frozenset(
    {
        *("gość", "guest", "zewnętrzny", "zewnętrzna", "external", "niezweryfikowany", "niezweryfikowana"),
        *("unverified", "host", "gospodarz", "organizator", "organizer"),
    }
)
WAITED = frozenset({"yes", "tak"})
# How much shorter than from the first joining to the last leaving a presence may be to count as unbroken.
BREAK = timedelta(minutes=2)

TOO_LARGE = f"Plik ma więcej niż {LARGEST // 1024 // 1024}\xa0MB. Raport obecności zajmuje dużo mniej."
TOO_MANY = "Plik ma więcej niż 50\xa0000 wierszy. Raport obecności ma ich dużo mniej."
STRANGE = (
    "To nie jest raport obecności z\xa0Teams, Zoom, Webex ani ClickMeeting, ani tabela z\xa0kolumnami: "
    "imię i\xa0nazwisko, e-mail, od, do. {}"
)
FIRST_LINE = "Plik zaczyna się od: „{}”."
MISSING = "To plik z\xa0narzędzia: {}, ale nie ma w\xa0nim kolumny {}. {}"
ANEW = {
    Tool.ZOOM: "Pobierz raport z\xa0Zoom jeszcze raz, bez łączenia wejść tej samej osoby (Show unique users).",
    Tool.TABLE: "Dodaj ją i\xa0wybierz plik jeszcze raz.",
}
ANEW_ELSEWHERE = "Pobierz pełny raport obecności jeszcze raz."
NOBODY = "W\xa0raporcie nie ma ani jednego uczestnika. Sprawdź, czy to raport z\xa0tego spotkania."
MORE = "od tego wiersza jest jeszcze tyle wierszy, których nie odczytaliśmy: {}."
OTHER_DAYS = "Raport jest z\xa0dnia {}, a\xa0szkolenie było {}. Sprawdź, czy to raport z\xa0tego szkolenia."

NO_PERSON = "nie ma imienia i\xa0nazwiska ani adresu e-mail."
LONG_NAME = f"imię i\xa0nazwisko ma ponad {LONGEST_NAME} znaków."
NO_JOINED = "brakuje godziny wejścia."
NO_LEFT = "brakuje godziny wyjścia."
NO_MOMENT = "nie rozumiemy godziny „{}”."
BACKWARDS = "wyjście jest przed wejściem."
TOO_LONG = "od wejścia do wyjścia mija więcej niż doba. Sprawdź daty."
BROKEN_STAY = (
    "od pierwszego wejścia do ostatniego wyjścia mija {} min, a\xa0w\xa0spotkaniu było {} min. Nie wiadomo, kiedy była "
    "przerwa. Pobierz pełny raport, z\xa0częścią „Działania podczas spotkania”."
)


@dataclass(slots=True)
class _Table:
    """A line of headings and the lines below it, each with its number."""

    heading: Heading
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read(data: bytes, *, zone: str = "Europe/Warsaw", days: Collection[date] = ()) -> Report:
    """The stays in the bytes of a report, whatever its name says.

    Times in the file are wall time of `zone` unless they tell their own. `days` are those on which the training was:
    they decide between day and month where the file alone does not, date the times of a table without dates, and refuse
    the report of another day. Lines that cannot be read become faults; those about waiting rooms are left out. Raises
    `Unreadable` for anything that is not a report with at least one line.
    """
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    text, encoding = decode(data)
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        raise Unreadable(TOO_MANY)
    separator, at = _first_heading(lines)
    rows = [cells_of(line, separator) for line in lines]
    tables = list(_tables(rows, at))
    tool = tables[0].heading.tool
    chosen = _chosen(tables)
    if not any(table.rows for table in chosen):
        raise Unreadable(NOBODY)
    about = _about(rows[: at + 2])
    order = order_of((*about, *_times(chosen)), days)
    clock = Clock(ZoneInfo(zone), order)
    starts_at, ends_at = (_of_meeting(rows[: at + 2], names, clock) for names in (STARTS, ENDS))
    clock.day = _day_of(days, starts_at, ends_at)
    stays, faults = _read(chosen, clock)
    _refuse_other_days(stays, days)
    return Report(tool, encoding, tuple(stays), _bounded(faults), starts_at, ends_at)


def _first_heading(lines: Sequence[str]) -> tuple[str, int]:
    """The separator of the cells, and the index of the first line of headings. Raises `Unreadable`."""
    nearest: Heading | None = None
    for at, line in enumerate(lines[:FIRST_LINES]):
        for separator in SEPARATORS:
            heading = heading_of(cells_of(line, separator)) if separator in line else None
            if heading is None:
                continue
            if not heading.missing:
                return separator, at
            if nearest is None or len(heading.missing) < len(nearest.missing):
                nearest = heading
    if nearest is not None:
        advice = ANEW.get(nearest.tool, ANEW_ELSEWHERE)
        raise Unreadable(MISSING.format(TITLES[nearest.tool], " ani ".join(nearest.missing), advice))
    first = next(line.strip() for line in lines if line.strip())
    raise Unreadable(STRANGE.format(FIRST_LINE.format(first[:60])))


def _tables(rows: Sequence[list[str]], at: int) -> Iterator[_Table]:
    """The tables from the line with the index `at` on. The title of a part ends one."""
    table: _Table | None = None
    for number, cells in enumerate(rows[at:], at + 1):
        if not JOINED.isdisjoint(cell.casefold() for cell in cells):
            heading = heading_of(cells)
            if heading is not None and not heading.missing:
                table = _Table(heading)
                yield table
                continue
        if table is None or not any(cells):
            continue
        if cells[0][:1].isdecimal() and cells[0][1:3] == ". " and not any(cells[1:]):
            table = None
            continue
        table.rows.append((number, cells))


def _chosen(tables: Sequence[_Table]) -> list[_Table]:
    """Those with a line a stay if there are any: Teams tells the same people both ways."""
    each = [table for table in tables if not table.heading.is_first_and_last and table.rows]
    return each or list(tables)


def _times(tables: Sequence[_Table]) -> Iterator[str]:
    for table in tables:
        places = [
            place
            for column in (Column.JOINED, Column.LEFT, Column.DAY)
            for place in table.heading.places.get(column, ())
        ]
        for _number, cells in table.rows:
            yield from (cells[place] for place in places if place < len(cells))


def _about(rows: Sequence[list[str]]) -> list[str]:
    """What may be the times of the meeting itself."""
    return [text for names in (STARTS, ENDS) for text in _told(rows, names)]


def _told(rows: Sequence[list[str]], names: frozenset[str]) -> Iterator[str]:
    """What stands to the right of one of the names, or below it."""
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if cell.casefold() not in names:
                continue
            if place + 1 < len(cells):
                yield cells[place + 1]
            if number + 1 < len(rows) and place < len(rows[number + 1]):
                yield rows[number + 1][place]


def _of_meeting(rows: Sequence[list[str]], names: frozenset[str], clock: Clock) -> datetime | None:
    for text in _told(rows, names):
        try:
            return clock.moment(text)
        except ValueError:
            continue
    return None


def _day_of(days: Collection[date], starts_at: datetime | None, ends_at: datetime | None) -> date | None:
    """The day of times without a date, where there is only one that it can be."""
    if starts_at is not None and (ends_at is None or ends_at.date() == starts_at.date()):
        return starts_at.date()
    return next(iter(days)) if len(days) == 1 else None


def _read(tables: Sequence[_Table], clock: Clock) -> tuple[list[Stay], list[Fault]]:
    stays: list[Stay] = []
    faults: list[Fault] = []
    for table in tables:
        for number, cells in table.rows:
            if _cell(cells, table.heading, Column.WAITING).casefold() in WAITED:
                continue
            found = _stay(number, cells, table.heading, clock)
            if isinstance(found, Stay):
                stays.append(found)
            else:
                faults.append(Fault(number, found))
    return stays, faults


def _refuse_other_days(stays: Sequence[Stay], days: Collection[date]) -> None:
    """Raises `Unreadable` where nobody was there on any of the days: all would seem to have been absent."""
    found = {stay.joined.date() for stay in stays}
    if days and found and found.isdisjoint(days):
        told = (", ".join(f"{day:%d.%m.%Y}" for day in sorted(some)[:3]) for some in (found, set(days)))
        raise Unreadable(OTHER_DAYS.format(*told))


def _cell(cells: Sequence[str], heading: Heading, column: Column) -> str:
    """What the column says, or the next one that tells the same; nothing where there is none."""
    places = heading.places.get(column, ())
    return next((cells[place] for place in places if place < len(cells) and cells[place]), "")


def _stay(number: int, cells: Sequence[str], heading: Heading, clock: Clock) -> Stay | str:
    """The stay of a line, or why there is none."""
    cell = partial(_cell, cells, heading)
    name = _name(cell(Column.NAME) or f"{cell(Column.GIVEN)} {cell(Column.FAMILY)}".strip())
    email = _email(cell(Column.EMAIL))
    if not name and not email:
        return NO_PERSON
    if len(name) > LONGEST_NAME:
        return LONG_NAME
    joined = _moment(cell(Column.JOINED), cell(Column.DAY), clock)
    if not isinstance(joined, datetime):
        return joined or NO_JOINED
    lasted = duration_of(cell(Column.DURATION))
    left = _moment(cell(Column.LEFT), cell(Column.DAY), clock)
    if left == "" and lasted is not None:
        left = (joined.astimezone(UTC) + lasted).astimezone(joined.tzinfo)
    if not isinstance(left, datetime):
        return left or NO_LEFT
    return _wrong(joined, left, lasted if heading.is_first_and_last else None) or Stay(
        number, name, email, joined, left
    )


def _moment(text: str, day: str, clock: Clock) -> datetime | str:
    """The moment, or what is wrong with it: nothing where nothing is written."""
    if not text:
        return ""
    try:
        return clock.moment(text, day=day)
    except ValueError:
        return NO_MOMENT.format(text[:40])


def _wrong(joined: datetime, left: datetime, lasted: timedelta | None) -> str:
    """What cannot be in a stay. `lasted` is told where there may have been breaks."""
    between = left.timestamp() - joined.timestamp()
    if between < 0:
        return BACKWARDS
    if between > LONGEST_STAY.total_seconds():
        return TOO_LONG
    if lasted is not None and between - lasted.total_seconds() > BREAK.total_seconds():
        return BROKEN_STAY.format(int(between // 60), int(lasted.total_seconds() // 60))
    return ""


def _name(text: str) -> str:
    """The name without what the tool added to it."""
    before, opened, note = text.rpartition(" (")
    if opened and note.endswith(")") and note[:-1].casefold() in NOTES:
        return before.strip()
    return text


def _email(text: str) -> str:
    """The address; nothing for the names under which Teams keeps guests, or for words instead of an address."""
    return text if "@" in text and "#ext#" not in text.casefold() else ""


def _bounded(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The first faults, and how many more there are."""
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    rest = faults[MOST_FAULTS:]
    return (*faults[:MOST_FAULTS], Fault(rest[0].line, MORE.format(len(rest))))
