"""Asks those who took part to fill in the survey: each once, when the training is over."""

from django.conf import settings
from django.db import transaction

from elearning.notifications import outbox
from elearning.notifications.models import Message

from .models import Registration
from .training import Training

# Letters written in one transaction: SQLite lets nobody else write meanwhile.
CHUNK = 100


def ask(training: Training) -> int:
    """Write to everybody with a place who was not asked and has not answered; how many letters. Two queries for none.

    Belongs after the end of the training, while its survey is open; the caller knows when that is.
    """
    key = f"training-survey:{training.page_id}:"
    asked = set(Message.objects.filter(key__startswith=key).values_list("key", flat=True))
    people = Registration.objects.admitted().filter(training=training.page_id, survey_receipt=None)
    waiting = [person for person in people.select_related("user").order_by("pk") if f"{key}{person.pk}" not in asked]
    written = 0
    for start in range(0, len(waiting), CHUNK):
        with transaction.atomic():
            written += sum(_write(training, person, key) for person in waiting[start : start + CHUNK])
    return written


def _write(training: Training, person: Registration, key: str) -> bool:
    return outbox.queue(
        key=f"{key}{person.pk}",
        template="records/messages/training_survey",
        user=person.user,
        recipient=person.email,
        context={
            "training": training,
            "person": person,
            "survey_url": f"{settings.BASE_URL}{training.registration_url(person.token)}ankieta/",
        },
    )
