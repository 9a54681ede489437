"""Who was there, as the organiser’s grid shows it: a row a person, a column a block, and what the sources differ on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from elearning.records import attendance_import, presence
from elearning.records.models import AttendanceMark, Registration
from elearning.records.models.attendance import PRESENCES
from elearning.records.places import Standing
from elearning.records.presence import CERTIFICATE_SHARE, Presence, Resolution, Source, Verdict
from elearning.records.schedule import Block, Day
from elearning.records.training import Training

WORDS = dict(PRESENCES)
ICONS = {
    Presence.PRESENT: "check",
    Presence.LATE: "history",
    Presence.ABSENT: "cross",
    Presence.EXCUSED: "info-circle",
}
DIFFER, DISPUTED, NOTHING = "rozbieżność", "do sprawdzenia", "brak wpisu"
Resolutions = Mapping[int, Mapping[UUID, Resolution]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one person in one block, in words and with an icon of the admin; `note` says what to look at."""

    words: str
    icon: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person; a cell for each block shown, the hours and share of the whole training."""

    person: Registration
    cells: tuple[Cell, ...]
    verdict: Verdict

    @property
    def hours(self) -> str:
        """„12 z 16”, in teaching hours."""
        return f"{_number(self.verdict.earned)} z\xa0{_number(self.verdict.total)}"

    @property
    def share(self) -> str:
        """Whole percents, never rounded up."""
        return f"{int(self.verdict.share * 100)}%"


@dataclass(frozen=True, slots=True)
class Difference:
    """A block of one person about which the sources differ, or say otherwise than the decision.

    `marks` are all that was said, in its order; the last of them is what a decision answers.
    """

    person: Registration
    block: UUID
    marks: tuple[AttendanceMark, ...]
    resolution: Resolution

    @property
    def mark(self) -> AttendanceMark:
        """The newest; it also tells the block in words."""
        return self.marks[-1]

    @property
    def is_decided(self) -> bool:
        return self.resolution.decision is not None

    @property
    def now(self) -> str:
        """What counts at the moment, in words."""
        return WORDS[self.resolution.presence] if self.resolution.presence else "nic, dopóki ktoś nie zdecyduje"


def people_of(training: Training) -> list[Registration]:
    """Those of whom presence is told: with a place, or with a mark; in the order of the alphabet. One query."""
    marked = Exists(AttendanceMark.objects.filter(registration=OuterRef("pk")))
    found = Registration.objects.filter(Q(standing=Standing.ADMITTED) | Q(marked), training=training.page_id)
    found = found.select_related("institution").defer("answers", "criteria", "accessibility_needs")
    return sorted(found, key=attendance_import.by_name)


def days_of(training: Training) -> tuple[Day, ...]:
    """The days with the blocks of the grid: breaks give nothing and are left out."""
    return attendance_import.counted(training.schedule.days)


def rows_of(
    people: Iterable[Registration], blocks: Sequence[Block], resolutions: Resolutions, training: Training
) -> list[Row]:
    """The rows of these people with these blocks."""
    needed = training.needed if training.needed is not None else CERTIFICATE_SHARE
    found = []
    for person in people:
        known = resolutions.get(person.pk, {})
        settled = {key: each.presence for key, each in known.items() if each.presence is not None}
        cells = tuple(cell_of(known.get(block.id)) for block in blocks)
        found.append(Row(person, cells, presence.verdict(training.schedule.days, settled, needed=needed)))
    return found


def cell_of(resolution: Resolution | None) -> Cell:
    """What a cell says."""
    if resolution is None or (resolution.presence is None and not resolution.standing):
        return Cell(NOTHING)
    if resolution.presence is None:
        return Cell(DIFFER, "warning")
    note = DISPUTED if resolution.disputed else ""
    return Cell(WORDS[resolution.presence], "warning" if note else ICONS[resolution.presence], note)


def differing(resolutions: Resolutions, people: Collection[int], blocks: Collection[UUID]) -> list[tuple[int, UUID]]:
    """The person and block of each difference about these people and blocks."""
    return [
        (key, block)
        for key in people
        for block, each in resolutions.get(key, {}).items()
        if (each.is_conflict or each.disputed) and block in blocks
    ]


def differences_of(
    wanted: Sequence[tuple[int, UUID]], people: Mapping[int, Registration], resolutions: Resolutions
) -> list[Difference]:
    """The differences with all that was said about them. One query."""
    marks: dict[tuple[int, UUID], list[AttendanceMark]] = defaultdict(list)
    keys, blocks = {key for key, _block in wanted}, {block for _key, block in wanted}
    rows = AttendanceMark.objects.filter(registration__in=keys, block__in=blocks).select_related("by", "report")
    for mark in rows.order_by("at", "pk"):
        marks[mark.registration_id, mark.block].append(mark)
    found = [
        Difference(people[key], block, tuple(marks[key, block]), resolutions[key][block])
        for key, block in wanted
        if marks[key, block]
    ]
    return sorted(found, key=lambda each: (each.is_decided, each.mark.day, attendance_import.by_name(each.person)))


def on_paper(people: Collection[int], blocks: Collection[UUID]) -> dict[int, str]:
    """What the paper list says now of each of these people, where it says the same of all these blocks. One query."""
    rows = AttendanceMark.objects.filter(registration__in=people, block__in=blocks, source=Source.PAPER)
    newest: dict[int, dict[UUID, str]] = defaultdict(dict)
    for key, block, said in rows.order_by("at", "pk").values_list("registration_id", "block", "presence"):
        newest[key][block] = said
    same = {key: set(said.values()) for key, said in newest.items() if len(said) == len(set(blocks))}
    return {key: said.pop() for key, said in same.items() if len(said) == 1}


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
