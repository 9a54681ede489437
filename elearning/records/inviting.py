"""The verbs of invitations to trainings: invite, and remind. Each address gets one invitation, and one letter a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User
from elearning.notifications import outbox
from elearning.notifications.models import Message

from .models import Invitation, TrainingBook
from .training import Training
from .training_words import days_in_words, moment_in_words, where_in_words

# Invitations written in one transaction, during which SQLite lets nobody else write.
CHUNK = 50
TEMPLATE = "records/messages/training_invitation"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite. `name` is the whole name, as it was given."""

    email: str
    name: str = ""
    institution_id: int | None = None

    @property
    def address(self) -> str:
        """The address in its one spelling."""
        return self.email.strip().lower()


def invite(training: Training, invitees: Sequence[Invitee], *, by: User, now: datetime) -> list[Invitation]:
    """Invite those who were not yet, each with one letter; the new invitations. Done again, it adds none."""
    made: list[Invitation] = []
    for start in range(0, len(invitees), CHUNK):
        with transaction.atomic():
            _lock(training)
            made += _invited(training, invitees[start : start + CHUNK], by=by, now=now)
    return made


def remind(training: Training, invitations: Sequence[Invitation], *, now: datetime) -> int:
    """Send the invitation once more to those who have not registered; how many letters.

    Nobody gets more than one a day, the first one included.
    """
    count = 0
    for start in range(0, len(invitations), CHUNK):
        with transaction.atomic():
            for invitation in invitations[start : start + CHUNK]:
                if invitation.registration_id is None:
                    count += _write(training, invitation, now=now)
    return count


def last_letters(training: Training) -> dict[int, datetime]:
    """When each invitation was last written about, by its key. One query."""
    prefix = _prefix(training)
    rows = Message.objects.filter(key__startswith=prefix).order_by("created_at", "pk")
    return {int(key.removeprefix(prefix).partition(":")[0]): at for key, at in rows.values_list("key", "created_at")}


def invitation_url(training: Training, invitation: Invitation) -> str:
    """The address that opens the registration form, beginning with a slash."""
    return f"{training.url}-/zaproszenie/{invitation.token}/"


def _lock(training: Training) -> None:
    """Two lists sent at once wait for each other, and nobody is invited twice."""
    books = TrainingBook.objects.select_for_update(of=("self",))
    books.get_or_create(page_id=training.page_id, defaults={"title": training.title})


def _invited(training: Training, invitees: Sequence[Invitee], *, by: User, now: datetime) -> list[Invitation]:
    wanted = {invitee.address: invitee for invitee in reversed(invitees)}
    known = Invitation.objects.filter(training=training.page_id).values_list("email", flat=True)
    for email in known:
        wanted.pop(email.lower(), None)
    made = [
        Invitation.objects.create(
            training_id=training.page_id,
            email=invitee.address,
            name=invitee.name,
            institution_id=invitee.institution_id,
            invited_at=now,
            invited_by=by,
        )
        for invitee in reversed(wanted.values())
    ]
    for invitation in made:
        _write(training, invitation, now=now)
    return made


def _write(training: Training, invitation: Invitation, *, now: datetime) -> bool:
    """Queue the letter of a day; whether it is new."""
    return outbox.queue(
        key=f"{_prefix(training)}{invitation.pk}:{timezone.localtime(now):%Y-%m-%d}",
        template=TEMPLATE,
        recipient=invitation.email,
        context={
            "training": training,
            "invitation": invitation,
            "url": settings.BASE_URL + invitation_url(training, invitation),
            "training_url": settings.BASE_URL + training.url,
            "days": days_in_words(training.schedule),
            "where": where_in_words(training.schedule),
            "closes": moment_in_words(training.closes_at) if training.closes_at else "",
        },
    )


def _prefix(training: Training) -> str:
    return f"training-invitation:{training.page_id}:"
