"""The survey of a training, for those who took part. Who has the link of a registration answers it, once."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import survey as training_survey
from elearning.records import surveys
from elearning.records.models import Registration
from elearning.records.places import Standing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    """The form; after it was sent, or where it cannot be, what to know. Nothing tells who answered what."""
    page = get_object_or_404(TrainingPage, slug=slug)
    registration = get_object_or_404(Registration, training=page.pk, token=token, standing=Standing.ADMITTED)
    if not page.survey:
        raise Http404
    context: dict[str, object] = {
        "page": page,
        "registration_url": reverse("trainings:registration", args=[slug, token]),
        "is_over": training_survey.is_over(page, timezone.now()),
    }
    if surveys.has_answered(registration):
        return _answer(request, "courses/trainings/survey_done.html", context)
    if not training_survey.is_open(page, timezone.now()):
        return _answer(request, "courses/trainings/survey_closed.html", context)
    questions = training_survey.questions_of(page)
    form = training_survey.SurveyForm(questions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with suppress(surveys.AnsweredAlready):  # a double click: the page they come to says that it was answered
            surveys.answer(registration, questions, form.answers())
        return redirect(request.path)
    return _answer(request, "courses/trainings/survey.html", {**context, "form": form})


def _answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """No other site learns the key in the address. A stricter policy would make browsers refuse our own form."""
    response = render(request, template, context)
    response["Referrer-Policy"], response["X-Robots-Tag"] = "strict-origin", "noindex"
    return response
