"""Old links of learners to what was unpublished: they explain, and the records stay."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from elearning.records.models import Enrolment, Result

# What every address of a course begins with; the page tree's addresses go on behind it.
PREFIX = "/kursy"


def explain(request: HttpRequest) -> HttpResponse:
    """404 with the title and the date of what this person did at this address. Raises Http404 for everybody else."""
    if not request.user.is_authenticated:
        raise Http404
    end = request.path.removeprefix(PREFIX)
    results = Result.objects.filter(enrolment__user=request.user, page__url_path__endswith=end, page__live=False)
    result = results.select_related("enrolment").first()
    if result is not None:
        context = {"title": result.title, "course": result.enrolment.course_title, "completed_at": result.completed_at}
        return render(request, "courses/withdrawn.html", context, status=404)
    # A course that is gone takes its lessons' addresses with it.
    slug = end.strip("/").split("/")[0]
    mine = Enrolment.objects.filter(user=request.user, course__url_path__endswith=f"/{slug}/", course__live=False)
    enrolment = mine.first()
    if enrolment is None:
        raise Http404
    context = {"title": enrolment.course_title, "course": "", "completed_at": enrolment.completed_at}
    return render(request, "courses/withdrawn.html", context, status=404)
