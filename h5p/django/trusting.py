"""Consent: which libraries learners get."""

from collections.abc import Iterable

from django.utils import timezone

from h5p.django.models import Library
from h5p.django.permissions import Person


def trust(libraries: Iterable[Library], *, user: Person) -> int:
    """Let learners have these libraries; says how many did not have consent before."""
    return _decide(libraries, Library.Trust.TRUSTED, user)


def block(libraries: Iterable[Library], *, user: Person) -> int:
    """Take these libraries from everybody, authors too: nothing that needs them plays, and no upload brings them."""
    return _decide(libraries, Library.Trust.BLOCKED, user)


def withdraw(libraries: Iterable[Library], *, user: Person) -> int:
    """Back to waiting for consent."""
    return _decide(libraries, Library.Trust.QUARANTINED, user)


def _decide(libraries: Iterable[Library], decision: Library.Trust, user: Person) -> int:
    rows = Library.objects.filter(pk__in=[library.pk for library in libraries]).exclude(trust=decision)
    return rows.update(trust=decision, trusted_by=user, trusted_at=timezone.now())
