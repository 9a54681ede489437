"""Statistics of H5P activities in the admin: the list, one activity, one attempt, and tables to take away."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from elearning.cms.tables import table_file

from . import activities, activities_tables, wording
from .activities import ActivityRow, AttemptRow
from .forms import ActivityForm
from .queries import CHUNK
from .views import for_readers, paged

PER_PAGE = 50


@for_readers
def listing(request: HttpRequest) -> HttpResponse:
    """Every activity: how many people began, finished and completed it, and the mean score."""
    page = paged(activities.activities(), PER_PAGE, request)
    rows = [{"activity": row, "mean": wording.percent(row.mean)} for row in page.object_list]
    context = {"rows": rows, "page_obj": page, "header_title": "Statystyki aktywności"}
    return render(request, "reporting/activities.html", context)


@for_readers
def activity(request: HttpRequest, key: UUID) -> HttpResponse:
    """One activity: its attempts."""
    found, form = _activity(key), ActivityForm(request.GET)
    page = paged(activities.rows_of(activities.attempts(key, form.scope)), PER_PAGE, request)
    context = {
        "activity": found,
        "form": form,
        "query": form.query,
        "page_obj": page,
        "mean": wording.percent(found.mean),
        "rows": [activities_tables.attempt_line(AttemptRow(*row)) for row in page.object_list],
        "header_title": f"Statystyki aktywności „{found.title}”",
    }
    return render(request, "reporting/activity.html", context)


@for_readers
def attempt(request: HttpRequest, key: UUID, attempt: int) -> HttpResponse:
    """One attempt: what was asked and answered."""
    found = _activity(key)
    chosen = activities.Attempt.objects.filter(activity=key, pk=attempt)
    row = activities.rows_of(chosen).first()
    if row is None:
        raise Http404("Ta aktywność nie ma takiego podejścia.")
    line = activities_tables.attempt_line(AttemptRow(*row))
    context = {
        "activity": found,
        "line": line,
        "query": ActivityForm(request.GET).query,
        "answers": [activities_tables.answer_line(answer) for answer in activities.answers(chosen)],
        "header_title": f"Podejście {line.row.number}: {line.row.name}",
    }
    return render(request, "reporting/activity_attempt.html", context)


@for_readers
def export_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of activities as a file."""
    return table_file(activities_tables.activity_table(activities.activities()), kind, "aktywnosci", "Aktywności")


@for_readers
def export_attempts(request: HttpRequest, key: UUID, kind: str) -> HttpResponseBase:
    """The attempts in the scope as a file."""
    chosen = _chosen(request, key)
    rows = (AttemptRow(*row) for row in activities.rows_of(chosen).iterator(CHUNK))
    return table_file(activities_tables.attempt_table(rows), kind, f"podejscia-{key}", "Podejścia")


@for_readers
def export_answers(request: HttpRequest, key: UUID, kind: str) -> HttpResponseBase:
    """The answers of the attempts in the scope as a file, a row each."""
    rows = activities.answers(_chosen(request, key))
    return table_file(activities_tables.answer_table(rows), kind, f"odpowiedzi-{key}", "Odpowiedzi")


def _activity(key: UUID) -> ActivityRow:
    found = activities.activity(key)
    if found is None:
        raise Http404("Nie ma takiej aktywności.")
    return found


def _chosen(request: HttpRequest, key: UUID) -> activities.QuerySet[activities.Attempt]:
    """The attempts in the scope; a wrong choice must not end in a file of others. Raises `BadRequest`, `Http404`."""
    _activity(key)
    form = ActivityForm(request.GET)
    scope = form.scope
    if not form.is_valid():
        raise BadRequest("Popraw wybór podejść: data jest błędna.")
    return activities.attempts(key, scope)
