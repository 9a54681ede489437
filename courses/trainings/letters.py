"""Letters of an organiser to a group of those who registered: who gets one, what it says, and that each gets one."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from courses.models import TrainingPage
from elearning.notifications import outbox
from elearning.notifications.models import Message
from elearning.notifications.outbox import Letter
from elearning.records.models import Registration
from elearning.records.training import Training

from .date_spans import days_in_words

# Letters written in one transaction, during which SQLite lets nobody else write.
CHUNK = 50
WORD = re.compile(r"\{([^{}]*)\}")
WORDS = {
    "imię": "imię osoby",
    "nazwisko": "nazwisko osoby",
    "tytuł": "tytuł szkolenia",
    "termin": "dni szkolenia",
    "link": "adres strony zgłoszenia tej osoby",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is addressed: words in braces stand for what differs."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of the letters of one sending."""

    at: datetime
    subject: str
    sent: int
    waiting: int
    failed: int


def unknown_words(text: str) -> list[str]:
    """The words in braces that stand for nothing, each once."""
    return list(dict.fromkeys(word for word in WORD.findall(text) if word.strip().lower() not in WORDS))


def letter_to(training: Training, registration: Registration, draft: Draft) -> Letter:
    """The letter as this person gets it."""
    known = {
        "imię": registration.first_name,
        "nazwisko": registration.last_name,
        "tytuł": training.title,
        "termin": days_in_words(day.date for day in training.schedule.days) or "podamy później",
        "link": settings.BASE_URL + training.registration_url(registration.token),
    }
    return Letter(
        subject=" ".join(_merged(draft.subject, known).split()),
        body=f"{_merged(draft.text, known).strip()}\n\n{_footer(training)}",
    )


def send(training: Training, registrations: Sequence[Registration], draft: Draft, *, sending: uuid.UUID) -> int:
    """Queue one letter for each of them; how many are new. The same `sending` again writes to nobody twice."""
    new = 0
    for start in range(0, len(registrations), CHUNK):
        with transaction.atomic():
            for registration in registrations[start : start + CHUNK]:
                new += outbox.write(
                    key=f"{_prefix(training.page_id)}{sending}:{registration.pk}",
                    recipient=registration.email,
                    letter=letter_to(training, registration, draft),
                    user=registration.user,
                )
    return new


def sendings(page: TrainingPage) -> list[Sending]:
    """The sendings of a training with what became of their letters, the newest first. One query."""
    prefix = _prefix(page.pk)
    rows = Message.objects.filter(key__startswith=prefix).order_by("created_at", "pk")
    found: dict[str, list[tuple[datetime, str, bool, bool]]] = {}
    for key, at, subject, sent, failed in rows.values_list("key", "created_at", "subject", "sent_at", "failed_at"):
        sending = key.removeprefix(prefix).partition(":")[0]
        found.setdefault(sending, []).append((at, subject, bool(sent), bool(failed)))
    return [_told(letters) for letters in reversed(found.values())]


def one_each(registrations: Iterable[Registration]) -> list[Registration]:
    """The same without who is there twice: of each address the newest registration."""
    newest = {one.email.lower(): one for one in sorted(registrations, key=lambda one: one.pk)}
    return sorted(newest.values(), key=lambda one: (one.number is None, one.number, one.pk))


def _told(letters: Sequence[tuple[datetime, str, bool, bool]]) -> Sending:
    sent, failed = sum(letter[2] for letter in letters), sum(letter[3] for letter in letters)
    at, subject = letters[0][:2]
    return Sending(at, subject, sent, len(letters) - sent - failed, failed)


def _prefix(page_id: int) -> str:
    return f"training-message:{page_id}:"


def _merged(text: str, known: dict[str, str]) -> str:
    return WORD.sub(lambda found: known.get(found[1].strip().lower(), found[0]), text.replace("\r\n", "\n"))


def _footer(training: Training) -> str:
    lines = [
        f"Piszemy, bo masz zgłoszenie na wydarzenie „{training.title}”.",
        f"Organizator: {training.schedule.organiser}." if training.schedule.organiser else "",
        f"Kontakt: {training.contact}." if training.contact else "",
    ]
    return "\n".join(filter(None, lines))
