"""Files of documents: the blank form of a version, and what its editor uploaded.

`access.may_take` decides for all of them. The address without a version is the one in force, whichever that is today.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from elearning.cms.delivery import deliver, deliver_bytes
from library import access, outputs, uses
from library.models import Form, How, StoredFile, VersionPage
from library.timeline import State
from library.visits import CLOSED, Visit, visit

FORMS = {Form.DOCX.value: Form.DOCX, Form.PDF.value: Form.PDF}
# Whole files: sent by the application or the front server, or where the storage has them.
WHOLE = {200, 302}


@require_safe
def file(request: HttpRequest, slug: str, form: str, version: str | None = None) -> HttpResponseBase:
    """A file of the version in force, or of that version; counted when it goes out whole. Eleven queries at most."""
    found = visit(request, slug)
    shown = found.upcoming if version is None and found.current is None else None
    shown = shown or found.version(version)
    if not access.may_take(request.user, found.document, shown):
        return not_yet(request, found, shown)
    response = _original(request, found, shown) if form == outputs.ORIGINAL else _blank(request, found, shown, form)
    if request.method == "GET" and response.status_code in WHOLE and "Range" not in request.headers:
        uses.count(request, shown, How.DOWNLOAD, _counted_as(shown, form))
    return response


def not_yet(request: HttpRequest, found: Visit, shown: VersionPage) -> HttpResponse:
    """Why nobody takes that version yet, and from when. Raises `PermissionDenied` for one that is closed otherwise."""
    if found.state_of(shown) is not State.UPCOMING:
        raise PermissionDenied(CLOSED)
    context: dict[str, Any] = {
        "page": found.document,
        "version": shown,
        "current": found.current,
        "document_url": reverse("documents:document", args=[found.document.slug]),
    }
    return render(request, "library/not_yet.html", context, status=403)


def _blank(request: HttpRequest, found: Visit, shown: VersionPage, form: str) -> HttpResponseBase:
    if FORMS.get(form) not in outputs.forms_of(shown):
        raise Http404
    try:
        content = outputs.blank(found.document, shown, FORMS[form])
    except outputs.NotMade as error:
        raise Http404 from error
    return deliver_bytes(
        request, content, content_type=outputs.TYPES[form], filename=_name(found, shown, form), attachment=True
    )


def _original(request: HttpRequest, found: Visit, shown: VersionPage) -> HttpResponseBase:
    """The uploaded file; a Word file with marks is for those who edit it."""
    stored: StoredFile | None = shown.file
    if stored is None or (shown.source != VersionPage.Source.FILE and not found.may_edit):
        raise Http404
    return deliver(
        request,
        stored.file,
        content_type=outputs.TYPES.get(stored.extension, outputs.BINARY),
        filename=_name(found, shown, stored.extension),
        attachment=True,
    )


def _name(found: Visit, shown: VersionPage, extension: str) -> str:
    """„porozumienie-pzk-wersja-2.docx”: two versions in one folder stay two files."""
    return f"{found.document.slug}-{shown.slug}.{extension}"


def _counted_as(shown: VersionPage, form: str) -> Form:
    extension = shown.file.extension if form == outputs.ORIGINAL and shown.file else form
    return FORMS.get(extension, Form.OTHER)
