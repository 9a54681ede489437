"""Tells those who have an earlier version of a document, or asked for it, that a newer one has taken effect.

Each of them once, whatever number of workers run and wherever one of them dies: a letter's key is used once, and the
row of the announcement, written with the last letters, ends the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from elearning.accounts.models import User
from elearning.notifications import outbox
from elearning.notifications.models import Message
from library import recipients, subscriptions
from library.models import Announcement, DocumentPage, Subscription, VersionPage
from library.timeline import Dated, timeline

# Letters written in one transaction: half a second of work, in which SQLite lets nobody else write.
CHUNK = 100


@dataclass(frozen=True)
class News:
    """A version that replaced others: `earlier` are their keys, also of those withdrawn since.

    `has_comparison` says whether the one before it is there to be compared with.
    """

    document: DocumentPage
    version: VersionPage
    earlier: tuple[int, ...]
    has_comparison: bool


def announce_due(today: date) -> int:
    """Announce the versions whose day has come; how many letters this call wrote. One query where there are none.

    A version of a document that is not published waits for it.
    """
    documents = DocumentPage.objects.live().values("path")
    parent_path = Substr("path", 1, Length("path") - Page.steplen)
    due = VersionPage.objects.live().filter(in_force_on__lte=today, announcement=None)
    due = due.annotate(parent_path=parent_path).filter(parent_path__in=documents)
    return sum(announce(version, today) for version in due.order_by("path"))


def announce(version: VersionPage, today: date) -> int:
    """Write the letters about one version; how many. Nobody is told of the first version, nor of one already replaced.

    Ten queries or so, as many for each `CHUNK`, and those of the letters.
    """
    news = news_of(version, today)
    if news is None:
        Announcement.objects.get_or_create(version=version)
        return 0
    holders = User.objects.filter(is_active=True, holdings__version__in=news.earlier)
    subscriptions.enlist(news.document, holders)
    count = 0
    reached: int | None = 0
    while reached is not None:
        written, reached = tell(news, reached)
        count += written
    return count


def news_of(version: VersionPage, today: date) -> News | None:
    """What there is to tell of a version on that day; None of the first one and of one that is not in force.

    Two queries.
    """
    document = DocumentPage.objects.get(path=version.path[: -Page.steplen])
    known = list(VersionPage.objects.child_of(document).exclude(first_published_at=None))
    published = timeline([_dated(page) for page in known if page.live], today)
    earlier = tuple(page.pk for page in known if _order(page) < _order(version))
    if not earlier or published.current != _dated(version):
        return None
    return News(document, version, earlier, published.before(_dated(version)) is not None)


def _dated(version: VersionPage) -> Dated:
    return Dated(version.pk, version.number, version.in_force_on)


def _order(version: VersionPage) -> tuple[date, int]:
    return version.in_force_on, version.number


def tell(news: News, after: int) -> tuple[int, int | None]:
    """Write the letters of the next subscriptions after that key; how many, and the last key, None after the end."""
    with transaction.atomic():
        if Announcement.objects.filter(version=news.version).exists():
            return 0, None
        chunk = list(_subscriptions(news.document).filter(pk__gt=after).select_related("user").order_by("pk")[:CHUNK])
        written = sum(_write(news, subscription) for subscription in _readers(news, chunk))
        if len(chunk) == CHUNK:
            return written, chunk[-1].pk
        count = Message.objects.filter(key__startswith=_key(news, "")).count()
        Announcement.objects.get_or_create(version=news.version, defaults={"recipients": count})
    return written, None


def _subscriptions(document: DocumentPage) -> QuerySet[Any]:
    return subscriptions.with_address(Subscription.objects.filter(document=document))


def _readers(news: News, chunk: Sequence[Any]) -> list[Any]:
    """Those of the subscriptions that count, of people who may open the version."""
    active = [one for one in chunk if subscriptions.counts(one)]
    stopped = _subscriptions(news.document).exclude(stopped_at=None).filter(address__in={one.address for one in active})
    silent = set(stopped.values_list("address", flat=True))
    opened = recipients.openness(news.document, news.version)
    readers = opened.of([one.user_id for one in active if one.user_id])
    return [
        one
        for one in active
        if one.address not in silent and (one.user_id in readers if one.user_id else opened.is_public)
    ]


def _write(news: News, subscription: Any) -> bool:
    """One letter to one address, by account and by address the same."""
    digest = blake2b(subscription.address.encode(), digest_size=16).hexdigest()
    return outbox.queue(
        key=_key(news, digest),
        template="library/mail/new_version",
        user=subscription.user,
        recipient=subscription.email,
        context={
            "document": news.document,
            "version": news.version,
            "has_comparison": news.has_comparison,
            "unsubscribe_url": subscriptions.stop_url(subscription),
        },
    )


def _key(news: News, digest: str) -> str:
    return f"new-version:{news.version.pk}:{digest}"
