"""Pages about gminy, delivered without the look-ups that Wagtail makes for every part of an address."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.views import serve

from elearning.cms.models import MatchPage, PlacesPage
from elearning.cms.restrictions import is_restricted


@require_safe
def match(request: HttpRequest) -> HttpResponseBase:
    """„Który model dla mojej gminy?”, where it is published and closed to nobody here; else Wagtail answers."""
    page = MatchPage.objects.live().filter(slug="moja-gmina").first()
    answer: HttpResponseBase
    if page is None or is_restricted(request.user, page):
        answer = serve(request, "modele/moja-gmina/")
    else:
        answer = page.serve(request)
    return answer


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponseBase:
    """A gmina or a powiat, where the register is published and closed to nobody here; else Wagtail answers."""
    page = PlacesPage.objects.live().filter(slug="gminy").first()
    answer: HttpResponseBase
    if page is None or is_restricted(request.user, page):
        answer = serve(request, f"gminy/{code}/")
    else:
        answer = page.place(request, code)
    return answer
