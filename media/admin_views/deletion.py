"""What an editor meets who deletes a film that people have watched: an explanation and the offer to unpublish."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from media.holdings import viewing_of


def keep_film(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of deleting one page; None where nobody watched it or a film below it."""
    return _explain(request, [page])


def keep_films(request: HttpRequest, action_type: str, objects: Iterable[Page], action: object) -> HttpResponse | None:
    """Instead of deleting several pages at once."""
    pages = [page for page in objects if isinstance(page, Page)]
    return _explain(request, pages) if action_type == "delete" and pages else None


def _explain(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    behind = [(page, found) for page in pages if (found := viewing_of(page))]
    if not behind:
        return None
    first, _found = behind[0]
    context = {"pages": behind, "back_to": first.get_parent().pk}
    return render(request, "media/admin/undeletable_films.html", context, status=409)
