"""What people are told of the moves of their registrations: one message each, with an entry for their calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from elearning.notifications import outbox

from . import calendar_files, places
from .calendar_site import calendar_site
from .models import Registration, RegistrationMove
from .places import Entry, Standing
from .registration_reasons import Reason
from .training import Training, Window
from .training_words import days_in_words, moment_in_words, where_in_words

FOLDER = "records/messages"
BY_STANDING = {
    Standing.UNCONFIRMED: f"{FOLDER}/training_confirm_address",
    Standing.PENDING: f"{FOLDER}/training_pending",
    Standing.ADMITTED: f"{FOLDER}/training_admitted",
    Standing.RESERVED: f"{FOLDER}/training_reserved",
    Standing.OFFERED: f"{FOLDER}/training_offered",
    Standing.CANCELLED: f"{FOLDER}/training_cancelled",
    Standing.REJECTED: f"{FOLDER}/training_rejected",
    Standing.LAPSED: f"{FOLDER}/training_lapsed",
}
# Who has not found the letter by now, and asks again, gets another.
ANEW_AFTER = timedelta(days=1)
PROMOTED = f"{FOLDER}/training_promoted"


@dataclass(frozen=True, slots=True)
class Told:
    """A move to tell of. `entries` are the registrations after it, `sequence` what calendars were told last, `deadline`
    the one of an offer that is made now or was missed."""

    training: Training
    move: RegistrationMove
    entries: Sequence[Entry]
    sequence: int
    deadline: datetime | None

    @property
    def registration(self) -> Registration:
        return self.move.registration

    @property
    def from_reserve_list(self) -> bool:
        return self.move.from_standing == Standing.RESERVED


def key_of(move: RegistrationMove) -> str:
    """The key of the one message about a move."""
    return f"registration-move:{move.pk}"


def tell(told: Told) -> None:
    """Queue the message. Whoever did not confirm the address yet reads nothing in it that somebody typed."""
    registration = told.registration
    standing = Standing(told.move.to_standing)
    is_promotion = standing is Standing.ADMITTED and told.from_reserve_list
    outbox.queue(
        key=key_of(told.move),
        template=PROMOTED if is_promotion else BY_STANDING[standing],
        user=registration.user,
        recipient=registration.email,
        context={**_context(told), **(_waiting(told) if standing is Standing.RESERVED else {})},
        calendar=_calendar(told),
    )


def remind_to_confirm(training: Training, registration: Registration, now: datetime) -> bool:
    """Send the link to confirm the address once more, for who has lost it: not on the first day, and once a day."""
    asked = registration.moves.filter(to_standing=Standing.UNCONFIRMED).first()
    if asked is None or now - asked.at < ANEW_AFTER:
        return False
    return outbox.queue(
        key=f"registration-confirm:{registration.pk}:{timezone.localdate(now)}",
        template=BY_STANDING[Standing.UNCONFIRMED],
        user=registration.user,
        recipient=registration.email,
        context=_context(Told(training, asked, (), 0, None)),
    )


def _context(told: Told) -> dict[str, Any]:
    training, registration = told.training, told.registration
    return {
        "training": training,
        "registration": registration,
        "url": settings.BASE_URL + training.registration_url(registration.token),
        "training_url": settings.BASE_URL + training.url,
        "days": days_in_words(training.schedule),
        "where": where_in_words(training.schedule),
        "by_points": training.admission.by_points,
        "deadline": moment_in_words(told.deadline) if told.deadline else "",
        "note": told.move.note,
        "by_person": told.move.reason == Reason.BY_PERSON,
        "by_organiser": told.move.by_id is not None,
        "is_accepted": told.move.reason == Reason.ACCEPTED,
        "had_place": told.move.from_standing == Standing.ADMITTED,
        "may_register_again": training.window(told.move.at) is Window.OPEN,
    }


def _waiting(told: Told) -> dict[str, Any]:
    """For the reserve list: the place in the queue, and the figures of what keeps the person from a place."""
    rules, group = told.training.admission, told.registration.institution_id
    order = [entry.key for entry in places.queue(rules, told.entries)]
    return {
        "position": order.index(told.registration.pk) + 1,
        "lack": places.lacks(rules, told.entries, group) or "",
        "taken": places.taken(told.entries),
        "capacity": rules.capacity,
        "taken_of_group": places.taken(entry for entry in told.entries if entry.group == group),
        "quota": rules.quotas.get(group) if group is not None else None,
        "is_automatic": rules.automatic,
    }


def _calendar(told: Told) -> str:
    """An invitation with a place, its withdrawal without; nothing where neither comes nor goes."""
    method: calendar_files.Method
    if told.move.to_standing == Standing.ADMITTED:
        method = "REQUEST"
    elif told.move.from_standing == Standing.ADMITTED:
        method = "CANCEL"
    else:
        return ""
    return calendar_files.event(
        told.training,
        site=calendar_site(),
        sequence=told.sequence,
        stamp=told.move.at,
        method=method,
        attendee=told.registration,
    )
