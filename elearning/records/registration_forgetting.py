"""Registrations from addresses that nobody confirmed are deleted: personal data without a purpose."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from .models import AcceptedClause, Invitation, Registration, RegistrationMove, TrainingBook
from .places import Standing

logger = logging.getLogger(__name__)

# How long an address may wait to be confirmed; its owner may know nothing of it.
UNCONFIRMED_KEPT = timedelta(days=7)


def forget_unconfirmed(now: datetime) -> int:
    """Delete the registrations that nobody confirmed in time; how many. Safe to repeat and in parallel."""
    late = Registration.objects.filter(standing=Standing.UNCONFIRMED, registered_at__lt=now - UNCONFIRMED_KEPT)
    return sum([_forget(pk) for pk in list(late.values_list("pk", flat=True))])


def discard(registrations: Sequence[Registration]) -> None:
    """Delete registrations with an unconfirmed address, and what belongs to them. The caller holds the book's lock."""
    if not registrations:
        return
    AcceptedClause.objects.filter(registration__in=registrations).delete()
    RegistrationMove.objects.filter(registration__in=registrations).delete()
    Invitation.objects.filter(registration__in=registrations).update(registration=None)
    for registration in registrations:
        registration.delete()


def _forget(pk: int) -> bool:
    """Whether this call has deleted it. One that something else points at by now is kept, and logged."""
    try:
        with transaction.atomic():
            training_id = Registration.objects.values_list("training_id", flat=True).filter(pk=pk).first()
            TrainingBook.objects.select_for_update(of=("self",)).filter(page=training_id).first()
            registration = Registration.objects.filter(pk=pk, standing=Standing.UNCONFIRMED).first()
            if registration is None:
                return False
            discard([registration])
    except ProtectedError:
        logger.exception("Registration %s cannot be forgotten", pk)
        return False
    return True
