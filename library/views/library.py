"""The shelf of documents, open to everyone."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from library import shelf
from library.models import DocumentIndexPage, DocumentPage


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The documents this visitor may open, chosen by what stands in the address. Up to thirteen queries."""
    page = DocumentIndexPage.objects.live().first()
    if page is None:
        raise Http404
    context = library_context(page, shelf.documents_for(request.user), request.GET)
    return render(request, "library/document_index_page.html", context)


def library_context(page: DocumentIndexPage, shown: QuerySet[DocumentPage], asked: QueryDict) -> dict[str, Any]:
    """What the list shows of these documents for what stands in an address."""
    form = shelf.Filters(asked)
    listed = shelf.listed(shelf.filtered(shown, form), asked.get("strona"))
    query = asked.copy()
    query.pop("strona", None)
    return {
        "page": page,
        "form": form,
        "documents": shelf.cards(listed),
        "words": form.words,
        "page_obj": listed,
        "page_range": listed.paginator.get_elided_page_range(listed.number),
        "query": query.urlencode(),
        "is_filtered": form.is_filtered,
        "total": listed.paginator.count,
    }
