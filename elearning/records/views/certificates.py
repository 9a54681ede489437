"""Certificates: verified by anybody, downloaded by their owners."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe

from elearning.accounts.limits import may_try
from elearning.records import certificate_files, certificates
from elearning.records.certificate_code import canonical_code
from elearning.records.certificate_facts import course_rows, day
from elearning.records.forms import VerificationForm
from elearning.records.models import Certificate

# Tries of one address in a minute: enough for an office that checks a pile of certificates, too few to guess one.
TRIES = 30


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """„Zweryfikuj zaświadczenie”: asks for a code and leads to its certificate."""
    form = VerificationForm(request.GET or None)
    if form.is_bound and not _may_try(request):
        return render(request, "429.html", status=429)
    if form.is_bound and form.is_valid():
        if certificates.find(form.cleaned_data["code"]):
            return redirect("records:certificate", form.cleaned_data["code"])
        form.add_error("code", "Nie ma zaświadczenia o takim kodzie. Sprawdź, czy kod jest przepisany dokładnie.")
    return render(request, "records/verify.html", {"form": form}, status=200 if not form.errors else 404)


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Every printed fact, and whether the certificate is valid. An unknown code is told so, in general words."""
    if not _may_try(request):
        return render(request, "429.html", status=429)
    found = certificates.find(code)
    if found is None:
        form = VerificationForm({"code": code})
        if form.is_valid():
            form.add_error("code", "Nie ma zaświadczenia o takim kodzie. Sprawdź, czy kod jest przepisany dokładnie.")
        return render(request, "records/verify.html", {"form": form}, status=404)
    if code != found.code:
        return redirect("records:certificate", found.code)
    context = {
        "certificate": found,
        "facts": found.facts,
        "issued": day(found.facts["issued"]),
        "rows": [{"label": label, "value": value} for label, value in course_rows(found.facts)],
    }
    return render(request, "records/certificate.html", context)


def _may_try(request: HttpRequest) -> bool:
    return may_try(request, action="verify-certificate", limit=TRIES)


def _own(request: HttpRequest, code: str) -> Certificate | None:
    """The person's own certificate, or any for who may see the lists of them. Others' are as unknown."""
    found = Certificate.objects.filter(code=canonical_code(code) or "").first()
    if found is None or found.user_id == request.user.pk or request.user.has_perm("records.view_certificate"):
        return found
    return None


def _etag(request: HttpRequest, code: str) -> str | None:
    """The hash of the file, which never changes; None while it is not made yet."""
    found = _own(request, code) if request.user.is_authenticated else None
    return quote_etag(found.sha256) if found and found.sha256 else None


@require_safe
@login_required
@condition(etag_func=_etag)
def certificate_file(request: HttpRequest, code: str) -> FileResponse:
    """„Pobierz zaświadczenie”: the PDF, made now where the worker has not made it yet."""
    found = _own(request, code)
    if found is None:
        raise Http404
    ready = certificate_files.ensure(found)
    response = FileResponse(
        ready.file.open("rb"),
        as_attachment=True,
        filename=certificate_files.file_name(ready),
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-cache"
    return response
