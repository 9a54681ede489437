"""Libraries: the list, one library, decisions about them, and the preparation of updates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from h5p.django import hubs, removal, trusting, updates
from h5p.django.admin_views.guards import allowed
from h5p.django.admin_views.library_rows import rows
from h5p.django.models import Content, Library
from h5p.django.permissions import may_see_libraries, may_trust

PER_PAGE = 50
_LIGHT = ("semantics", "languages", "description")


@allowed(may_see_libraries)
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every library with what an administrator decides by; searched by name, filtered by state."""
    found = _filtered(request.GET.get("q", "").strip(), request.GET.get("state", ""))
    page = Paginator(found.select_related("added_by"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "rows": rows(page.object_list),
        "query": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "states": [*Library.Trust.choices, ("unused", _("unused"))],
        "may_decide": may_trust(request.user),
        "has_hub": hubs.is_on(),
    }
    return render(request, "h5p/admin/libraries.html", context)


@allowed(may_see_libraries)
@require_safe
def library(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One library: what it is, what plays with it, and what it can be updated to."""
    shown = get_object_or_404(Library.objects.select_related("added_by", "trusted_by"), pk=pk)
    contents = Content.objects.filter(live_version__pins__library=shown).select_related("collection")
    context = {
        "row": rows([shown])[0],
        "library": shown,
        "contents": contents.order_by("title"),
        "files": shown.files.select_related("blob").order_by("path"),
        "targets": updates.targets(shown).defer(*_LIGHT),
        "updates": updates.updates_of([shown]),
        "may_decide": may_trust(request.user),
    }
    return render(request, "h5p/admin/library.html", context)


@allowed(may_trust)
@require_POST
def decide(request: HttpRequest) -> HttpResponseBase:
    """Let learners have the ticked libraries, block them, take the consent back, or remove those that are unused."""
    chosen = Library.objects.filter(pk__in=[pk for pk in request.POST.getlist("library") if pk.isdecimal()])
    decision = request.POST.get("decision", "")
    if not chosen.exists():
        messages.error(request, _("Tick at least one library."))
    elif decision == "remove":
        count = removal.remove_libraries(chosen)
        messages.success(request, _("Removed libraries: %(count)d.") % {"count": count})
    elif decision in _DECISIONS:
        count = _DECISIONS[decision](chosen.only("pk"), user=request.user)
        messages.success(request, _("Changed libraries: %(count)d.") % {"count": count})
    else:
        messages.error(request, _("Choose what to do with the libraries."))
    return redirect(_next(request))


@allowed(may_trust)
@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make what an update would bring, to look at before it runs."""
    old = get_object_or_404(Library, pk=pk)
    new = get_object_or_404(updates.targets(old), pk=request.POST.get("new") or 0)
    update = updates.prepare(old, new, user=request.user)
    return redirect("h5p_updates:update", pk=update.pk)


_DECISIONS = {"trust": trusting.trust, "block": trusting.block, "withdraw": trusting.withdraw}


def _filtered(query: str, state: str) -> QuerySet[Library]:
    found = removal.unused_libraries() if state == "unused" else Library.objects.all()
    if state in Library.Trust.values:
        found = found.filter(trust=state)
    if query:
        found = found.filter(Q(machine_name__icontains=query) | Q(title__icontains=query))
    return found


def _next(request: HttpRequest) -> str:
    """Back to where the decision was made, if that is on this site."""
    url = request.POST.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, request.get_host()) else "h5p_libraries:index"
