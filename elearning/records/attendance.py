"""Who was there: the only writer of marks besides reports of meetings, and the reader of what they come to.

Marks are only ever added, as a block was named then; what several sources come to is said by `presence.resolve`. A
mark that says what its author has said last adds nothing: two tabs and double clicks leave one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User

from .models import AttendanceMark, Registration
from .places import Standing
from .presence import CERTIFICATE_SHARE, Mark, Presence, Resolution, Source, Verdict, resolve
from .presence import verdict as verdict_on
from .schedule import Block, Day
from .training import CHECK_IN_BEFORE, Training

LONGEST_TOPIC = 255
MARK = ("block", "source", "presence", "at", "by_id")
NO_PLACE = "{} nie ma miejsca w\xa0tym szkoleniu, więc nie zaznaczysz obecności. Najpierw przyjmij zgłoszenie."
CALLED_OFF = "To wydarzenie jest odwołane, więc nie ma na nim obecności."


class Refused(Exception):
    """Nobody can say so; the text says in Polish why and what to do."""


class ScanState(StrEnum):
    """What became of a scan of the code of a day."""

    CHECKED_IN = "checked_in"
    ALREADY = "already"
    EARLY = "early"
    OVER = "over"
    NO_PLACE = "no_place"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Scan:
    """What became of a scan. `at` is when presence was confirmed, or for one too early the moment it will work from."""

    state: ScanState
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says that somebody was there, and by what: `by` is empty only for the person's own scan; now, if not `at`."""

    source: Source
    by: User | None
    note: str = ""
    at: datetime | None = None


def mark(
    registration: Registration, training: Training, block_ids: Iterable[UUID], presence: Presence, voice: Voice
) -> int:
    """Write what a voice says of one registration in some blocks; how many marks are new.

    Raises `Refused` for somebody without a place, `KeyError` for a block that is not of the training. Three queries.
    """
    return mark_all(training, {registration.pk: presence}, block_ids, voice)


def mark_all(training: Training, said: Mapping[int, Presence], block_ids: Iterable[UUID], voice: Voice) -> int:
    """The same for several registrations by their keys, as many queries: all of it is written, or nothing."""
    blocks = _blocks(training)
    chosen = [blocks[key] for key in block_ids]
    moment = voice.at or timezone.now()
    with transaction.atomic():
        locked = Registration.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(said)
        for registration in locked.values():
            _ask(training, registration)
        known = _said_last(locked, voice)
        rows = [
            AttendanceMark(
                registration=registration,
                block=block.id,
                day=day.date,
                topic=block.topic[:LONGEST_TOPIC],
                hours=block.hours,
                source=voice.source,
                presence=said[key],
                note=voice.note,
                at=moment,
                by=voice.by,
            )
            for key, registration in locked.items()
            for day, block in chosen
            if known.get((key, block.id)) != (said[key], voice.note)
        ]
        AttendanceMark.objects.bulk_create(rows)
    return len(rows)


def decide(
    registration: Registration,
    training: Training,
    block_ids: Iterable[UUID],
    presence: Presence,
    *,
    by: User,
    note: str = "",
) -> int:
    """What a person decides who looked at all that was said: it goes before the sources, and they stay. As `mark`."""
    return mark(registration, training, block_ids, presence, Voice(source=Source.DECISION, by=by, note=note))


def scan(training: Training, day: Day, registration: Registration, now: datetime) -> Scan:
    """What the scan of the code of a day means at that moment; in time it marks the blocks that have not ended.

    The running block counts as late when more than the lateness of the rule has passed; ended ones stay without a mark.
    Repeated, it tells when presence was confirmed first, and marks nothing anew.
    """
    if training.is_called_off:
        return Scan(ScanState.CALLED_OFF)
    if registration.standing != Standing.ADMITTED:
        return Scan(ScanState.NO_PLACE)
    with transaction.atomic():
        locked = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        keys = [block.id for block in day.blocks]
        marks = AttendanceMark.objects.filter(registration=locked, source=Source.QR, block__in=keys).order_by(
            "at", "pk"
        )
        if first := marks.first():
            return Scan(ScanState.ALREADY, first.at)
        opens = day.starts_at - CHECK_IN_BEFORE
        if now < opens:
            return Scan(ScanState.EARLY, opens)
        if now >= day.ends_at:
            return Scan(ScanState.OVER, day.ends_at)
        for presence, blocks in _met(training, day, now).items():
            mark(locked, training, blocks, presence, Voice(source=Source.QR, by=None, at=now))
    return Scan(ScanState.CHECKED_IN, now)


def scanned_at(registration: Registration, day: Day) -> datetime | None:
    """When somebody first scanned the code of that day; None for not yet. One query."""
    keys = [block.id for block in day.blocks]
    marks = AttendanceMark.objects.filter(registration=registration, source=Source.QR, block__in=keys)
    return marks.order_by("at", "pk").values_list("at", flat=True).first()


def presences(training: Training) -> dict[int, dict[UUID, Resolution]]:
    """What the marks come to, by registration and block. One query."""
    marks = AttendanceMark.objects.filter(registration__training=training.page_id)
    return _resolved(marks.order_by("at", "pk").values_list("registration_id", *MARK))


def presences_of(registration: Registration) -> dict[UUID, Resolution]:
    """The same for one registration. One query."""
    marks = AttendanceMark.objects.filter(registration=registration.pk)
    found = _resolved(marks.order_by("at", "pk").values_list("registration_id", *MARK))
    return found.get(registration.pk, {})


def verdict_of(training: Training, registration: Registration) -> Verdict:
    """Whether the presence of one person is enough for a certificate, with the figures. One query."""
    return _verdict(training, presences_of(registration))


def verdicts(training: Training) -> dict[int, Verdict]:
    """The same for everybody with a place, by registration; nobody was there of whom nothing was said. Two queries."""
    known = presences(training)
    admitted = Registration.objects.admitted().filter(training=training.page_id).values_list("pk", flat=True)
    return {key: _verdict(training, known.get(key, {})) for key in admitted.order_by("pk")}


def _resolved(rows: Iterable[tuple[int, UUID, str, str, datetime, int | None]]) -> dict[int, dict[UUID, Resolution]]:
    said: dict[int, dict[UUID, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for key, block, source, presence, at, by in rows:
        said[key][block].append(Mark(Source(source), Presence(presence), at, str(by or "")))
    return {key: {block: resolve(marks) for block, marks in blocks.items()} for key, blocks in said.items()}


def _verdict(training: Training, known: Mapping[UUID, Resolution]) -> Verdict:
    settled = {block: each.presence for block, each in known.items() if each.presence is not None}
    needed = training.needed if training.needed is not None else CERTIFICATE_SHARE
    return verdict_on(training.schedule.days, settled, needed=needed)


def _blocks(training: Training) -> dict[UUID, tuple[Day, Block]]:
    return {block.id: (day, block) for day in training.schedule.days for block in day.blocks}


def _ask(training: Training, registration: Registration) -> None:
    if training.is_called_off:
        raise Refused(CALLED_OFF)
    if registration.training_id != training.page_id:
        raise ValueError(f"Registration {registration.pk} is one for another training.")
    if registration.standing != Standing.ADMITTED:
        raise Refused(NO_PLACE.format(registration.name))


def _said_last(registrations: Collection[int], voice: Voice) -> dict[tuple[int, UUID], tuple[str, str]]:
    """What this voice said last of each registration and block: presence and note.

    A decision that something was said after has to be made anew, even if it is the same.
    """
    said: dict[tuple[int, UUID], tuple[str, str]] = {}
    marks = AttendanceMark.objects.filter(registration__in=registrations).order_by("at", "pk")
    rows = marks.values_list("registration_id", "block", "source", "by_id", "presence", "note")
    for key, block, said_by, person, presence, note in rows:
        if said_by == voice.source and person == (voice.by.pk if voice.by else None):
            said[key, block] = presence, note
        elif voice.source is Source.DECISION:
            said.pop((key, block), None)
    return said


def _met(training: Training, day: Day, now: datetime) -> dict[Presence, list[UUID]]:
    """The blocks of a day that somebody meets who comes now."""
    found: dict[Presence, list[UUID]] = defaultdict(list)
    for block in day.blocks:
        if day.moment(block.end) <= now:
            continue
        late = (now - day.moment(block.start)).total_seconds() > 60 * training.presence.lateness
        found[Presence.LATE if late else Presence.PRESENT].append(block.id)
    return found
