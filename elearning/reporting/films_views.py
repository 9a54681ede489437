"""Statistics of films in the admin: the list, one film, and tables to take away."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from elearning.cms.tables import table_file

from . import films, films_tables, wording
from .films import FilmRow
from .views import for_readers, paged

PER_PAGE = 50


@for_readers
def listing(request: HttpRequest) -> HttpResponse:
    """Every film: how many people began it, how many saw it, and how much of it the middle one saw."""
    page = paged(films.films(), PER_PAGE, request)
    rows = [_shown(row) for row in page.object_list]
    context = {"rows": rows, "page_obj": page, "header_title": "Statystyki filmów"}
    return render(request, "reporting/films.html", context)


@for_readers
def film(request: HttpRequest, film: int) -> HttpResponse:
    """One film: where viewers drop off."""
    row = _film(film)
    counts = films.over_time(row)
    context = {
        **_shown(row),
        "chart": films_tables.chart(row, counts) if row.began and counts else None,
        "stretches": films_tables.stretches(row, counts),
        "header_title": f"Statystyki filmu „{row.title}”",
    }
    return render(request, "reporting/film.html", context)


@for_readers
def export_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of films as a file."""
    return table_file(films_tables.film_table(films.films()), kind, "filmy", "Filmy")


@for_readers
def export_film(request: HttpRequest, film: int, kind: str) -> HttpResponseBase:
    """How many people saw each stretch of a film, as a file."""
    row = _film(film)
    return table_file(films_tables.stretch_table(row, films.over_time(row)), kind, f"film-{film}", "Oglądający")


def _film(pk: int) -> FilmRow:
    row = films.film(pk)
    if row is None:
        raise Http404("Nie ma takiego filmu.")
    return row


def _shown(row: FilmRow) -> dict[str, object]:
    middle = None if row.middle is None else float(row.middle)
    return {"film": row, "length": films_tables.length(row), "middle": wording.percent(middle)}
