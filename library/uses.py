"""Writes down that a version was taken: once for each person, or once a day for each visitor without an account.

Nothing says who a visitor was: what tells two visits apart is a digest of address and browser, under a key that nobody
keeps, in the cache for a day. What was typed into a form never comes here.
"""

from datetime import date, datetime, timedelta
from hashlib import blake2b

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from elearning.accounts.models import User
from library.models import Form, Holding, How, Usage, VersionPage

DAY = timedelta(days=1)


def count(request: HttpRequest, version: VersionPage, how: How, form: Form) -> bool:
    """Count one download or one filled form; whether it was counted now.

    HEAD requests and parts of a file count nothing: call this for answers that are the whole file. Four queries for a
    person the first time, one afterwards.
    """
    person = request.user
    if isinstance(person, User):
        return _hold(person, version, how, form)
    if not cache.add(_visit(request, version, how), 1, timeout=DAY.total_seconds()):
        return False
    _increase(version, how, form, "", timezone.localdate())
    return True


def _hold(person: User, version: VersionPage, how: How, form: Form) -> bool:
    with transaction.atomic():
        _, is_new = Holding.objects.get_or_create(user=person, version=version, how=how)
        if is_new:
            kind = person.institution.kind if person.institution else ""
            _increase(version, how, form, kind, timezone.localdate())
    return is_new


def _increase(version: VersionPage, how: How, form: Form, kind: str, day: date) -> None:
    usage, _ = Usage.objects.get_or_create(
        version=version, month=day.replace(day=1), how=how, form=form, institution_kind=kind
    )
    Usage.objects.filter(pk=usage.pk).update(count=F("count") + 1)


def _visit(request: HttpRequest, version: VersionPage, how: How) -> str:
    """A key that is the same for one visitor on one day, and leads back to nobody."""
    address = get_adapter(request).get_client_ip(request)
    seen = f"{_day(timezone.now())} {address} {request.headers.get('User-Agent', '')}"
    digest = blake2b(seen.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    return f"document:{version.pk}:{how}:{digest}"


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()
