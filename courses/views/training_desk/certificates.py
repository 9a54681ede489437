"""Certificates of participation in one go: who has earned one, who has not and why, and what became of issuing."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import TrainingPage
from courses.trainings import certificates as training_certificates
from courses.trainings import items as training_items
from courses.trainings.access import may_organise
from courses.trainings.certificates import Issued
from courses.trainings.terms import training_of
from elearning.cms.delivery import deliver_bytes
from elearning.cms.templatetags.polish import plural
from elearning.records import certificate_files
from elearning.records.models import Certificate, Registration

from .entrance import frame, looked_at, organised_by

NOBODY = "Nie zaznaczono nikogo. Zaznacz osoby, którym wystawić zaświadczenia."
CREDITED = "Zaliczono udział w\xa0kursach: {}."


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with its reasons; posted, certificates for those who were ticked, and credit in courses for all."""
    if request.method == "POST":
        return _issue(request, pk)
    page = looked_at(request, pk)
    training = training_of(page)
    rows = training_certificates.rows_of(training, timezone.now())
    context = {
        **frame(page, "Zaświadczenia"),
        "rows": rows,
        "due": sum(row.is_due for row in rows),
        "issued": sum(row.certificate is not None for row in rows),
        "gives_certificates": training.needed is not None,
        "may_change": may_organise(request.user, page),
    }
    return render(request, "courses/training_desk/certificates.html", context)


def _issue(request: HttpRequest, pk: int) -> HttpResponse:
    page, _person = organised_by(request, pk)
    credited = _credit(request, page)
    if not page.gives_certificates:
        return redirect("training_desk:certificates", pk)
    chosen = Registration.objects.filter(training=page.pk, pk__in=_ticked(request))
    if not chosen:
        if not credited:
            messages.error(request, NOBODY)
        return redirect("training_desk:certificates", pk)
    made = training_certificates.issue(training_of(page), chosen)
    messages.success(request, _success(made))
    for registration, reason in made.refused:
        messages.warning(request, f"{registration.name}: {reason}")
    return redirect("training_desk:certificates", pk)


def _credit(request: HttpRequest, page: TrainingPage) -> int:
    """The training counts for the courses that have it as an item, whether it gives certificates or not."""
    credited = training_items.credit(page, timezone.now())
    if credited:
        messages.success(request, CREDITED.format(credited))
    return credited


def _ticked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("zgloszenie") if key.isdecimal()]


def _success(made: Issued) -> str:
    words = plural(made.new, "zaświadczenie,zaświadczenia,zaświadczeń")
    had = f" Wcześniej miało je {made.had}." if made.had else ""
    refused = f" Odmowy: {len(made.refused)}." if made.refused else ""
    return f"Wystawiono {made.new}\xa0{words}.{had}{refused}"


@require_safe
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All valid certificates of a training in one ZIP, to print; what the worker has not made yet is made now."""
    page, _person = organised_by(request, pk)
    valid = Certificate.objects.filter(registration__training=page.pk, revoked_at=None).order_by("number")
    if not valid:
        raise Http404
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as pack:
        for certificate in valid:
            ready = certificate_files.ensure(certificate)
            with ready.file.open("rb") as file:
                pack.writestr(certificate_files.file_name(ready), file.read())
    name = f"zaswiadczenia-{page.slug}.zip"
    return deliver_bytes(request, packed.getvalue(), content_type="application/zip", filename=name, attachment=True)
