"""The library of films, open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media import library as films
from media.models import FilmIndexPage


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The films this visitor may watch, chosen by what stands in the address. Up to twelve queries."""
    page = FilmIndexPage.objects.live().first()
    if page is None:
        raise Http404
    shown = films.films_for(request.user)
    form = films.Filters(request.GET, films=shown)
    listed = films.listed(films.filtered(shown, form), request.GET.get("strona"))
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
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
    return render(request, "media/film_index_page.html", context)
