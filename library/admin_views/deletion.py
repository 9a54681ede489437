"""What an editor meets who takes away a version that people have, or that is in force: an explanation with numbers."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from library.holdings import in_force_among, taken_of
from library.models import DocumentPage, VersionPage

DELETE, UNPUBLISH, MOVE = "delete", "unpublish", "move"


def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of deleting one page; None where nobody took a version and none is in force."""
    return _explain(request, [page], DELETE)


def keep_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of unpublishing a version, or all below a document with it."""
    is_whole = page.specific_class is VersionPage or request.POST.get("include_descendants")
    return _explain(request, [page], UNPUBLISH) if is_whole else None


def keep_in_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Instead of moving a version to another document."""
    return _explain_move(request, [page])


def keep_pages(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """Instead of doing so with several pages at once."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type == MOVE:
        return _explain_move(request, pages)
    if action_type == UNPUBLISH and not action.cleaned_form.cleaned_data.get("include_descendants"):
        pages = [page for page in pages if page.specific_class is VersionPage]
    return _explain(request, pages, action_type) if action_type in {DELETE, UNPUBLISH} else None


def _explain(request: HttpRequest, pages: list[Page], action: str) -> HttpResponse | None:
    found = [(page, taken_of(page), in_force_among(page)) for page in pages]
    behind = [(page, taken, in_force) for page, taken, in_force in found if taken or in_force]
    if not behind:
        return None
    context = {
        "pages": [
            {
                "page": page,
                "taken": taken,
                "in_force": in_force,
                "is_document": page.specific_class is DocumentPage,
            }
            for page, taken, in_force in behind
        ],
        "is_deletion": action == DELETE,
        "back_to": behind[0][0].get_parent().pk,
    }
    return render(request, "library/admin/kept_versions.html", context, status=409)


def _explain_move(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    versions = [page for page in pages if page.specific_class is VersionPage]
    if not versions:
        return None
    context = {"back_to": versions[0].get_parent().pk}
    return render(request, "library/admin/immovable_version.html", context, status=409)
