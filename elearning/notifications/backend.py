"""Django's mail, for senders that are not ours: Wagtail's workflow messages, allauth, error reports."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from elearning.accounts.models import User

from . import outbox

# Headers that a sender may set and that never leave the site.
KEY_HEADER = "X-Outbox-Key"
SECRET_HEADER = "X-Outbox-Secret"  # noqa: S105 - the name of a header, not a secret


class AttachmentsNotSupported(Exception):
    """The outbox holds texts only: send a link to the file instead."""


class OutboxBackend(BaseEmailBackend):
    """Writes messages to the outbox instead of sending them, one row for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._write(message) for message in email_messages)

    def _write(self, message: EmailMessage) -> int:
        if message.attachments:
            raise AttachmentsNotSupported(message.subject)
        recipients = message.recipients()
        if not recipients:
            return 0
        key = message.extra_headers.get(KEY_HEADER) or f"mail:{uuid4()}"
        letter = outbox.Letter(
            subject=" ".join(str(message.subject).split()), body=str(message.body), html=_html(message)
        )
        people = {person.email.lower(): person for person in User.objects.filter(email__in=recipients)}
        for number, recipient in enumerate(recipients):
            outbox.write(
                key=f"{key}:{number}" if number else key,
                recipient=recipient,
                letter=letter,
                user=people.get(recipient.lower()),
                is_secret=SECRET_HEADER in message.extra_headers,
            )
        return 1


def _html(message: EmailMessage) -> str:
    """The HTML that the sender wrote, or nothing."""
    if message.content_subtype == "html":
        return str(message.body)
    for alternative in getattr(message, "alternatives", []):
        if alternative.mimetype == "text/html":
            return str(alternative.content)
    return ""
