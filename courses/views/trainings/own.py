"""The page of one registration, for whoever has its link: its state, and what the person can do about it.

Reading changes nothing, for mail programs open links by themselves. Only buttons confirm, accept and cancel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import TrainingPage
from courses.trainings import materials as training_materials
from courses.trainings import survey as training_survey
from courses.trainings.dates import day_in_words
from courses.trainings.own_registration import history_of, presence_in_words, state_of
from courses.trainings.registration_form import answers_in_words
from courses.trainings.terms import training_of
from elearning.cms.delivery import deliver
from elearning.records import certificate_files, surveys
from elearning.records import registration as registering
from elearning.records.models import Certificate, Registration
from elearning.records.places import Standing
from elearning.records.schedule import Mode
from elearning.records.training import JOIN_BEFORE, Training, Window

View = Callable[..., HttpResponseBase]
CONFIRM, ACCEPT, CANCEL = "potwierdz", "przyjmij", "anuluj"


@dataclass(frozen=True, slots=True)
class Own:
    """A registration with its training."""

    registration: Registration
    page: TrainingPage
    training: Training


def by_key(view: Callable[[HttpRequest, Own], HttpResponseBase]) -> View:
    """The view of a registration found by its key; a training that moved takes its links along.

    No other site learns the key, and neither does a page of ours: a policy stricter than the one set here would make
    browsers hide where a form comes from, and its buttons would be refused.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, token: UUID) -> HttpResponseBase:
        own = _own(token)
        if own.page.slug != slug:
            response: HttpResponseBase = redirect(f"trainings:{view.__name__}", own.page.slug, token)
        else:
            response = view(request, own)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_key
def registration(request: HttpRequest, own: Own) -> HttpResponse:
    """The page; before cancelling, a question. Fourteen queries at most besides session and user."""
    if request.method == "POST":
        return _act(request, own)
    if CANCEL in request.GET and _may_cancel(own):
        return render(request, "courses/trainings/cancel.html", _frame(own))
    return render(request, "courses/trainings/registration.html", _context(own))


@never_cache
@require_safe
@by_key
def join(request: HttpRequest, own: Own) -> HttpResponse:
    """On to the meeting, for those who were admitted, from 30 minutes before a day until its end."""
    link = own.training.schedule.join_url
    admitted = own.registration.standing == Standing.ADMITTED and not own.training.is_called_off
    if admitted and link and own.training.may_join(timezone.now()):
        return HttpResponseRedirect(link)
    context = {**_frame(own), "is_admitted": admitted, "has_link": bool(link), "minutes": _minutes()}
    return render(request, "courses/trainings/join.html", context, status=403)


@require_safe
@by_key
def certificate(request: HttpRequest, own: Own) -> HttpResponseBase:
    """The file of the certificate, made now where the worker has not made it yet; for people without an account too."""
    found = _certificate(own)
    if found is None:
        raise Http404
    ready = certificate_files.ensure(found)
    name = certificate_files.file_name(ready)
    return deliver(request, ready.file, content_type="application/pdf", filename=name, attachment=True)


def _own(token: UUID) -> Own:
    found = registering.find(token)
    page = TrainingPage.objects.select_related("project").filter(pk=found.training_id).first() if found else None
    if found is None or page is None:
        raise Http404
    return Own(found, page, training_of(page))


def _act(request: HttpRequest, own: Own) -> HttpResponse:
    """Do what the pressed button says; pressed again, nothing more happens."""
    action = request.POST.get("co", "")
    done = ""
    try:
        if action == CONFIRM:
            registering.confirm(own.training, own.registration)
            done = "Adres jest potwierdzony."
        elif action == ACCEPT:
            registering.accept(own.training, own.registration)
            done = "Udział jest potwierdzony."
        elif action == CANCEL and _may_cancel(own):
            registering.cancel(own.training, own.registration)
            done = "Zgłoszenie jest anulowane."
    except registering.Refused as refusal:
        messages.warning(request, refusal.text)
    if done:
        messages.success(request, done)
    return redirect("trainings:registration", own.page.slug, own.registration.token)


def _certificate(own: Own) -> Certificate | None:
    return own.registration.certificates.filter(revoked_at=None).first()


def _may_cancel(own: Own) -> bool:
    return own.registration.is_open and own.training.window(timezone.now()) is not Window.PAST


def _frame(own: Own) -> dict[str, Any]:
    """What all pages of a registration have in common."""
    found = own.registration
    return {
        "page": own.page,
        "training": own.training,
        "registration": found,
        "url": reverse("trainings:registration", args=[own.page.slug, found.token]),
        "days": [day_in_words(day) for day in own.training.schedule.days],
    }


def _context(own: Own) -> dict[str, Any]:
    now = timezone.now()
    found, training = own.registration, own.training
    window = training.window(now)
    admitted = found.standing == Standing.ADMITTED
    return {
        **_frame(own),
        "state": state_of(training, found, now, position=registering.position(training, found)),
        "email": masked(found.email),
        "answers": list(answers_in_words(found.answers)),
        "clauses": found.clauses.all(),
        "history": history_of(found),
        "may_cancel": _may_cancel(own),
        "may_register": not found.is_open and window is Window.OPEN and own.page.has_registration and own.page.live,
        "is_admitted": admitted,
        "is_over": window in {Window.PAST, Window.CALLED_OFF},
        "may_join": admitted and training.may_join(now),
        "minutes": _minutes(),
        "code": "" if training.schedule.mode is Mode.ONLINE or window is Window.PAST else found.short_code,
        "presence": presence_in_words(training, found, now),
        "certificate": _certificate(own),
        "materials": training_materials.materials_of(own.page, participant=admitted, token=found.token),
        **_survey(own, now),
    }


def _survey(own: Own, now: datetime) -> dict[str, bool]:
    """Whether the survey is there to be answered, or was. One query while it is."""
    is_open = own.registration.standing == Standing.ADMITTED and training_survey.is_open(own.page, now)
    has_answered = is_open and surveys.has_answered(own.registration)
    return {"may_answer": is_open and not has_answered, "has_answered": has_answered}


def _minutes() -> int:
    return int(JOIN_BEFORE.total_seconds() // 60)


def masked(email: str) -> str:
    """„a…@example.org”: enough for its owner, little for who was sent the link."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"
