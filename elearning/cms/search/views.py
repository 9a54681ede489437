"""The page of the search."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from elearning.cms.models.search import SearchEntry
from elearning.cms.sections import sections

from . import finding, listing, query, spelling


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found by the words of the address. What people look for is written down nowhere.

    Twelve queries at most without an account; some more where a page gathers its text from other rows.
    """
    asked = query.read(request.GET.get("q", ""))
    context: dict[str, Any] = {"asked": asked, "results": [], "correction": None, "is_filtered": False}
    if asked:
        context |= _found(request, asked)
    if not context["results"]:
        context["sections"] = sections()
    return render(request, "cms/search.html", context)


def _found(request: HttpRequest, asked: query.Query) -> dict[str, Any]:
    choice = listing.read(request.GET)
    entries = finding.open_to(request.user)
    found = finding.find(asked, entries)
    page = listing.listed(found.hits, choice, request.GET.get("strona"))
    facets = [facet for facet in listing.facets(found.hits, asked, choice) if facet.options]
    unfiltered = listing.address(asked, listing.Choice())
    return {
        "total": len(found.hits),
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1),
        "query": listing.address(asked, choice),
        "unfiltered": f"?{unfiltered}",
        "facets": facets,
        "is_filtered": choice != listing.Choice(),
        "is_partial": bool(found.hits) and found.hits[0].words < len(asked.words),
        "results": listing.results(page.object_list, asked, entries),
        "correction": _correction(asked, found.unknown, entries),
    }


def _correction(asked: query.Query, unknown: tuple[str, ...], entries: QuerySet[SearchEntry]) -> dict[str, str] | None:
    text = spelling.correction(asked, unknown, entries) if unknown else ""
    return {"text": text, "query": urlencode({"q": text})} if text else None
