"""Packages come in: as new contents, as new versions, as libraries. What is refused is explained, all of it at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from h5p.django.admin_views.guards import allowed, content_for
from h5p.django.forms import LibrariesForm, ReplaceForm, UploadForm
from h5p.django.importing import Imported, import_package, install_libraries
from h5p.django.models import Library
from h5p.django.permissions import may_add, may_trust
from h5p.issues import InvalidPackage, Issue

# More warnings than this help nobody; the package plays anyway.
MOST_WARNINGS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue in the language of the person: where, what is wrong, and what to do."""

    place: str
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A page with a form for a file: what it is called, and where „back” leads."""

    title: str
    submit: str
    back_url: str


@allowed(may_add)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """A new content."""
    form = UploadForm(**_posted(request), user=request.user)
    upload = Upload(_("Add H5P content"), _("Upload"), reverse("h5p_contents:index"))

    def store() -> str:
        done = import_package(
            form.cleaned_data["file"],
            user=request.user,
            collection=form.cleaned_data["collection"],
            title=form.cleaned_data["title"].strip(),
        )
        _report(request, done, _("The content “%(title)s” has been added. Look at the preview."))
        return reverse("h5p_contents:content", args=[done.content.pk])

    return _upload(request, form, upload, store)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new version of a content. Learners in the middle of the version before keep it."""
    content = content_for(request, pk, "change")
    back_url = reverse("h5p_contents:content", args=[content.pk])
    form = ReplaceForm(**_posted(request))
    upload = Upload(_("New version: %(title)s") % {"title": content.title}, _("Upload new version"), back_url)

    def store() -> str:
        file = form.cleaned_data["file"]
        done = import_package(file, user=request.user, collection=content.collection, content=content)
        _report(request, done, _("There is a new version of “%(title)s”. Look at the preview."))
        return back_url

    return _upload(request, form, upload, store)


@allowed(may_trust)
@require_http_methods(["GET", "HEAD", "POST"])
def add_libraries(request: HttpRequest) -> HttpResponseBase:
    """Libraries without a content."""
    back_url = reverse("h5p_libraries:index")
    form = LibrariesForm(**_posted(request))

    def store() -> str:
        trust = form.cleaned_data["trust"]
        libraries = install_libraries(form.cleaned_data["file"], user=request.user, trust=trust)
        waiting = sum(library.trust == Library.Trust.QUARANTINED for library in libraries)
        said = _("Libraries in the file: %(count)d. Of these, waiting for your consent: %(waiting)d.")
        messages.success(request, said % {"count": len(libraries), "waiting": waiting})
        return back_url

    return _upload(request, form, Upload(_("Install libraries"), _("Install"), back_url), store)


def findings(issues: Iterable[Issue]) -> list[Finding]:
    """The issues in the language of the request."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return [Finding(issue.place, issue.cause(language), issue.remedy(language)) for issue in issues]


def _posted(request: HttpRequest) -> dict[str, Any]:
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _upload(request: HttpRequest, form: forms.Form, upload: Upload, store: Callable[[], str]) -> HttpResponseBase:
    """Show the form, or store the file and go on; a script that shows the progress gets the address to go to."""
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        try:
            url = store()
        except InvalidPackage as error:
            found = findings(error.issues)
            form.add_error("file", _("The file was refused. Nothing of it was kept; the reasons are listed below."))
        else:
            return JsonResponse({"url": url}) if _is_script(request) else redirect(url)
    context = {"form": form, "upload": upload, "findings": found}
    answer: HttpResponse = render(request, "h5p/admin/upload.html", context, status=422 if form.errors else 200)
    return answer


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _report(request: HttpRequest, done: Imported, said: str) -> None:
    """Say what was stored, and what an author should know about it."""
    if not done.is_new:
        said = _("“%(title)s” already has exactly this file, so nothing was stored.")
    messages.success(request, said % {"title": done.content.title})
    for finding in findings(done.warnings[:MOST_WARNINGS]):
        messages.warning(request, f"{finding.cause} {finding.remedy}")
    if done.version.waiting_libraries.exists():
        messages.warning(request, _("Learners will get it as soon as an administrator consents to its libraries."))
