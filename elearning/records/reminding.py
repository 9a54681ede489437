"""Reminds those with a place in a training of it, and tells them afterwards that materials wait.

Each of them once, whatever number of workers run and wherever one of them dies: they are asked for by the messages
they do not have yet.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from elearning.notifications import outbox
from elearning.notifications.models import Message

from . import calendar_files
from .announcing import CHUNK, FOLDER, State, facts, keep
from .calendar_site import calendar_site
from .models import Registration, TrainingBook
from .models.trainings import RegistrationQuerySet
from .schedule import Day
from .training import Training

# When reminders are sent, in the zone of the training; on the day itself at the latest so long before it begins.
MORNING = time(8)
AT_THE_LATEST = timedelta(hours=2)


def remind(training: Training, now: datetime) -> int:
    """Remind those with a place as many days before the first day as the training says; how many this call wrote.

    From eight o'clock of that day on; of several reminders that became due meanwhile only the last counts. Who got the
    place later than that, or was told of a change, knows enough. Two queries where a reminder is due, none elsewhere.
    """
    due = due_reminder(training, now)
    book = TrainingBook.objects.filter(page_id=training.page_id).first() if due else None
    if due is None or book is None:
        return 0
    days, moment = due
    if book.announced_at is not None and book.announced_at > moment:
        return 0
    first = training.schedule.days[0].date

    def write(registration: Registration, key: str) -> bool:
        return outbox.queue(
            key=key,
            template=f"{FOLDER}/training_reminder",
            user=registration.user,
            recipient=registration.email,
            context={**facts(training, registration), "left": _days_left(training, now)},
            calendar=calendar_files.event(
                training,
                site=calendar_site(),
                sequence=book.sequence,
                stamp=now,
                method="REQUEST",
                attendee=registration,
            ),
        )

    readers = Registration.objects.filter(training=training.page_id, changed_at__lte=moment)
    return _tell(readers, f"training-reminder:{training.page_id}:{days}:", f":{first.isoformat()}", write)


def due_reminder(training: Training, now: datetime) -> tuple[int, datetime] | None:
    """The reminder to send now: of how many days before, and since when it is due."""
    days = training.schedule.days
    if not days or training.is_called_off or days[0].starts_at <= now:
        return None
    moments = [(number, reminder_moment(days[0], number)) for number in training.reminders]
    return min((pair for pair in moments if pair[1] <= now), default=None)


def reminder_moment(first: Day, days: int) -> datetime:
    """When people are reminded that number of days before."""
    morning = datetime.combine(first.date - timedelta(days=days), MORNING, ZoneInfo(first.zone))
    return min(morning, first.starts_at - AT_THE_LATEST)


def _days_left(training: Training, now: datetime) -> int:
    first = training.schedule.days[0]
    return (first.date - now.astimezone(ZoneInfo(first.zone)).date()).days


def has_new_materials(book: TrainingBook, fingerprint: str) -> bool:
    """Whether there are materials that people were not told of. No query."""
    return not set(fingerprint.split()) <= set(State.of(book).materials)


def materials_ready(training: Training, *, fingerprint: str, now: datetime) -> int:
    """Tell those with a place that materials wait for them, once for each set with something new; how many.

    `fingerprint` are the ids of the materials with spaces between. Nothing before the training has ended. One query for
    no news.
    """
    ends_at = training.schedule.ends_at
    if ends_at is None or ends_at > now or training.is_called_off:
        return 0
    book = TrainingBook.objects.filter(page_id=training.page_id).first()
    if book is None or not has_new_materials(book, fingerprint):
        return 0
    is_more = bool(State.of(book).materials)

    def write(registration: Registration, key: str) -> bool:
        return outbox.queue(
            key=key,
            template=f"{FOLDER}/training_materials",
            user=registration.user,
            recipient=registration.email,
            context={**facts(training, registration), "is_more": is_more},
        )

    digest = blake2b(fingerprint.encode(), digest_size=8).hexdigest()
    readers = Registration.objects.filter(training=training.page_id)
    count = _tell(readers, f"training-materials:{training.page_id}:{digest}:", "", write)
    _note_materials(training, fingerprint)
    return count


def _note_materials(training: Training, fingerprint: str) -> None:
    """Remember that people know of these materials."""
    with transaction.atomic():
        book = TrainingBook.objects.select_for_update().get(page_id=training.page_id)
        keep(book, State.of(book).knowing(fingerprint.split()))


def _tell(readers: RegistrationQuerySet, before: str, after: str, write: Callable[[Registration, str], bool]) -> int:
    """Write to those with a place among the readers who have no such message yet; how many were written.

    `before` and `after` stand around the number of the registration in the key. One query where all were told.
    """
    key = Concat(Value(before), Cast("pk", CharField()), Value(after), output_field=CharField())
    told = Message.objects.filter(key=OuterRef("message_key"))
    silent = readers.admitted().annotate(message_key=key).exclude(Exists(told)).select_related("user").order_by("pk")
    count, is_done = 0, not silent.exists()
    while not is_done:
        with transaction.atomic():
            some = list(silent[:CHUNK])
            count += sum(write(registration, f"{before}{registration.pk}{after}") for registration in some)
        is_done = len(some) < CHUNK
    return count
