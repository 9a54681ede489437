"""The only writer of where registrations stand: each move is a row and one message, under the lock of the book."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from elearning.accounts.models import User

from . import places, registration_messages
from .announced import announced, announced_from
from .models import Registration, RegistrationMove, TrainingBook
from .places import Entry, Move, Standing
from .registration_reasons import Reason
from .registration_refusals import Refusal, Refused, lacking
from .training import Training

WITH_PERSON = Registration.objects.select_related("user", "institution")


def entries_of(training_id: int) -> list[Entry]:
    """The registrations on their way as the rule sees them, without those of unconfirmed addresses. One query."""
    fields = ("pk", "number", "standing", "points", "offered_until", "institution_id")
    rows = Registration.objects.filter(training_id=training_id).open().exclude(number=None).values_list(*fields)
    return [Entry(key, number or 0, Standing(standing), *rest) for key, number, standing, *rest in rows.order_by()]


def rules_at(training: Training, now: datetime) -> places.Admission:
    """The rules of a training. Once it has begun nobody moves up by itself, and a place is not offered but given."""
    starts_at = training.schedule.starts_at
    if starts_at is not None and starts_at <= now:
        return replace(training.admission, automatic=False, offer_lasts=None)
    return training.admission


def due(training: Training, entries: Sequence[Entry], now: datetime) -> list[Move]:
    """The moves that come by themselves now; none in a training that was called off."""
    return [] if training.is_called_off else places.moves(rules_at(training, now), entries, now)


class OpenBook:
    """A training whose book is locked until the transaction ends. Make it first of all, inside a transaction."""

    def __init__(self, training: Training, now: datetime) -> None:
        books = TrainingBook.objects.select_for_update(of=("self",))
        self.training, self.now = training, now
        self.book, _ = books.get_or_create(page_id=training.page_id, defaults={"title": training.title})
        if announced_from(self.book.announced) is None:  # later changes are told against what the first person reads
            self.book.announced = {**self.book.announced, **announced(training).as_json()}
            self.book.save(update_fields=["announced"])

    @cached_property
    def entries(self) -> list[Entry]:
        return entries_of(self.training.page_id)

    @cached_property
    def rules(self) -> places.Admission:
        return rules_at(self.training, self.now)

    def read(self, registrations: Iterable[Registration]) -> None:
        """Bring rows that were read before the lock up to date. Raises `Refused` where one was forgotten since."""
        for registration in registrations:
            if registration.training_id != self.training.page_id:
                raise ValueError(f"Registration {registration.pk} is one for another training.")
            try:
                registration.refresh_from_db(from_queryset=WITH_PERSON.all())
            except Registration.DoesNotExist as error:
                raise Refused(Refusal.GONE) from error

    def enter(self, registration: Registration, reason: Reason, *, by: User | None = None) -> None:
        """Give a registration with a confirmed address its number and its standing. `by` is who wrote it down."""
        self.settle()
        self.book.last_number += 1
        self.book.save(update_fields=["last_number"])
        registration.number, registration.confirmed_at = self.book.last_number, self.now
        to = places.standing_of_new(self.rules, self.entries, registration.institution_id)
        self.move(registration, to, reason, by=by)

    def approve(self, registration: Registration, *, by: User, note: str) -> None:
        """A place for one whom the organiser decides about, or the reserve list."""
        to = places.standing_of_approved(self.rules, self.entries, registration.institution_id)
        self.move(registration, to, Reason.APPROVED, by=by, note=note)

    def promote(self, registration: Registration, *, by: User, note: str) -> None:
        """A place for one on the reserve list, whoever waits before. Raises `Refused` where there is none."""
        group = registration.institution_id
        if lack := places.lacks(self.rules, self.entries, group):
            raise lacking(lack, self.rules, self.entries, group)
        made = places.promote(self.rules, _entry(registration), self.now)
        self.move(registration, made.to, Reason.PROMOTED, until=self._deadline(made), by=by, note=note)

    def settle(self) -> int:
        """Make the moves that come by themselves; how many."""
        made = due(self.training, self.entries, self.now)
        rows = WITH_PERSON.in_bulk([move.key for move in made]) if made else {}
        for move in made:
            self.move(rows[move.key], move.to, Reason(move.reason.value), until=self._deadline(move))
        return len(made)

    def move(
        self,
        registration: Registration,
        to: Standing,
        reason: Reason,
        *,
        until: datetime | None = None,
        by: User | None = None,
        note: str = "",
    ) -> None:
        """Write where a registration stands now, the row of the move, and its message."""
        before = self.entries
        came_from = "" if registration._state.adding else registration.standing
        deadline = until or registration.offered_until
        registration.standing, registration.offered_until, registration.changed_at = to, until, self.now
        registration.save()
        if registration.number:
            rest = [entry for entry in before if entry.key != registration.pk]
            self.entries = [*rest, _entry(registration)] if registration.is_open else rest
        written = RegistrationMove.objects.create(
            registration=registration,
            from_standing=came_from,
            to_standing=to,
            reason=reason,
            note=note,
            at=self.now,
            by=by,
        )
        told = registration_messages.Told(self.training, written, self.entries, self.book.sequence, deadline)
        registration_messages.tell(told)

    def _deadline(self, move: Move) -> datetime | None:
        """Of an offer: never after the beginning of the training."""
        starts_at = self.training.schedule.starts_at
        return min(move.until, starts_at) if move.until and starts_at else move.until


def _entry(registration: Registration) -> Entry:
    return Entry(
        registration.pk,
        registration.number or 0,
        Standing(registration.standing),
        registration.points,
        registration.offered_until,
        registration.institution_id,
    )
