"""The catalogue of courses, open to everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import CatalogueIndexPage, CoursePage
from elearning.institutions.tracks import Track


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All published courses, or those of one model and form. An unknown choice filters nothing. Three queries."""
    page = CatalogueIndexPage.objects.live().first()
    if page is None:
        raise Http404
    track, form = request.GET.get("model", ""), request.GET.get("forma", "")
    chosen: dict[str, str] = {}
    if track in Track.values:
        chosen["track"] = track
    if form in CoursePage.Form.values:
        chosen["form"] = form
    context = {
        "page": page,
        "courses": page.courses(**chosen),
        "tracks": Track.choices,
        "forms": CoursePage.Form.choices,
        "chosen_track": track,
        "chosen_form": form,
        "is_filtered": bool(chosen),
    }
    return render(request, "courses/catalogue_index_page.html", context)
