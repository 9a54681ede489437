"""The learner's own pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def panel(request: HttpRequest) -> HttpResponse:
    """What the learner has begun and finished."""
    return render(request, "records/panel.html")
