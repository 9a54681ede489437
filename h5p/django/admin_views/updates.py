"""Updates of libraries: what they would change, each content with its preview; run, undone, taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from h5p.django import updates
from h5p.django.admin_views.guards import allowed
from h5p.django.models import LibraryUpdate
from h5p.django.permissions import may_trust

PER_PAGE = 50
_LIGHT = [f"{side}__{name}" for side in ("old", "new") for name in ("semantics", "languages", "description")]


@allowed(may_trust)
@require_safe
def update(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One update: the contents it concerns, with a preview of each before and after."""
    shown = _found(pk)
    contents = shown.contents.select_related("before__content__collection", "after")
    heavy = [f"{side}__{name}" for side in ("before", "after") for name in ("params", "filtered", "manifest")]
    contents = contents.defer(*heavy).order_by("before__content__title", "pk")
    context = {
        "update": shown,
        "page": Paginator(contents, PER_PAGE).get_page(request.GET.get("p")),
        "movable": shown.contents.exclude(after=None).count(),
    }
    return render(request, "h5p/admin/update.html", context)


@allowed(may_trust)
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the prepared versions the current ones."""
    return _act(request, pk, lambda row: updates.run(row, user=request.user), _("Updated contents: %(count)d."))


@allowed(may_trust)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring back the versions before."""
    said = _("Contents with their version before the update: %(count)d.")
    return _act(request, pk, lambda row: updates.undo(row, user=request.user), said)


@allowed(may_trust)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back a preparation."""
    row = _found(pk)
    try:
        updates.discard(row)
    except updates.NotPossible:
        messages.error(request, _("This is not possible any more: look at the state of the update."))
        return redirect("h5p_updates:update", pk=pk)
    messages.success(request, _("The update has been taken back. No content was changed."))
    return redirect("h5p_libraries:library", pk=row.old_id)


def _act(request: HttpRequest, pk: int, verb: Callable[[LibraryUpdate], int], said: str) -> HttpResponseBase:
    try:
        count = verb(_found(pk))
    except updates.NotPossible:
        messages.error(request, _("This is not possible any more: look at the state of the update."))
    else:
        messages.success(request, said % {"count": count})
    return redirect("h5p_updates:update", pk=pk)


def _found(pk: int) -> LibraryUpdate:
    rows = LibraryUpdate.objects.select_related("old", "new", "prepared_by", "done_by", "undone_by")
    return get_object_or_404(rows.defer(*_LIGHT), pk=pk)
