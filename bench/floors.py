"""The least that a view can cost on this server: everything else is measured as a multiple."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from elearning.records.models import Enrolment


def bare(request: HttpRequest) -> HttpResponse:
    """The first floor: our middleware and a word."""
    return HttpResponse("ok")


@login_required
def row(request: HttpRequest, course: int) -> HttpResponse:
    """The second floor: session, person, one row by its index, a small template."""
    enrolment = get_object_or_404(Enrolment, user=request.user, course=course)
    return render(request, "bench/row.html", {"enrolment": enrolment})
