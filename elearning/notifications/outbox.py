"""The only way to send mail: write it down in the transaction that causes it; the worker sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from elearning.accounts.models import User

from .models import Message
from .tasks import send_message


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one message says. `html` is empty where the plain text is all there is.

    `unsubscribe_url` is the whole address at which the reader stops such messages, by a page and by a bare POST.
    `calendar` is an iCalendar file with a METHOD, which the reader's calendar takes up by itself (RFC 5546).
    """

    subject: str
    body: str
    html: str = ""
    unsubscribe_url: str = ""
    calendar: str = ""


def queue(  # noqa: PLR0913 - the parts of a letter, each by its name
    *,
    key: str,
    template: str,
    user: User | None = None,
    recipient: str = "",
    context: Mapping[str, Any] | None = None,
    calendar: str = "",
    is_secret: bool = False,
) -> bool:
    """Write one message from templates; whether it is new. A key that was used before queues nothing.

    `template` names the pair `<template>_subject.txt` and `<template>.txt`. Give the person, or for an address without
    an account the `recipient`. An `unsubscribe_url` in the context, for the text to show, is the letter's as well.
    """
    full = {"user": user, "base_url": settings.BASE_URL, **(context or {})}
    letter = Letter(
        subject=" ".join(render_to_string(f"{template}_subject.txt", full).split()),
        body=render_to_string(f"{template}.txt", full).strip(),
        unsubscribe_url=full.get("unsubscribe_url", ""),
        calendar=calendar,
    )
    address = recipient or (user.email if user else "")
    return write(key=key, recipient=address, letter=letter, user=user, is_secret=is_secret)


def write(*, key: str, recipient: str, letter: Letter, user: User | None = None, is_secret: bool = False) -> bool:
    """Write one message; whether it is new. The worker is told once the transaction has committed."""
    if not recipient:
        raise ValueError(f"Message {key} has no recipient.")
    html = letter.html or render_to_string("notifications/letter.html", {"letter": letter})
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "user": user,
            "subject": letter.subject[:255],
            "body": letter.body,
            "html_body": html,
            "is_secret": is_secret,
            "unsubscribe_url": letter.unsubscribe_url,
            "calendar": letter.calendar,
        },
    )
    if created:
        transaction.on_commit(partial(send_message.enqueue, message.pk))
    return created
