"""Registrations read: how many stand where, whose they are, and who is next. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from elearning.accounts.models import User

from . import places
from .models import Registration
from .models.trainings import RegistrationQuerySet
from .places import TAKES_PLACE, Standing
from .registration_moves import entries_of
from .training import Training


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many registrations for a training stand where."""

    unconfirmed: int = 0
    pending: int = 0
    admitted: int = 0
    reserved: int = 0
    offered: int = 0
    cancelled: int = 0
    rejected: int = 0
    lapsed: int = 0

    @property
    def taken(self) -> int:
        """Places that are taken, offered ones included."""
        return self.admitted + self.offered

    @property
    def total(self) -> int:
        """Those on their way, without the ones whose address nobody confirmed."""
        return self.pending + self.admitted + self.reserved + self.offered

    def free(self, capacity: int | None) -> int | None:
        """Places that are free; None for room for all."""
        return None if capacity is None else max(capacity - self.taken, 0)


def numbers(training_ids: Iterable[int]) -> dict[int, Numbers]:
    """The figures of each of these trainings, those without registrations included. One query."""
    found: dict[int, dict[str, int]] = {training_id: {} for training_id in training_ids}
    rows = Registration.objects.filter(training__in=list(found)).order_by()
    for training_id, standing, count in rows.values_list("training", "standing").annotate(Count("pk")):
        found[training_id][standing] = count
    return {training_id: Numbers(**counts) for training_id, counts in found.items()}


def free_places(training: Training) -> int | None:
    """How many places nobody has or was offered; None for room for all. One query."""
    capacity = training.admission.capacity
    if capacity is None:
        return None
    taken = Registration.objects.filter(training=training.page_id, standing__in=TAKES_PLACE).count()
    return max(capacity - taken, 0)


def position(training: Training, registration: Registration) -> int | None:
    """The place of a registration on the reserve list, from 1; None for one that is not on it. One query."""
    if registration.standing != Standing.RESERVED:
        return None
    order = [entry.key for entry in places.queue(training.admission, entries_of(training.page_id))]
    return order.index(registration.pk) + 1 if registration.pk in order else None


def positions(training: Training) -> dict[int, int]:
    """The places of all registrations on the reserve list, by their keys. One query."""
    order = places.queue(training.admission, entries_of(training.page_id))
    return {entry.key: place for place, entry in enumerate(order, 1)}


def own(user: User) -> RegistrationQuerySet:
    """The registrations of a person, those made without the account from its address included, the newest first."""
    return Registration.objects.of_person(user).order_by("-registered_at", "-pk")


def find(token: UUID) -> Registration | None:
    """The registration whose page that link opens, with its person and institution. One query."""
    return Registration.objects.select_related("user", "institution").filter(token=token).first()
