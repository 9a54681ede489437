"""What people said of a training and what they learned: numbers only, from five people on."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.models import TrainingPage
from courses.trainings import access as training_access
from courses.trainings import gains as training_gains
from courses.trainings import survey as training_survey
from elearning.records import surveys
from elearning.records.models import Registration
from elearning.records.survey import FEWEST


@require_safe
def survey_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of the survey, question by question, as far as they are shown."""
    page = _page(request, pk)
    context = {
        "page": page,
        "header_title": f"Ankieta: {page.title}",
        "results": surveys.results(page.pk),
        "asked": len(training_survey.questions_of(page)),
        "people": Registration.objects.admitted().filter(training=page.pk).count(),
        "fewest": FEWEST,
    }
    return render(request, "courses/training_desk/survey_results.html", context)


@require_safe
def tests(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of those who took the test before and the test after, compared without names."""
    page = _page(request, pk)
    context = {
        "page": page,
        "header_title": f"Test wstępny i\xa0końcowy: {page.title}",
        "comparison": training_gains.comparison_of(page),
        "fewest": FEWEST,
    }
    return render(request, "courses/training_desk/tests.html", context)


def _page(request: HttpRequest, pk: int) -> TrainingPage:
    page = get_object_or_404(TrainingPage.objects.select_related("pre_test", "post_test"), pk=pk)
    if not training_access.may_look(request.user, page):
        raise PermissionDenied
    return page
