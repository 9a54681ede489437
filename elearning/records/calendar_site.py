"""Where this installation's files for calendars come from."""

from email.utils import parseaddr

from django.conf import settings

from .calendar_files import Site


def calendar_site() -> Site:
    """The address of the site and that of its messages, who invites: programs trust invitations of their sender."""
    return Site(settings.BASE_URL, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
