"""What every template may read."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name and whether this is a demonstration. No query."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "demo_mailbox": settings.DEMO_MAILBOX}
