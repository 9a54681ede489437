"""The verbs of registrations for trainings: register, confirm, accept, cancel, decide, settle.

Each is one transaction with the row of the training's book locked, and idempotent: double clicks and retries give the
same result as one calm request, and one message. Who gets a place is decided by `places` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from elearning.accounts.models import User

from . import registration_forgetting, registration_messages
from .models import AcceptedClause, Invitation, Registration
from .places import Standing
from .registration_moves import OpenBook, due, entries_of
from .registration_numbers import Numbers, find, free_places, numbers, own, position, positions
from .registration_reasons import Reason
from .registration_refusals import Refusal, Refused, ask_clauses, ask_not_over, ask_window
from .training import Clause, Training, Window

__all__ = [
    "Applicant",
    "Decided",
    "Numbers",
    "Reason",
    "Refusal",
    "Refused",
    "Registered",
    "accept",
    "cancel",
    "confirm",
    "decide",
    "find",
    "free_places",
    "numbers",
    "own",
    "position",
    "positions",
    "register",
    "settle",
]

# Decisions in one transaction: half a second of work, in which SQLite lets nobody else write.
CHUNK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What somebody says who asks for a place.

    `answers` are those to the extra questions: id, question, answer. `criteria` are those the person says to meet: id,
    text, points; what counts are the ids. `clauses` are the accepted ones. `user` is who is signed in, `invitation` the
    one whose secret link was opened. `written_by` is the organiser who writes down what came on paper or by telephone,
    and answers for the address; the window, invitations and accounts do not count then.
    """

    first_name: str
    last_name: str
    email: str
    institution_id: int | None = None
    institution_name: str = ""
    function: str = ""
    accessibility_needs: str = ""
    answers: Sequence[dict[str, Any]] = ()
    criteria: Sequence[dict[str, Any]] = ()
    clauses: Sequence[Clause] = ()
    user: User | None = None
    invitation: Invitation | None = None
    written_by: User | None = None

    @property
    def address(self) -> str:
        """The address in its one spelling."""
        return self.email.strip().lower()


class Registered(NamedTuple):
    """`is_new` is false for somebody who was registered already: nothing was changed, and no message of it written.

    Whose registration that is, nobody has shown who only typed the address: do not show it to them.
    """

    registration: Registration
    is_new: bool


class Decided(NamedTuple):
    """What became of one registration in a decision about many: as it stands now, and why it was refused, if so."""

    registration: Registration
    refused: Refused | None = None


def register(training: Training, applicant: Applicant, *, now: datetime | None = None) -> Registered:
    """Ask for a place. Raises `Refused` and changes nothing where the training does not allow it.

    The known owner of the address gets a number and a standing at once; others a letter with the link to `confirm`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        book = OpenBook(training, moment)
        known = list(_known(training, applicant))
        is_proven = _owns_address(applicant)
        standing = [one for one in known if one.standing != Standing.UNCONFIRMED or not is_proven]
        if standing:
            if standing[0].standing == Standing.UNCONFIRMED:
                registration_messages.remind_to_confirm(training, standing[0], moment)
            return Registered(standing[0], is_new=False)
        _ask(training, applicant, moment)
        # What somebody once said with this address counts no more than what its owner says now.
        registration_forgetting.discard(known)
        registration = _registration(training, applicant, moment)
        if is_proven:
            book.enter(registration, Reason.REGISTERED, by=applicant.written_by)
        else:
            book.move(registration, Standing.UNCONFIRMED, Reason.REGISTERED)
        _keep_clauses(training, registration, applicant.clauses)
        _invitations(training, applicant).update(registration=registration)
    return Registered(registration, is_new=True)


def confirm(training: Training, registration: Registration, *, now: datetime | None = None) -> Registration:
    """Confirm the address: it gets its number in the order of sign-ups and its standing. The registration, up to date.

    Possible until the training is over. Raises `Refused`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        book = OpenBook(training, moment)
        book.read([registration])
        if not registration.is_open:
            raise Refused(Refusal.ENDED)
        if registration.standing == Standing.UNCONFIRMED:
            ask_not_over(training, moment)
            book.enter(registration, Reason.ADDRESS_CONFIRMED)
    return registration


def accept(training: Training, registration: Registration, *, now: datetime | None = None) -> Registration:
    """Confirm the place that was offered, before its deadline. Raises `Refused`. The registration, up to date."""
    moment = now or timezone.now()
    with transaction.atomic():
        book = OpenBook(training, moment)
        book.read([registration])
        if registration.standing == Standing.ADMITTED:
            return registration
        ask_not_over(training, moment)
        if registration.standing == Standing.LAPSED:
            raise Refused(Refusal.OFFER_LAPSED)
        if registration.standing != Standing.OFFERED:
            raise Refused(Refusal.NOT_OFFERED)
        if registration.offered_until is not None and registration.offered_until <= moment:
            raise Refused(Refusal.OFFER_LAPSED)
        book.move(registration, Standing.ADMITTED, Reason.ACCEPTED)
    return registration


def cancel(
    training: Training,
    registration: Registration,
    *,
    by: User | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Registration:
    """Give up a registration; its place goes to the next at once. `by` is the organiser, or empty for the person.

    Raises `Refused` once the training is over. The registration, up to date.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        book = OpenBook(training, moment)
        book.read([registration])
        _cancel(book, registration, by=by, note=note)
    return registration


def decide(
    training: Training,
    registrations: Sequence[Registration],
    *,
    to: Standing,
    by: User,
    note: str = "",
    now: datetime | None = None,
) -> list[Decided]:
    """What the organiser decides about some registrations, one after another in the order of sign-ups.

    `ADMITTED` approves those that wait for it, with a place or on the reserve list, promotes from the reserve list, and
    confirms an offered place for the person. `REJECTED` and `CANCELLED` are what they say; `note` goes to the person.
    Each that is refused stays as it is; nobody gets a place beyond capacity and quotas. Raises `ValueError` for others.
    """
    if to not in _DECISIONS:
        raise ValueError(f"Nobody decides that a registration is {to}.")
    moment = now or timezone.now()
    ordered = sorted(registrations, key=lambda one: (one.number is None, one.number, one.pk))
    decided: dict[int, Decided] = {}
    for start in range(0, len(ordered), CHUNK):
        with transaction.atomic():
            book = OpenBook(training, moment)
            book.settle()
            for registration in ordered[start : start + CHUNK]:
                decided[registration.pk] = _decided(book, registration, _Decision(to, by, note))
    return [decided[registration.pk] for registration in registrations]


def settle(training: Training, now: datetime) -> int:
    """Make the moves that come by themselves, lapsed offers and promotions; how many. One query for none."""
    if not due(training, entries_of(training.page_id), now):
        return 0
    with transaction.atomic():
        return OpenBook(training, now).settle()


def _known(training: Training, applicant: Applicant) -> Sequence[Registration]:
    """What this person has on its way, by account or by address, confirmed ones first."""
    mine = Q(email__iexact=applicant.address)
    if applicant.user:
        mine |= Q(user=applicant.user)
    found = Registration.objects.filter(mine, training=training.page_id).open().select_related("user", "institution")
    return sorted(found, key=lambda one: one.standing == Standing.UNCONFIRMED)


def _owns_address(applicant: Applicant) -> bool:
    """Whether it is the confirmed address of whoever is signed in, the one to which the opened invitation came, or one
    that an organiser answers for."""
    invitation = applicant.invitation
    if applicant.written_by is not None:
        return True
    if invitation is not None and invitation.email.lower() == applicant.address:
        return True
    own = EmailAddress.objects.filter(user=applicant.user, email__iexact=applicant.address, verified=True)
    return applicant.user is not None and own.exists()


def _ask(training: Training, applicant: Applicant, now: datetime) -> None:
    """Raises `Refused` where this person cannot register."""
    if applicant.written_by is not None:
        ask_not_over(training, now)
        ask_clauses(training, applicant.clauses)
        return
    ask_window(training, now)
    if training.needs_account and applicant.user is None:
        raise Refused(Refusal.NEEDS_ACCOUNT)
    if training.by_invitation and not _is_invited(training, applicant):
        raise Refused(Refusal.BY_INVITATION)
    ask_clauses(training, applicant.clauses)


def _is_invited(training: Training, applicant: Applicant) -> bool:
    """By address, or with an institution that has places set aside."""
    has_quota = applicant.institution_id in training.admission.quotas
    return has_quota or _invitations(training, applicant).exists()


def _invitations(training: Training, applicant: Applicant) -> Any:
    return Invitation.objects.filter(training=training.page_id, email__iexact=applicant.address)


def _registration(training: Training, applicant: Applicant, now: datetime) -> Registration:
    """Not saved yet."""
    met = frozenset(UUID(str(criterion["id"])) for criterion in applicant.criteria)
    return Registration(
        training_id=training.page_id,
        training_title=training.title,
        points=training.points_of(met),
        user=applicant.user,
        email=applicant.address,
        first_name=applicant.first_name,
        last_name=applicant.last_name,
        institution_id=applicant.institution_id,
        institution_name=applicant.institution_name,
        function=applicant.function,
        accessibility_needs=applicant.accessibility_needs,
        answers=list(applicant.answers),
        criteria=[
            {"id": str(one.id), "text": one.text, "points": one.points} for one in training.criteria if one.id in met
        ],
        registered_at=now,
        changed_at=now,
    )


def _keep_clauses(training: Training, registration: Registration, accepted: Sequence[Clause]) -> None:
    """The texts as the training has them now; nobody accepts others here."""
    given = {(clause.key, clause.version) for clause in accepted}
    AcceptedClause.objects.bulk_create(
        AcceptedClause(
            registration=registration,
            key=one.key,
            title=one.title,
            version=one.version,
            text=one.text,
            given_at=registration.registered_at,
        )
        for one in training.clauses
        if (one.key, one.version) in given
    )


@dataclass(frozen=True, slots=True)
class _Decision:
    to: Standing
    by: User
    note: str


def _decided(book: OpenBook, registration: Registration, decision: _Decision) -> Decided:
    try:
        book.read([registration])
        _DECISIONS[decision.to](book, registration, by=decision.by, note=decision.note)
    except Refused as refused:
        return Decided(registration, refused)
    return Decided(registration)


def _admit(book: OpenBook, registration: Registration, *, by: User, note: str) -> None:
    if registration.standing == Standing.ADMITTED:
        return
    ask_not_over(book.training, book.now)
    if registration.standing == Standing.PENDING:
        book.approve(registration, by=by, note=note)
    elif registration.standing == Standing.RESERVED:
        book.promote(registration, by=by, note=note)
    elif registration.standing == Standing.OFFERED:
        book.move(registration, Standing.ADMITTED, Reason.PROMOTED, by=by, note=note)
    else:
        raise Refused(Refusal.NOT_WAITING)


def _reject(book: OpenBook, registration: Registration, *, by: User, note: str) -> None:
    if registration.standing == Standing.REJECTED:
        return
    if registration.standing not in {Standing.PENDING, Standing.RESERVED}:
        raise Refused(Refusal.NOT_WAITING)
    book.move(registration, Standing.REJECTED, Reason.REJECTED, by=by, note=note)


def _cancel(book: OpenBook, registration: Registration, *, by: User | None, note: str) -> None:
    if registration.standing == Standing.CANCELLED:
        return
    if not registration.is_open:
        raise Refused(Refusal.ENDED)
    if book.training.window(book.now) is Window.PAST:
        raise Refused(Refusal.PAST)
    is_own = by is None or by.pk == registration.user_id
    reason = Reason.BY_PERSON if is_own else Reason.BY_ORGANISER
    book.move(registration, Standing.CANCELLED, reason, by=None if is_own else by, note=note)
    book.settle()


_DECISIONS = {Standing.ADMITTED: _admit, Standing.REJECTED: _reject, Standing.CANCELLED: _cancel}
