"""Activities, attempts and answers as words, on screens and in tables to take away. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from elearning.cms.tables import Cell

from . import wording
from .activities import ActivityRow, AnswerRow, AttemptRow
from .wording import NBSP, NONE

REPORTED = "Wynik podany przez przeglądarkę"
WHOLE, PART = "całość", "część"
AT_WORK = "w\xa0trakcie pracy"
ACTIVITY_HEAD: list[Cell] = [
    *("Aktywność", "Lekcja", "Kurs", "W\xa0kursie", "Rozpoczęło osób", "Zakończyło osób", "Ukończyło osób"),
    "Średni wynik w\xa0% (podany przez przeglądarkę)",
]
ATTEMPT_HEAD: list[Cell] = [
    *("Osoba", "Instytucja", "Podejście", "Początek", "Koniec"),
    *("Wynik w\xa0% (podany przez przeglądarkę)", "Punkty", "Z\xa0ilu", "Czas w\xa0sekundach", "Aktywność ukończona"),
]
ANSWER_HEAD: list[Cell] = [
    *("Osoba", "Instytucja", "Podejście", "Kiedy", "Czego dotyczy", "Pytanie", "Odpowiedź"),
    *("Punkty (podane przez przeglądarkę)", "Z\xa0ilu"),
]


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt on the screen."""

    row: AttemptRow
    score: str
    points: str
    time: str
    state: str
    completed: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer on the screen."""

    row: AnswerRow
    what: str
    points: str


def attempt_line(row: AttemptRow) -> AttemptLine:
    return AttemptLine(
        row=row,
        score=wording.percent(None if row.scaled is None else float(row.scaled)),
        points=points(row.raw, row.max),
        time=duration(row.seconds),
        state="zakończone" if row.finished_at else "w\xa0trakcie",
        completed=_yes(row.completed),
    )


def answer_line(row: AnswerRow) -> AnswerLine:
    return AnswerLine(row=row, what=_what(row), points=points(row.raw, row.max))


def points(raw: float | None, highest: float | None) -> str:
    """„3 z 4 pkt”, „3 pkt”, a dash for nothing."""
    if raw is None:
        return NONE
    of = "" if highest is None else f" z{NBSP}{_number(highest)}"
    return f"{_number(raw)}{of}{NBSP}pkt"


def duration(seconds: int | None) -> str:
    """„45 s”, „12 min 5 s”, „1 godz. 5 min”; a dash for nothing."""
    if seconds is None:
        return NONE
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "godz."), (minutes, "min"), (0 if hours else rest, "s")]
    return NBSP.join(f"{count}{NBSP}{unit}" for count, unit in parts if count) or f"0{NBSP}s"


def activity_table(rows: Iterable[ActivityRow]) -> Iterator[list[Cell]]:
    """The list of activities, the head first."""
    yield ACTIVITY_HEAD
    for row in rows:
        people: list[Cell] = [row.began, row.finished, row.completed]
        yield [row.title, row.lesson, row.course, _yes(row.live), *people, _percent(row.mean)]


def attempt_table(rows: Iterable[AttemptRow]) -> Iterator[list[Cell]]:
    """A row for each attempt; what was not reported is empty."""
    yield ATTEMPT_HEAD
    for row in rows:
        who: list[Cell] = [row.name, row.institution, row.number, _moment(row.started_at), _moment(row.finished_at)]
        seconds: Cell = "" if row.seconds is None else row.seconds
        yield [*who, _percent(row.scaled), _cell(row.raw), _cell(row.max), seconds, _yes(row.completed)]


def answer_table(rows: Iterable[AnswerRow]) -> Iterator[list[Cell]]:
    """A row for each answer, of parts too."""
    yield ANSWER_HEAD
    for row in rows:
        who: list[Cell] = [row.name, row.institution, row.number, _moment(row.received_at), _what(row)]
        yield [*who, row.question, row.response, _cell(row.raw), _cell(row.max)]


def _what(row: AnswerRow) -> str:
    """The whole or a part; marked where it is no result yet."""
    place = WHOLE if row.is_whole else PART
    return f"{place}, {AT_WORK} (interacted)" if row.verb == "interacted" else place


def _yes(holds: bool) -> str:
    return "tak" if holds else "nie"


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _percent(share: float | Decimal | None) -> Cell:
    return "" if share is None else _cell(float(share) * 100)


def _cell(number: float | None) -> Cell:
    """Two places at most, without noughts at the end."""
    return "" if number is None else Decimal(_number(number).replace(",", ".").replace("−", "-"))


def _number(number: float) -> str:
    text = wording.decimal(number)
    return text.rstrip("0").removesuffix(",")
