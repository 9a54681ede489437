"""What editors get of a version before anybody else: its form, sample prints, the blank form, the file as it was sent.

All of the newest draft, and kept nowhere. Nothing of this counts as use.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from library import composing, controls, docx_file, outputs, pdf, prefill, samples, stored
from library.marked import sandbox
from library.marked.faults import Refused
from library.models import DocumentPage, Form, VersionPage
from library.outputs import NotMade
from library.problems import problems_of

SAMPLE, BLANK = "przyklad", "pusty"


@require_safe
def printed(request: HttpRequest, page_id: int, what: str, form: str) -> HttpResponse:
    """A draft filled in with invented values, or blank. A draft with mistakes is not printed: the page says which."""
    version = draft_of(request, page_id)
    forms = {each.value for each in outputs.forms_of(version)} if version.is_filled_in else set()
    if form not in forms or what not in {SAMPLE, BLANK}:
        raise Http404
    troubles, content = _troubles(version), b""
    if not troubles:
        try:
            content = _blank(version, Form(form)) if what == BLANK else _sample(version, Form(form))
        except (NotMade, Refused) as error:
            troubles = [str(error)]
    if troubles:
        context = {"version": version, "troubles": troubles}
        return render(request, "library/admin/unprintable_version.html", context, status=409)
    name = f"{version.get_parent().slug}-{version.slug}-{what}.{form}"
    return HttpResponse(
        content,
        content_type=outputs.TYPES[form],
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def form_preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form of the newest draft as people will see it. It sends nothing."""
    version = draft_of(request, page_id)
    if not version.is_filled_in:
        raise Http404
    fields, known = version.document().fields, prefill.known_of(request.user)
    showing = controls.Showing(typed=prefill.prefilled(fields, known), known=known)
    context = {"version": version, "title": version.get_parent().title, "groups": controls.groups_of(fields, showing)}
    return render(request, "library/admin/form_preview.html", context)


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


def _blank(version: VersionPage, form: Form) -> bytes:
    """Raises `NotMade`."""
    return outputs.blank(DocumentPage.objects.parent_of(version).get(), version, form)


def _sample(version: VersionPage, form: Form) -> bytes:
    """Raises `Refused`."""
    document = version.document()
    values = samples.values_for(document.fields)
    if version.file is not None and version.source == VersionPage.Source.MARKED:
        return sandbox.fill(stored.content_of(version.file), document.fields, values)
    sheet = samples.marked(composing.compose(document, values))
    signs = outputs.signs_of(DocumentPage.objects.parent_of(version).get().project)
    if form is Form.PDF:
        return pdf.write(sheet, signs=signs, day=version.in_force_on)
    return docx_file.write(sheet, signs=signs)


URLS = [
    path("<int:page_id>/wydruk/<str:what>/<str:form>/", printed, name="print"),
    path("<int:page_id>/formularz/", form_preview, name="form"),
    path("<int:page_id>/plik/", original, name="stored"),
]
