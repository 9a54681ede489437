"""What people are told of a registration that they made once more."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from elearning.notifications import outbox
from elearning.records.models import Registration
from elearning.records.places import Standing
from elearning.records.training import Training

# A form sent twice in a hurry; the letter that asks to confirm is still on its way.
STILL_FRESH = timedelta(minutes=10)


def remind_of_link(training: Training, registration: Registration, now: datetime) -> bool:
    """Write to the owner of an address with which a form was sent again, once a day; whether a letter was written.

    The page that follows the form tells nobody what it finds, so this letter does.
    """
    is_unconfirmed = registration.standing == Standing.UNCONFIRMED
    if is_unconfirmed and now - registration.registered_at < STILL_FRESH:
        return False
    return outbox.queue(
        key=f"registration-again:{registration.pk}:{timezone.localdate(now)}",
        template="courses/trainings/mail/registration_again",
        user=registration.user,
        recipient=registration.email,
        context={
            "training": training,
            "registration": registration,
            "is_unconfirmed": is_unconfirmed,
            "url": settings.BASE_URL + training.registration_url(registration.token),
        },
    )
