"""What the desk counts about trainings. Reads, and writes nothing; each function asks a set number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import Count

from elearning.records import attendance
from elearning.records import registration as registering
from elearning.records.models import AttendanceMark, Certificate, MeetingStay, Registration
from elearning.records.presence import COUNTS, Mark, Presence, Source, resolve
from elearning.records.registration import Numbers
from elearning.records.training import Training


@dataclass(slots=True)
class Figures:
    """How many registrations of one training stand where, who was there, and what waits for a person.

    `present` were there in at least one block; `conflicts` are blocks of a person about which the sources differ.
    """

    numbers: Numbers = field(default_factory=Numbers)
    present: int = 0
    conflicts: int = 0
    certificates: int = 0

    @property
    def resigned(self) -> int:
        """Those who cancelled, were refused, or did not confirm their place in time."""
        return self.numbers.cancelled + self.numbers.rejected + self.numbers.lapsed


def figures(training_ids: Collection[int]) -> dict[int, Figures]:
    """The figures of each of these trainings. Three queries."""
    found = {training: Figures(numbers) for training, numbers in registering.numbers(training_ids).items()}
    for training, present, conflicts in _presence(training_ids):
        found[training].present, found[training].conflicts = present, conflicts
    certificates = (
        Certificate.objects.filter(registration__training__in=training_ids, revoked_at=None)
        .order_by()
        .values_list("registration__training_id")
        .annotate(count=Count("pk"))
    )
    for training, count in certificates:
        found[training].certificates = count
    return found


def unclear(training_id: int) -> int:
    """How many lines of reports wait for a person to say whose they are. One query."""
    return MeetingStay.objects.filter(report__training=training_id, registration=None, settled_at=None).count()


def seen(training_id: int) -> set[int]:
    """The registrations of those who were there in at least one block. One query."""
    return {
        registration
        for _training, registration, presences in _resolved([training_id])
        if any(presence in COUNTS for presence, _differs in presences)
    }


def to_certify(training: Training) -> list[int]:
    """The registrations with a place whose presence is enough for a certificate and that have none. Two queries."""
    if training.needed is None:
        return []
    waiting = set(
        Registration.objects.admitted()
        .filter(training=training.page_id)
        .exclude(pk__in=Certificate.objects.filter(revoked_at=None, enrolment=None).values("registration"))
        .values_list("pk", flat=True)
    )
    return [
        registration
        for registration, verdict in attendance.verdicts(training).items()
        if registration in waiting and verdict.is_met
    ]


def _presence(training_ids: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """Of each training with marks: how many were there, and about how many blocks the sources differ. One query."""
    present: dict[int, int] = defaultdict(int)
    conflicts: dict[int, int] = defaultdict(int)
    for training, _registration, presences in _resolved(training_ids):
        present[training] += any(presence in COUNTS for presence, _differs in presences)
        conflicts[training] += sum(differs for _presence, differs in presences)
    yield from ((training, present[training], conflicts[training]) for training in present)


def _resolved(training_ids: Collection[int]) -> Iterator[tuple[int, int, list[tuple[Presence | None, bool]]]]:
    """The training, the registration, and for each of its blocks the presence and whether sources differ."""
    rows = (
        AttendanceMark.objects.filter(registration__training__in=training_ids)
        .order_by("registration_id", "at", "pk")
        .values_list("registration__training_id", "registration_id", "block", "source", "presence", "at", "by_id")
    )
    for (training, registration), marks in groupby(rows, key=lambda row: (row[0], row[1])):
        blocks: dict[UUID, list[Mark]] = defaultdict(list)
        for _training, _registration, block, source, presence, at, by in marks:
            blocks[block].append(Mark(Source(source), Presence(presence), at, str(by or "")))
        resolved = [resolve(each) for each in blocks.values()]
        yield training, registration, [(each.presence, each.is_conflict or bool(each.disputed)) for each in resolved]
