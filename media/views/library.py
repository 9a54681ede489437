"""The library of films, open to everyone."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media import library as films
from media.models import FilmIndexPage, FilmPage


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The films this visitor may watch, chosen by what stands in the address. Up to twelve queries."""
    page = FilmIndexPage.objects.live().first()
    if page is None:
        raise Http404
    context = library_context(page, films.films_for(request.user), request.GET)
    return render(request, "media/film_index_page.html", context)


def library_context(page: FilmIndexPage, shown: QuerySet[FilmPage], asked: QueryDict) -> dict[str, Any]:
    """What the list shows of these films for what stands in an address."""
    form = films.Filters(asked, films=shown)
    listed = films.listed(films.filtered(shown, form), asked.get("strona"))
    query = asked.copy()
    query.pop("strona", None)
    return {
        "page": page,
        "form": form,
        "films": films.cards(listed, form.words),
        "words": form.words,
        "page_obj": listed,
        "page_range": listed.paginator.get_elided_page_range(listed.number),
        "query": query.urlencode(),
        "is_filtered": form.is_filtered,
        "total": listed.paginator.count,
    }
