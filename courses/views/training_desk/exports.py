"""Lists of a training to take away, as XLSX and as CSV. Who took which is written down."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.trainings import desk_log as training_desk_log
from courses.trainings.exports import EXPORTS
from elearning.accounts.models import User
from elearning.cms.tables import TooWide, table_file

from .entrance import frame, looked_at

FORMATS = ("xlsx", "csv")


@require_safe
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be taken away."""
    page = looked_at(request, pk)
    context = {
        **frame(page, "Pobierz listy"),
        "exports": [(each, [(name, f"{each.key}.{name}") for name in FORMATS]) for each in EXPORTS.values()],
    }
    return render(request, "courses/training_desk/exports.html", context)


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """One list; `kind` is its key and the ending of the file, as in „zgloszenia.xlsx”."""
    page = looked_at(request, pk)
    key, _, ending = kind.partition(".")
    if key not in EXPORTS or ending not in FORMATS:
        raise Http404("Nie ma takiej listy.")
    chosen = EXPORTS[key]
    rows = list(chosen.rows(page))
    try:
        answer = table_file(iter(rows), ending, f"{key}-{page.slug}", chosen.title)
    except TooWide:
        raise BadRequest("Ta lista ma za dużo kolumn na arkusz XLSX. Pobierz plik CSV.") from None
    if isinstance(request.user, User):
        training_desk_log.exported(page, request.user, title=chosen.title, kind=ending, count=len(rows) - 1)
    return answer
