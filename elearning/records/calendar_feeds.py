"""The secret addresses at which people's calendars read their trainings."""

from uuid import UUID, uuid4

from elearning.accounts.models import User

from .models import CalendarFeed


def key_of(user: User) -> UUID | None:
    """The key of this person's address, None before they asked for one. One query."""
    return CalendarFeed.objects.filter(user=user).values_list("key", flat=True).first()


def owner_of(key: UUID) -> User | None:
    """Whose address has that key; nobody's once a new one was made or the account is closed. One query."""
    feed = CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()
    return feed.user if feed else None


def renew(user: User) -> UUID:
    """Give this person a new address, which ends the old one."""
    feed, _created = CalendarFeed.objects.update_or_create(user=user, defaults={"key": uuid4()})
    return feed.key
