"""The strip of signs at the foot of a page."""

from django import template
from django.conf import settings
from django.template.context import Context

from elearning.cms.funding import Strip, strip_of

register = template.Library()


@register.simple_tag(takes_context=True)
def funding_strip(context: Context) -> Strip | None:
    """The strip of the project to which the page belongs, or of the site. One query for a request.

    A page belongs to its own `project`, a lesson or a quiz to that of the course of the `visit`. Without a request, as
    on the page of an error, nothing is asked of the database.
    """
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "funding_strip"):
        holders = (context.get("page"), getattr(context.get("visit"), "course", None))
        keys = (getattr(holder, "project_id", None) for holder in holders)
        request.funding_strip = strip_of(next(filter(None, keys), None))
    found: Strip | None = request.funding_strip
    return found


@register.simple_tag(takes_context=True)
def address_in_print(context: Context) -> str:
    """The full address of the page, for its print; nothing without a request."""
    request = context.get("request")
    return f"{settings.BASE_URL}{request.path}" if request is not None else ""
