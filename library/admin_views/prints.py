"""What editors get of a version before anybody else: sample prints, the blank form, the file as it was sent.

All of the newest draft, and kept nowhere. Nothing of this counts as use.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from library import composing, pdf, samples, stored
from library.marked import sandbox
from library.marked.faults import Refused
from library.models import Form, VersionPage
from library.problems import problems_of
from library.sheet import Sheet
from library.structure import Document

SAMPLE, BLANK = "przyklad", "pusty"
TYPES = {
    Form.DOCX.value: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF.value: "application/pdf",
}
WRITERS: dict[str, Callable[[Sheet, date], bytes]] = {
    Form.PDF.value: lambda sheet, day: pdf.write(sheet, day=day),
}


@require_safe
def printed(request: HttpRequest, page_id: int, what: str, form: str) -> HttpResponse:
    """A draft filled in with invented values, or blank. A draft with mistakes is not printed: the page says which."""
    version = draft_of(request, page_id)
    if not version.is_filled_in or form not in TYPES or what not in {SAMPLE, BLANK}:
        raise Http404
    troubles = _troubles(version)
    content = b""
    if not troubles:
        try:
            content = _marked(version, what, form) if version.source == "marked" else _structured(version, what, form)
        except Refused as error:
            troubles = [str(error)]
    if troubles:
        context = {"version": version, "troubles": troubles}
        return render(request, "library/admin/unprintable_version.html", context, status=409)
    name = f"{version.get_parent().slug}-{version.slug}-{what}.{form}"
    return HttpResponse(
        content,
        content_type=TYPES[form],
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def original(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The file of the newest draft, as it was sent."""
    file = draft_of(request, page_id).file
    if file is None:
        raise Http404
    answer = FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def draft_of(request: HttpRequest, page_id: int) -> Any:
    """The newest draft of a version for those who may edit it. Raises `Http404` and `PermissionDenied`."""
    version = get_object_or_404(VersionPage, pk=page_id).get_latest_revision_as_object()
    if not version.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return version


def _troubles(version: VersionPage) -> list[str]:
    """What keeps a draft that is written in the admin from being printed."""
    if version.source != VersionPage.Source.STRUCTURED:
        return []
    return [f"{problem.place}: {problem.text}" for problem in problems_of(version.document())]


def _structured(version: VersionPage, what: str, form: str) -> bytes:
    """Raises `Http404`."""
    if form not in WRITERS:
        raise Http404
    return WRITERS[form](_sheet(version.document(), what), version.in_force_on)


def _sheet(document: Document, what: str) -> Sheet:
    if what == BLANK:
        return composing.blank(document)
    return samples.marked(composing.compose(document, samples.values_for(document.fields)))


def _marked(version: VersionPage, what: str, form: str) -> bytes:
    """A Word file stays one. Raises `Http404`, `Refused`."""
    if form != Form.DOCX or version.file is None:
        raise Http404
    template, fields = stored.content_of(version.file), version.document().fields
    if what == BLANK:
        return sandbox.blank(template, fields)
    return sandbox.fill(template, fields, samples.values_for(fields))


URLS = [
    path("<int:page_id>/wydruk/<str:what>/<str:form>/", printed, name="print"),
    path("<int:page_id>/plik/", original, name="stored"),
]
