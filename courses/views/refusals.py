"""What a visitor meets where an item of a course does not open."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from courses.access import Refusal, may_open
from courses.visits import Visit
from elearning.records.outline import Item, Prerequisite


def refuse(request: HttpRequest, current: Visit, found: Item) -> HttpResponse | None:
    """Where an item does not open: to log-in, to the course page, or a page that names what comes first."""
    access = may_open(current.enrolment, current.state(found.id))
    if access.allowed:
        return None
    if access.refusal is Refusal.BLOCKED:
        context = {
            "visit": current,
            "outline": current.outline,
            "item": found,
            "blocked_by": access.blocked_by,
            "blocked_by_course": isinstance(access.blocked_by, Prerequisite),
        }
        return render(request, "courses/blocked.html", context, status=403)
    if not request.user.is_authenticated:
        return redirect_to_login(current.outline.url if request.method == "POST" else request.get_full_path())
    messages.info(request, "Najpierw zapisz się na kurs.")
    return redirect(current.outline.url)
