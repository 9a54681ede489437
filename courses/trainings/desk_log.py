"""What organisers did about a training beside deciding: messages they sent, lists they took away.

Entries stand in Wagtail's history of the page, without names and addresses of participants.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import PageLogEntry

from courses.models import TrainingPage
from elearning.accounts.models import User

MESSAGE, EXPORT = "trainings.message", "trainings.export"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    at: datetime
    who: str
    text: str


class MessageFormatter(LogFormatter):
    """„Wysłanie wiadomości „Zmiana sali” do 12 osób”."""

    label = "Wiadomość do zapisanych"

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        return f"Wiadomość „{data['subject']}”, odbiorcy: {data['count']}"


class ExportFormatter(LogFormatter):
    """„Pobranie: lista dla finansującego (XLSX), wiersze: 24”."""

    label = "Pobranie listy"

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        return f"Pobranie: {data['title']} ({data['format'].upper()}), wiersze: {data['count']}"


def register_actions(actions: LogActionRegistry) -> None:
    """What Wagtail's histories call these actions."""
    actions.register_action(MESSAGE)(MessageFormatter)
    actions.register_action(EXPORT)(ExportFormatter)


def exported(page: TrainingPage, user: User, *, title: str, kind: str, count: int) -> None:
    """Write down that somebody took a list away. `kind` is csv or xlsx."""
    log(page, EXPORT, user=user, data={"title": title, "format": kind, "count": count})


def sent(page: TrainingPage, user: User, *, sending: uuid.UUID, subject: str, count: int) -> None:
    """Write down that somebody sent a message to a group. `sending` is part of the keys of its letters."""
    data = {"sending": str(sending), "subject": subject, "count": count}
    log(page, MESSAGE, user=user, data=data)


def entries(page: TrainingPage, *, limit: int) -> list[Entry]:
    """The last of them, the newest first. One query."""
    rows = PageLogEntry.objects.filter(page_id=page.pk, action__in=[MESSAGE, EXPORT])
    rows = rows.select_related("user").order_by("-timestamp")[:limit]
    return [Entry(row.timestamp, str(row.user or "nieznana osoba"), row.message) for row in rows]
