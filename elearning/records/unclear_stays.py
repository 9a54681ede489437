"""Stays in meetings of which nobody could tell whose they are: the queue, and what people decide about it.

Nobody is guessed. What a person decides is kept with who and when, and the presence of the registration is worked out
anew from all its stays.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User

from . import attendance_import
from .models import AttendanceMark, AttendanceReport, MeetingStay, Registration
from .presence import COUNTS, Interval, Source, in_blocks, union
from .schedule import Mode
from .training import Training

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Group:
    """The waiting stays of one name and address. `candidates` are an offer, the likeliest first.

    `earlier` is the registration that a person once gave the same name and address to in this training; None where
    nobody did, or that was nobody of ours.
    """

    stays: tuple[MeetingStay, ...]
    reasons: tuple[str, ...]
    candidates: tuple[Registration, ...]
    earlier: Registration | None = None

    @property
    def key(self) -> int:
        """What names the group in a form: the key of its first stay."""
        return self.stays[0].pk

    @property
    def name(self) -> str:
        return self.stays[0].name

    @property
    def email(self) -> str:
        return self.stays[0].email

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(stay.pk for stay in self.stays)

    @property
    def times(self) -> tuple[Interval, ...]:
        """When they were there, rejoining merged, in UTC."""
        return union(self.stays)

    @property
    def minutes(self) -> int:
        return sum((left - joined for joined, left in self.times), timedelta(0)) // MINUTE


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person decided about stays by their keys: whose they are, by the key of a registration, or nobody’s."""

    stays: frozenset[int]
    registration: int | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of settlements: how many were kept, and the stays that somebody else had settled before."""

    kept: int
    taken: tuple[MeetingStay, ...] = ()


def waiting(training_id: int) -> tuple[Group, ...]:
    """The queue in the order in which it came. Three queries."""
    stays = MeetingStay.objects.filter(report__training_id=training_id)
    groups: dict[tuple[str, str], list[MeetingStay]] = defaultdict(list)
    for stay in stays.filter(registration=None, settled_at=None).select_related("report").order_by("report", "line"):
        groups[_plain(stay)].append(stay)
    if not groups:
        return ()
    settled = stays.filter(registration__isnull=False, settled_at__isnull=False).order_by("settled_at")
    earlier = {_plain(stay): stay.registration_id for stay in settled.only("name", "email", "registration_id")}
    wanted = {key for group in groups.values() for stay in group for key in stay.candidates} | set(earlier.values())
    people = Registration.objects.filter(training_id=training_id).select_related("institution").in_bulk(wanted)
    return tuple(_group(group, earlier.get(key), people) for key, group in groups.items())


def number_waiting(training_id: int) -> int:
    """How many names and addresses wait. One query."""
    stays = MeetingStay.objects.filter(report__training_id=training_id, registration=None, settled_at=None)
    return len({_plain(stay) for stay in stays.only("name", "email")})


def settled(training_id: int, most: int) -> list[MeetingStay]:
    """The last stays that people settled, the newest first, with who did and whose they became. One query."""
    stays = MeetingStay.objects.filter(report__training_id=training_id, settled_at__isnull=False)
    return list(stays.select_related("registration", "settled_by").order_by("-settled_at", "pk")[:most])


@transaction.atomic
def settle(training: Training, settlements: Sequence[Settlement], *, by: User) -> Settled:
    """Keep decisions, each whole or not at all: of stays that somebody else settled meanwhile nothing is changed.

    The presence of each registration concerned is worked out anew: marks are added. Raises `Registration.DoesNotExist`
    for one of another training.
    """
    attendance_import.lock(training)
    _require(training, {each.registration for each in settlements if each.registration is not None})
    wanted = {key for each in settlements for key in each.stays}
    stays = MeetingStay.objects.filter(report__training_id=training.page_id)
    known = stays.select_related("registration", "settled_by").in_bulk(wanted)
    free = {key for key, stay in known.items() if stay.settled_at is None and stay.registration_id is None}
    kept = [each for each in settlements if each.stays and each.stays <= free]
    targets: dict[int | None, set[int]] = defaultdict(set)
    for each in kept:
        targets[each.registration] |= each.stays
    now = timezone.now()
    for registration, keys in targets.items():
        stays.filter(pk__in=keys).update(registration_id=registration, settled_at=now, settled_by=by)
    _work_out(training, {key for key in targets if key is not None}, known, by=by)
    taken = {key for each in settlements if each not in kept for key in each.stays if key not in free}
    return Settled(len(kept), tuple(known[key] for key in sorted(taken) if key in known))


def _group(stays: list[MeetingStay], earlier: int | None, people: Mapping[int, Registration]) -> Group:
    before = people.get(earlier) if earlier is not None else None
    keys = dict.fromkeys(
        [*([earlier] if earlier is not None else []), *(key for stay in stays for key in stay.candidates)]
    )
    return Group(
        stays=tuple(stays),
        reasons=tuple(dict.fromkeys(stay.reason for stay in stays if stay.reason)),
        candidates=tuple(people[key] for key in keys if key in people),
        earlier=before,
    )


def _require(training: Training, registrations: set[int]) -> None:
    found = Registration.objects.filter(training_id=training.page_id, pk__in=registrations).count()
    if found != len(registrations):
        raise Registration.DoesNotExist


def _work_out(training: Training, registrations: set[int], known: Mapping[int, MeetingStay], *, by: User) -> None:
    """Marks for the registrations that got stays, in the blocks of which a report told, or in which they now count."""
    if not registrations:
        return
    days = attendance_import.counted(training.schedule.days)
    marks = AttendanceMark.objects.filter(registration__training_id=training.page_id, source=Source.IMPORT)
    told = set(marks.order_by().values_list("block", flat=True).distinct())
    spans = attendance_import.stays_of(training, registrations)
    found = {}
    for key in registrations:
        blocks = in_blocks(days, spans[key], training.presence)
        found[key] = {each: there for each, there in blocks.items() if each in told or there.presence in COUNTS}
    newest = max(stay.report_id for stay in known.values())
    attendance_import.add_marks(
        training,
        days,
        found,
        report=AttendanceReport.objects.get(pk=newest),
        by=by,
        says_absence=training.schedule.mode is Mode.ONLINE,
    )


def _plain(stay: MeetingStay) -> tuple[str, str]:
    """What makes stays one group: the name and the address, whatever their case."""
    return " ".join(stay.name.casefold().split()), stay.email.casefold()
