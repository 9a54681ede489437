"""Sends what the outbox holds: each message once, whatever number of workers run."""

import logging
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from .models import Message

logger = logging.getLogger(__name__)

# Waits after the first, second … failed try. A mail server that is down for a night still gets the message.
BACK_OFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
]
BATCH = 100
# What is erased of a secret message.
SECRETS = ("body", "html_body", "calendar")
CALENDAR_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def send_due(now: datetime) -> int:
    """Send what is due, oldest first, at most `BATCH`; how many were sent."""
    due = Message.objects.due(now).order_by("not_before").values_list("pk", flat=True)
    return sum([send(message_id, now) for message_id in list(due[:BATCH])])


def send(message_id: int, now: datetime) -> bool:
    """Send one message; whether this call did. A failed try is put off, the last one given up."""
    if not claim(message_id, now):
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _hand_over(message)
    # Backends raise what their libraries raise: SMTPException, OSError, errors of a provider's client.
    except Exception as error:  # noqa: BLE001
        _put_off(message, error, now)
        return False
    _mark_sent(message, now)
    return True


def claim(message_id: int, now: datetime) -> bool:
    """Take a message for sending; whether it was free. One UPDATE decides, so two workers never both win."""
    due = Message.objects.due(now).filter(pk=message_id)
    return due.update(claimed_at=now, tries=F("tries") + 1) == 1


def _hand_over(message: Message) -> None:
    mail = EmailMultiAlternatives(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient],
        headers=_headers(message),
        connection=get_connection(settings.DELIVERY_EMAIL_BACKEND),
    )
    if message.html_body:
        mail.attach_alternative(message.html_body, "text/html")
    if message.calendar:
        _enclose_calendar(mail, message.calendar)
    mail.send()


def _enclose_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """The file twice, as calendar programs send it themselves.

    Outlook, Google and Thunderbird take up the alternative whose type names the method (RFC 6047, 2.4); others show the
    file. It is last, because of alternatives the last is what programs like best.
    """
    if found := CALENDAR_METHOD.search(calendar):
        mail.attach_alternative(calendar, f"text/calendar; method={found.group(1)}")
    mail.attach("szkolenie.ics", calendar.encode(), 'application/ics; name="szkolenie.ics"')


def _headers(message: Message) -> dict[str, str]:
    """What tells mail programs that nobody wrote this by hand and, where it may be stopped, how.

    RFC 8058: the button of the mail program posts to the address itself, which must be HTTPS; without it, it opens it.
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
    if message.unsubscribe_url.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mark_sent(message: Message, now: datetime) -> None:
    message.sent_at, message.claimed_at, message.error = now, None, ""
    _erase_secret(message)
    message.save(update_fields=["sent_at", "claimed_at", "error", *SECRETS])


def _put_off(message: Message, error: Exception, now: datetime) -> None:
    message.claimed_at = None
    # The text of a mail server's refusal may quote the address: the log gets the kind of error only.
    message.error = f"{type(error).__name__}: {error}"[:255]
    if message.tries > len(BACK_OFF):
        message.failed_at = now
        _erase_secret(message)
        logger.error("Message %s given up after %s tries: %s", message.pk, message.tries, type(error).__name__)
    else:
        message.not_before = now + BACK_OFF[message.tries - 1]
        logger.warning("Message %s put off to %s: %s", message.pk, message.not_before, type(error).__name__)
    message.save(update_fields=["claimed_at", "error", "failed_at", "not_before", *SECRETS])


def _erase_secret(message: Message) -> None:
    """A demonstration keeps codes, because its mailbox is a page of the site."""
    if message.is_secret and not settings.DEMO_MAILBOX:
        for name in SECRETS:
            setattr(message, name, "")
