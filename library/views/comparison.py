"""Two versions of a document side by side."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from library import access, comparing
from library.models import VersionPage
from library.timeline import State
from library.views.files import not_yet
from library.visits import Visit, visit

OTHER, NEW = "z", "do"  # parameters: the version to compare with, and another than the address names


@require_safe
def comparison(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """A version compared with the one before it, or with the one that the address names. Up to ten queries."""
    found = visit(request, slug)
    asked = found.version(version)
    if (wanted := request.GET.get(NEW, version)) != version:
        query = urlencode({OTHER: request.GET.get(OTHER, "")})
        return redirect(f"{reverse('documents:comparison', args=[slug, found.version(wanted).slug])}?{query}")
    other = _other(found, asked, request.GET.get(OTHER, ""))
    old, new = sorted((asked, other), key=lambda page: (page.in_force_on, page.number))
    for shown in (old, new):
        if not access.may_take(request.user, found.document, shown):
            return not_yet(request, found, shown)
    return render(request, "library/comparison.html", _context(found, old, new))


def _other(found: Visit, asked: VersionPage, slug: str) -> VersionPage:
    """The version of that slug, else the one before, of the first the next. Raises `Http404` for an only one."""
    others = [page for page, _state in found.all_versions() if page != asked]
    if not others:
        raise Http404
    chosen = next((page for page in others if page.slug == slug), None)
    return chosen or found.before(asked) or others[-1]


def _context(found: Visit, old: VersionPage, new: VersionPage) -> dict[str, Any]:
    before, after = comparing.readable(old.text_lines()), comparing.readable(new.text_lines())
    paragraphs = comparing.compare(before, after)
    return {
        "page": found.document,
        "old": old,
        "new": new,
        "versions": [page for page, state in found.all_versions() if state is not State.UPCOMING or found.may_edit],
        "is_readable": bool(before and after),
        "counts": comparing.counts_of(paragraphs),
        "stretches": comparing.stretches_of(paragraphs),
        "document_url": reverse("documents:document", args=[found.document.slug]),
        "crumbs": [*found.document.crumbs(), {"title": "Porównanie wersji", "url": ""}],
    }
