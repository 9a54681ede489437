"""Attendance from reports of conferencing tools: what a file would say, and reading it in once.

A report is a voice among others: its marks are added beside those of paper, QR and trainers. They are worked out from
all stays of a person in all reports of the training, so a second file of the same day completes the first one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User
from elearning.cms.alphabet import alphabetical

from .meeting_reports import Report, Stay, read
from .meeting_reports.matching import Registered, match
from .models import AttendanceMark, AttendanceReport, MeetingStay, Registration, TrainingBook
from .places import Standing
from .presence import COUNTS, InBlock, PresenceRule, Source, Span, in_blocks
from .schedule import Block, Day, Mode
from .training import Training

ADMITTED = Standing.ADMITTED
BATCH = 1000  # rows of one statement, where the database takes as many
LONGEST_NAME, LONGEST_EMAIL, LONGEST_REASON, LONGEST_TOPIC = 255, 254, 500, 255
NO_DAYS = "Program nie ma jeszcze ani jednego dnia. Dodaj dni na stronie wydarzenia, a\xa0potem wczytaj raport."
ON_SITE = (
    "To wydarzenie jest na miejscu, więc nie ma raportu ze spotkania. Jeśli część osób była online, zmień tryb na "
    "stronie wydarzenia."
)
NO_PLACE = "To zgłoszenie nie ma miejsca ({}). Rozstrzygnij, czy policzyć obecność."


class Refused(Exception):
    """No report can be read in for this training; the text says in Polish why."""


class AlreadyRead(Exception):
    """The same file was read in for this training before; `report` is that time."""

    def __init__(self, report: AttendanceReport) -> None:
        super().__init__(report.pk)
        self.report = report


class Stale(Exception):
    """Since the preview something has changed that would make another import of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a file says of one registration: its stays in this file, and how it was there in each block told of."""

    person: Registration
    stays: tuple[Stay, ...]
    blocks: Mapping[UUID, InBlock]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Stays of one name and address that a person has to give to a registration, or to nobody."""

    stays: tuple[Stay, ...]
    reason: str
    candidates: tuple[Registration, ...]


@dataclass(frozen=True)
class Plan:
    """What reading a file in would do.

    `days` are those the file tells of, with the blocks it tells of: those in which it finds somebody present. Of other
    blocks nothing is said: the meeting of another day is another file. `people` and `missing` are in the order of the
    alphabet; `missing` have a place, no stay, and are not among those the unclear may be. `new` are the stays which no
    earlier file had.
    """

    report: Report
    sha256: str
    new: tuple[Stay, ...]
    days: tuple[Day, ...]
    people: tuple[Line, ...]
    unclear: tuple[Doubt, ...]
    missing: tuple[Registration, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for day in self.days for block in day.blocks)

    @property
    def known(self) -> int:
        """How many stays an earlier file had already."""
        return len(self.report.stays) - len(self.new)

    @cached_property
    def fingerprint(self) -> str:
        """Two plans with the same one do the same."""
        parts: list[object] = [self.sha256, len(self.new), [person.pk for person in self.missing]]
        for line in self.people:
            told = [(key.hex, found.presence.value, found.minutes) for key, found in line.blocks.items()]
            parts.append((line.person.pk, told))
        parts += [(doubt.stays[0].line, [person.pk for person in doubt.candidates]) for doubt in self.unclear]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def refusal(training: Training) -> str:
    """Why no report can be read in for it, in Polish; empty where one can."""
    if not training.schedule.days:
        return NO_DAYS
    return ON_SITE if training.schedule.mode is Mode.ON_SITE else ""


def counted(days: Iterable[Day]) -> tuple[Day, ...]:
    """The days with the blocks in which presence counts: those with teaching hours, or all where none has any."""
    days = tuple(days)
    if not any(day.hours for day in days):
        return days
    left = (replace(day, blocks=tuple(block for block in day.blocks if block.hours)) for day in days)
    return tuple(day for day in left if day.blocks)


def preview(training: Training, data: bytes) -> Plan:
    """What the bytes of a file would say. Three queries.

    Raises `Refused`, `AlreadyRead`, and `meeting_reports.Unreadable` for what is no report of this training.
    """
    if why_not := refusal(training):
        raise Refused(why_not)
    sha256 = hashlib.sha256(data).hexdigest()
    before = AttendanceReport.objects.select_related("imported_by")
    if earlier := before.filter(training_id=training.page_id, sha256=sha256).first():
        raise AlreadyRead(earlier)
    days = training.schedule.days
    report = read(data, zone=days[0].zone, days=[day.date for day in days])
    return _plan(training, report, sha256)


@transaction.atomic
def read_in(
    training: Training, data: bytes, *, file_name: str, by: User, seen: str, absent: bool = False
) -> AttendanceReport:
    """Keep what a file says, all of it or nothing, as it was previewed.

    `seen` is the fingerprint of the preview. With `absent` those missing in the file were absent in the blocks it tells
    of. Raises as `preview` does, and `Stale`. A second click finds the file read in: `AlreadyRead`.
    """
    lock(training)
    plan = preview(training, data)
    if plan.fingerprint != seen:
        raise Stale
    report = AttendanceReport.objects.create(
        training_id=training.page_id,
        file_name=file_name[-255:],
        sha256=plan.sha256,
        tool=plan.report.tool.value,
        encoding=plan.report.encoding,
        lines=len(plan.report.stays),
        faults=[{"line": fault.line, "text": fault.text} for fault in plan.report.faults],
        imported_at=timezone.now(),
        imported_by=by,
    )
    MeetingStay.objects.bulk_create(_stay_rows(plan, report), batch_size=BATCH)
    found = {line.person.pk: line.blocks for line in plan.people}
    if absent:
        found |= {person.pk: in_blocks(plan.days, (), training.presence) for person in plan.missing}
    says_absence = absent or training.schedule.mode is Mode.ONLINE
    add_marks(training, plan.days, found, report=report, by=by, says_absence=says_absence)
    return report


def lock(training: Training) -> None:
    """Wait for whoever is at the reports of this training; to be called in a transaction."""
    TrainingBook.objects.get_or_create(page_id=training.page_id, defaults={"title": training.title})
    TrainingBook.objects.select_for_update().get(page_id=training.page_id)


def stays_of(training: Training, registrations: Collection[int]) -> dict[int, tuple[Span, ...]]:
    """All stays of these registrations in the reports of this training, by the key of the registration. One query."""
    found: dict[int | None, list[Span]] = defaultdict(list)
    kept = MeetingStay.objects.filter(report__training_id=training.page_id, registration_id__in=registrations)
    for stay in kept.only("registration_id", "joined", "left"):
        found[stay.registration_id].append(stay)
    return {key: tuple(spans) for key, spans in found.items() if key is not None}


def add_marks(
    training: Training,
    days: Iterable[Day],
    found: Mapping[int, Mapping[UUID, InBlock]],
    *,
    report: AttendanceReport,
    by: User,
    says_absence: bool,
) -> int:
    """Marks of the source „report” for what was found, by the key of the registration; how many. Two queries and more
    for each thousand.

    What the newest such mark says already is not said again. Where `says_absence` is not, somebody without a minute in
    a block gets no mark: at a training on site and online they may have been in the room.
    """
    blocks = {block.id: (day, block) for day in days for block in day.blocks}
    told = _newest(training, found)
    now = timezone.now()
    rows = [
        AttendanceMark(
            registration_id=key,
            block=block.id,
            day=day.date,
            topic=block.topic[:LONGEST_TOPIC],
            hours=block.hours,
            source=Source.IMPORT,
            presence=there.presence,
            minutes=there.minutes,
            at=now,
            by=by,
            report=report,
        )
        for key, presences in found.items()
        for (day, block), there in ((blocks[each], presences[each]) for each in presences if each in blocks)
        if (there.there or says_absence) and told.get((key, block.id)) != (there.presence, there.minutes)
    ]
    return len(AttendanceMark.objects.bulk_create(rows, batch_size=BATCH))


def _newest(training: Training, wanted: Iterable[int]) -> dict[tuple[int, UUID], tuple[str, int | None]]:
    """What reports said last of each registration in each block: presence and minutes."""
    marks = AttendanceMark.objects.filter(registration__training_id=training.page_id, source=Source.IMPORT)
    keys = set(wanted)
    rows = marks.order_by("at", "pk").values_list("registration_id", "block", "presence", "minutes")
    return {(key, block): (presence, minutes) for key, block, presence, minutes in rows if key in keys}


def _plan(training: Training, report: Report, sha256: str) -> Plan:
    earlier: dict[int, list[Span]] = defaultdict(list)
    known = set()
    spoken_of: set[int] = set()
    for stay in MeetingStay.objects.filter(report__training_id=training.page_id):
        known.add((stay.name, stay.email, stay.joined, stay.left))
        if stay.registration_id is not None:
            earlier[stay.registration_id].append(stay)
        elif stay.settled_at is None:
            spoken_of.update(stay.candidates)
    new = tuple(stay for stay in report.stays if _key(stay) not in known)
    people = {person.pk: person for person in people_of(training.page_id)}
    found, unclear = _matched(new, people)
    days = _told(counted(training.schedule.days), report.stays, training.presence)
    lines = [
        Line(people[key], stays, in_blocks(days, [*earlier[key], *stays], training.presence))
        for key, stays in found.items()
    ]
    spoken_of |= {*found, *(person.pk for doubt in unclear for person in doubt.candidates)}
    spoken_of |= {key for key, spans in earlier.items() if _is_there(days, spans)}
    missing = (person for key, person in people.items() if key not in spoken_of and person.standing == ADMITTED)
    return Plan(
        report=report,
        sha256=sha256,
        new=new,
        days=days,
        people=tuple(sorted(lines, key=lambda line: by_name(line.person))),
        unclear=unclear,
        missing=tuple(sorted(missing, key=by_name)),
    )


def people_of(training_id: int) -> list[Registration]:
    """The registrations that stays may belong to, with their institutions. One query.

    Of several with one address and name, that which is on its way, else the last.
    """
    rows = Registration.objects.filter(training_id=training_id).select_related("institution")
    found: dict[tuple[str, str], Registration] = {}
    for person in rows.defer("answers", "criteria", "accessibility_needs").order_by("pk"):
        key = (person.email.casefold(), " ".join(person.name.casefold().split()))
        if key not in found or person.is_open or not found[key].is_open:
            found[key] = person
    return list(found.values())


def by_name(person: Registration) -> tuple[Any, ...]:
    """The order of lists of people: by surname, first name, then who came first."""
    return alphabetical(f"{person.last_name} {person.first_name}"), person.pk


def _matched(
    stays: Sequence[Stay], people: Mapping[int, Registration]
) -> tuple[dict[int, tuple[Stay, ...]], tuple[Doubt, ...]]:
    """The stays of those who have a place, and those for a person to settle; the presence of others is one of these."""
    matching = match(stays, [Registered(person.pk, person.name, person.email) for person in people.values()])
    found, unclear = {}, []
    for key, group in matching.matched.items():
        if people[key].standing == ADMITTED:
            found[key] = group
        else:
            unclear.append(Doubt(group, NO_PLACE.format(people[key].get_standing_display()), (people[key],)))
    for each in matching.unclear:
        unclear.append(Doubt(each.stays, each.reason, tuple(people[key] for key in each.candidates)))
    return found, tuple(sorted(unclear, key=lambda doubt: doubt.stays[0].line))


def _told(days: Iterable[Day], stays: Sequence[Stay], rule: PresenceRule) -> tuple[Day, ...]:
    """The days with the blocks in which somebody of the file counts as present."""
    if not stays:
        return ()
    begins, ends = min(stay.joined for stay in stays), max(stay.left for stay in stays)
    people: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        people[stay.email, stay.name].append(stay)
    found = []
    for day in days:
        blocks = day.blocks if day.starts_at < ends and day.ends_at > begins else ()
        told = tuple(block for block in blocks if _is_told(replace(day, blocks=(block,)), people.values(), rule))
        if told:
            found.append(replace(day, blocks=told))
    return tuple(found)


def _is_told(day: Day, people: Iterable[Sequence[Stay]], rule: PresenceRule) -> bool:
    return any(found.presence in COUNTS for stays in people for found in in_blocks([day], stays, rule).values())


def _is_there(days: Iterable[Day], spans: Sequence[Span]) -> bool:
    return any(found.there for found in in_blocks(days, spans, PresenceRule()).values())


def _key(stay: Stay) -> tuple[str, str, datetime, datetime]:
    """What tells a stay again, as it is kept."""
    return stay.name[:LONGEST_NAME], stay.email[:LONGEST_EMAIL], stay.joined, stay.left


def _stay_rows(plan: Plan, report: AttendanceReport) -> Iterator[MeetingStay]:
    for line in plan.people:
        for stay in line.stays:
            yield _stay_row(stay, report, registration=line.person)
    for doubt in plan.unclear:
        keys = [person.pk for person in doubt.candidates]
        for stay in doubt.stays:
            yield _stay_row(stay, report, reason=doubt.reason[:LONGEST_REASON], candidates=keys)


def _stay_row(stay: Stay, report: AttendanceReport, **facts: Any) -> MeetingStay:
    name, email, joined, left = _key(stay)
    return MeetingStay(report=report, line=stay.line, name=name, email=email, joined=joined, left=left, **facts)
