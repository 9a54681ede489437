"""„Mój panel”: what a learner has begun and finished, the trainings and the certificates."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from courses.outline import outlines_of
from courses.trainings import own_registration
from elearning.accounts.models import User
from elearning.records import recording
from elearning.records.models import Certificate, Enrolment
from elearning.records.outline import Outline, Progress


@dataclass(frozen=True, slots=True)
class Card:
    """One course on the panel; a withdrawn course has no outline, but its record stays."""

    enrolment: Enrolment
    outline: Outline | None = None
    progress: Progress | None = None


@require_safe
@login_required
def panel(request: HttpRequest) -> HttpResponse:
    """The learner's courses, trainings and certificates. Eight queries besides session and user, however many."""
    cards = _cards(request.user.pk)
    trainings, now = own_registration.own_trainings(cast(User, request.user)), timezone.now()
    context = {
        "trainings": trainings,
        "coming": own_registration.coming(trainings, now),
        "past": own_registration.past(trainings, now),
        "running": [card for card in cards if card.enrolment.completed_at is None],
        "finished": [card for card in cards if card.enrolment.completed_at is not None],
        "certificates": Certificate.objects.filter(user=request.user.pk).select_related("replaced_by"),
    }
    return render(request, "courses/panel.html", context)


def _cards(user_id: int | None) -> list[Card]:
    enrolments = list(Enrolment.objects.active().filter(user=user_id).prefetch_related("results"))
    courses = CoursePage.objects.live().filter(pk__in=[enrolment.course_id for enrolment in enrolments])
    outlines = outlines_of(courses)
    completed = {enrolment.course_id for enrolment in enrolments if enrolment.completed_at}
    return [_card(enrolment, outlines.get(enrolment.course_id), completed) for enrolment in enrolments]


def _card(enrolment: Enrolment, outline: Outline | None, completed: set[int]) -> Card:
    if outline is None:
        return Card(enrolment)
    return Card(enrolment, outline, recording.progress(enrolment, outline, completed_courses=completed))
