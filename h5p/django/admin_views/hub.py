"""Content types of the H5P hub: what there is, and the installation of one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from h5p.django import hubs
from h5p.django.admin_views.guards import allowed
from h5p.django.admin_views.uploads import findings
from h5p.django.models import Library
from h5p.django.permissions import may_trust
from h5p.hub import HubError
from h5p.issues import InvalidPackage


@allowed(may_trust)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of the hub."""
    _require_hub()
    try:
        context = {"offers": hubs.offers(), "trouble": False}
    except HubError:
        context = {"offers": [], "trouble": True}
    return render(request, "h5p/admin/hub.html", context)


@allowed(may_trust)
@require_POST
def install(request: HttpRequest) -> HttpResponse:
    """Download one content type; its libraries then wait for consent."""
    _require_hub()
    try:
        libraries = hubs.install(request.POST.get("type", ""), user=request.user)
    except HubError:
        messages.error(request, _("The hub did not deliver this content type. Nothing was changed. Try again later."))
    except InvalidPackage as error:
        messages.error(request, _("The hub's package was refused. Nothing of it was kept."))
        for finding in findings(error.issues):
            messages.error(request, f"{finding.cause} {finding.remedy}")
    except ValueError as error:
        raise Http404 from error
    else:
        waiting = sum(library.trust == Library.Trust.QUARANTINED for library in libraries)
        said = _("Libraries in the file: %(count)d. Of these, waiting for your consent: %(waiting)d.")
        messages.success(request, said % {"count": len(libraries), "waiting": waiting})
        return redirect("h5p_libraries:index")
    return redirect("h5p_libraries:hub")


def _require_hub() -> None:
    if not hubs.is_on():
        raise Http404
