"""Who is told when a document changes: the only writer of subscriptions.

One person may stand here twice, by account and by address. What they decide in one place holds in both.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from elearning.accounts.models import User
from elearning.notifications import outbox
from library.models import DocumentPage, Holding, Subscription, VersionPage

# How long an address may wait to be confirmed. It is personal data of somebody who may know nothing of it.
UNCONFIRMED_KEPT = timedelta(days=7)
# With so many requests waiting, an address gets no more letters: somebody else may be typing it.
MOST_WAITING = 10


def with_address(subscriptions: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """The same with `address`: where the letter goes, in small letters."""
    return subscriptions.annotate(address=Lower(Case(When(email="", then=F("user__email")), default=F("email"))))


def counts(subscription: Subscription) -> bool:
    """Whether it is one by which somebody is told: an account's always, an address's once it was confirmed."""
    return subscription.stopped_at is None and bool(subscription.user_id or subscription.confirmed_at)


def is_following(user: User, document: DocumentPage) -> bool:
    """Whether this person is told: who took a version or asked for it, and has not stopped it. Two queries at most."""
    rows = list(_of_address(document, user.email))
    if any(row.stopped_at for row in rows):
        return False
    if any(counts(row) for row in rows):
        return True
    return Holding.objects.filter(user=user, version__in=VersionPage.objects.child_of(document)).exists()


def follow(user: User, document: DocumentPage) -> None:
    """Tell this person from now on."""
    own, _ = Subscription.objects.get_or_create(user=user, document=document)
    take_up(own)


def unfollow(user: User, document: DocumentPage) -> None:
    """Tell this person no more, not even as one who has an earlier version."""
    own, _ = Subscription.objects.get_or_create(user=user, document=document)
    stop(own)


def enlist(document: DocumentPage, people: QuerySet[User]) -> None:
    """Give those who are told for having a version a subscription, and so a link by which they stop it. Two queries.

    They did not ask for it, so it has no `confirmed_at`.
    """
    new = people.exclude(subscriptions__document=document).values_list("pk", flat=True).distinct()
    rows = [Subscription(document=document, user_id=pk) for pk in new.order_by("pk")]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)


def ask(document: DocumentPage, email: str) -> bool:
    """Write to an address that somebody left, once a day, asking to confirm it; whether a letter was written."""
    address = email.lower()
    with transaction.atomic():
        asked, is_new = Subscription.objects.get_or_create(document=document, email=address)
        if asked.confirmed_at is None and not is_new:
            Subscription.objects.filter(pk=asked.pk).update(created_at=timezone.now())
        if Subscription.objects.filter(email=address, confirmed_at=None).count() > MOST_WAITING:
            return False
        return outbox.queue(
            key=f"subscription:{asked.pk}:{timezone.localdate()}",
            template="library/mail/confirm_subscription",
            recipient=address,
            context={"document": document, "subscription": asked},
        )


def find(token: UUID) -> Subscription | None:
    return Subscription.objects.filter(token=token).select_related("document", "user").first()


def take_up(subscription: Subscription) -> None:
    """Confirm a subscription, or begin again with one that was stopped."""
    now = timezone.now()
    with transaction.atomic():
        _same_person(subscription).update(stopped_at=None)
        _same_person(subscription).filter(confirmed_at=None).update(confirmed_at=now)


def stop(subscription: Subscription) -> None:
    """Send nothing more about this document. Repeated, it keeps the first time."""
    _same_person(subscription).filter(stopped_at=None).update(stopped_at=timezone.now())


def stop_url(subscription: Subscription) -> str:
    """The whole address that stops it, for a letter and for the button of a mail program."""
    return settings.BASE_URL + reverse("documents:stop", args=[subscription.token])


def forget_unconfirmed(now: datetime) -> int:
    """Delete the addresses that nobody confirmed in time; how many."""
    waiting = Subscription.objects.filter(user=None, confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT)
    return waiting.delete()[0]


def _of_address(document: DocumentPage, address: str) -> QuerySet[Subscription]:
    """What there is for one person: of the account with this address, and of the address itself."""
    return Subscription.objects.filter(Q(email__iexact=address) | Q(user__email__iexact=address), document=document)


def _same_person(subscription: Subscription) -> QuerySet[Subscription]:
    address = subscription.user.email if subscription.user else subscription.email
    return _of_address(subscription.document, address)
