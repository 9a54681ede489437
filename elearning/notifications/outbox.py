"""The only way to send mail: write it down in the transaction that causes it; the worker sends it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from elearning.accounts.models import User

from .models import Message


def queue(*, key: str, user: User, template: str, context: Mapping[str, Any] | None = None) -> bool:
    """Write one message; whether it is new. A key that was used before queues nothing.

    `template` names the pair `<template>_subject.txt` and `<template>.txt`. One query.
    """
    full = {"user": user, "base_url": settings.BASE_URL, **(context or {})}
    subject = " ".join(render_to_string(f"{template}_subject.txt", full).split())
    _message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "recipient": user.email,
            "user": user,
            "subject": subject,
            "body": render_to_string(f"{template}.txt", full),
        },
    )
    return created
