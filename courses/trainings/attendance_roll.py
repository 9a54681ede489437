"""The trainer’s list: what is known of everybody with a place in blocks of a day, and keeping what the trainer says.

Nobody’s word is written over: of somebody about whom another person or a scan has spoken since the list was opened,
nothing is kept until the trainer has seen it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.dateformat import format as format_date

from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.attendance import Refused, Voice
from elearning.records.attendance_import import by_name
from elearning.records.models import AttendanceMark, Registration
from elearning.records.models.attendance import PRESENCES, SOURCES
from elearning.records.presence import Mark, Presence, Resolution, Source
from elearning.records.schedule import Block, Day
from elearning.records.training import Training

CHOICES = [
    (Presence.PRESENT.value, "obecny"),
    (Presence.LATE.value, "spóźniony"),
    (Presence.ABSENT.value, "nieobecny"),
    (Presence.EXCUSED.value, "usprawiedliwiony"),
]
WORDS = dict(PRESENCES)
SAYS = dict(SOURCES)
PAIR = ("registration_id", "newest")
MEANWHILE = "Od otwarcia listy zapisano coś innego ({}). Jeśli Twoje zaznaczenie ma zostać, zapisz je jeszcze raz."
GONE = "Ta osoba nie ma już miejsca na liście. Odśwież stronę."
Resolutions = Mapping[UUID, Resolution]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The blocks of a day that the list is about, and who says it."""

    training: Training
    day: Day
    blocks: Sequence[Block]
    by: User


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person. `value` is what is chosen, nothing where blocks differ; `seen` the newest mark of anybody else.

    `said` is what was said so far, in words; `differs` says that the sources do.
    """

    person: Registration
    value: str
    seen: int
    said: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one person from a page that showed `was`, when `seen` was the newest mark of anybody else."""

    value: str
    was: str
    seen: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many people something new was kept of, and what was in the way, by person."""

    number: int = 0
    troubles: dict[int, str] = field(default_factory=dict)


def lines_of(part: Part) -> list[Line]:
    """Everybody with a place, in the order of the alphabet. Four queries."""
    people = Registration.objects.admitted().filter(training=part.training.page_id).select_related("institution")
    found = sorted(people.defer("answers", "criteria", "accessibility_needs"), key=by_name)
    known, seen = attendance.presences(part.training), _newest(part)
    names = _names(known.values())
    return [_line(part, person, known.get(person.pk, {}), seen.get(person.pk, 0), names) for person in found]


def keep(part: Part, lines: Iterable[Line], told: Mapping[int, Told]) -> Kept:
    """Keep what differs from what is known. Three queries, for however many people."""
    known = {line.person.pk: line for line in lines}
    said: dict[int, Presence] = {}
    troubles: dict[int, str] = {}
    for key, each in told.items():
        line = known.get(key)
        if line is None:
            troubles[key] = GONE
        elif line.value != each.value and line.seen > each.seen:
            troubles[key] = MEANWHILE.format("; ".join(line.said))
        elif line.value != each.value:
            said[key] = Presence(each.value)
    try:
        blocks = [block.id for block in part.blocks]
        attendance.mark_all(part.training, said, blocks, Voice(source=Source.TRAINER, by=part.by))
    except Refused as error:
        return Kept(0, troubles | dict.fromkeys(said, str(error)))
    return Kept(len(said), troubles)


def _newest(part: Part) -> dict[int, int]:
    """The newest mark of anybody but this trainer, by person. One query."""
    marks = AttendanceMark.objects.filter(
        registration__training=part.training.page_id, block__in=[block.id for block in part.blocks]
    )
    others = marks.exclude(Q(source=Source.TRAINER) & Q(by=part.by))
    return dict(others.order_by().values("registration_id").annotate(newest=Max("pk")).values_list(*PAIR))


def _names(known: Iterable[Resolutions]) -> dict[str, str]:
    """The names of those who said something, by their key as marks have it. One query."""
    keys = {mark.by for each in known for resolution in each.values() for mark in _marks(resolution) if mark.by}
    return {str(user.pk): user.get_full_name() or user.email for user in User.objects.filter(pk__in=keys)}


def _marks(resolution: Resolution) -> tuple[Mark, ...]:
    return (resolution.decision, *resolution.standing) if resolution.decision else resolution.standing


def _line(part: Part, person: Registration, known: Resolutions, seen: int, names: Mapping[str, str]) -> Line:
    found = [known.get(block.id) for block in part.blocks]
    me = str(part.by.pk)
    values = {_value(resolution, me) for resolution in found}
    said = [_said(resolution, me, names, part.day.date) for resolution in found]
    if len(set(said)) == 1:
        words = said[0]
    else:
        words = tuple(
            f"{block.start:%H:%M}–{block.end:%H:%M}: {'; '.join(each) or 'brak wpisu'}"
            for block, each in zip(part.blocks, said, strict=True)
        )
    return Line(
        person=person,
        value=values.pop() if len(values) == 1 else "",
        seen=seen,
        said=words,
        differs=any(each is not None and (each.is_conflict or bool(each.disputed)) for each in found),
    )


def _value(resolution: Resolution | None, me: str) -> str:
    """What counts now; where sources differ, what this trainer said."""
    if resolution is None:
        return ""
    if resolution.presence is not None:
        return resolution.presence.value
    own = (mark.presence.value for mark in resolution.standing if mark.source is Source.TRAINER and mark.by == me)
    return next(own, "")


def _said(resolution: Resolution | None, me: str, names: Mapping[str, str], day: date) -> tuple[str, ...]:
    """„kod QR, 8:52: obecność”, „Ty, 9:05: nieobecność”."""
    if resolution is None:
        return ()
    return tuple(f"{_who(mark, me, names)}, {_when(mark, day)}: {WORDS[mark.presence]}" for mark in _marks(resolution))


def _who(mark: Mark, me: str, names: Mapping[str, str]) -> str:
    if mark.source in (Source.QR, Source.IMPORT):
        return SAYS[mark.source]
    name = "Ty" if mark.by == me else names.get(mark.by, "")
    return name if mark.source is Source.TRAINER else f"{SAYS[mark.source]} ({name})"


def _when(mark: Mark, day: date) -> str:
    at = timezone.localtime(mark.at)
    return format_date(at, "G:i" if at.date() == day else "j.m.Y, G:i")
