"""The pages of the models, delivered without the look-ups that Wagtail makes for every part of an address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.views import serve

from elearning.cms.models import TrackPage
from elearning.cms.restrictions import is_restricted


@require_safe
def model(request: HttpRequest, slug: str) -> HttpResponse:
    """A published model that is closed to nobody here; Wagtail answers for everything else below /modele/."""
    found = TrackPage.objects.live().filter(slug=slug).select_related("course", "project__logo_strip").first()
    answer: HttpResponse
    if found is None or is_restricted(request.user, found):
        answer = serve(request, f"modele/{slug}/")
    else:
        answer = found.serve(request)
    return answer
