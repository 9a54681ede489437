"""Finds the page of an address at once, where Wagtail walks down the tree with two queries at each step."""

from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page

from elearning.cms.models.base import address_of

ABOVE_HOME = 1  # the tree's root; the home page's own slug stands in no address


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A page as Wagtail serves it, with its hooks and restrictions; where none is found at once, Wagtail looks."""
    found = page_at(path)
    if found is not None:
        request._wagtail_route_for_request = found.specific.route(request, [])  # type: ignore[attr-defined]
    response: HttpResponse = views.serve(request, path)
    return response


def page_at(path: str) -> Page | None:
    """The published page at this path, written without its first slash. One query."""
    parts = [part for part in path.split("/") if part]
    pages = Page.objects.live().filter(depth=ABOVE_HOME + 1 + len(parts))
    if parts:
        pages = pages.filter(slug=parts[-1], url_path__endswith=f"/{path}")
    # SQLite compares endings without regard to case.
    return next((page for page in pages if address_of(page.url_path) == f"/{path}"), None)
