"""The site with the player mounted, an activity of a test, and a page that shows it."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from elearning.urls import urlpatterns as site
from h5p.django.models import Attempt, ContentVersion
from h5p.django.rates import Rate
from h5p.django.results import Activity, TopLevelResult
from h5p.django.views.results import ActivityView

PAGE = Template(
    "{% load h5p_player %}<!doctype html><html lang='pl'><head><meta charset='utf-8'><title>Strona</title></head>"
    "<body><main><h1>Strona</h1>{% h5p_player version activity save_url %}</main>"
    "<form method='post' action='/konto/logout/'>{% csrf_token %}<button>Wyloguj się</button></form></body></html>"
)
activities: dict[UUID, Activity] = {}
received: list[tuple[int, bool]] = []  # the number of the attempt, and whether the activity is completed
troubles: list[Callable[[], None]] = []  # what a test lets happen when a result comes


class TestActivity(ActivityView):
    rate = Rate(1000, seconds=60)

    def activity_for(self, request: HttpRequest, key: UUID) -> Activity:
        if key not in activities:
            raise Http404
        if request.user.last_name == "Kowalski":  # the stranger
            raise PermissionDenied
        return activities[key]

    def result_received(self, request: HttpRequest, activity: Activity, result: TopLevelResult) -> None:
        for trouble in troubles:
            trouble()
        assert Attempt.objects.filter(pk=result.attempt.pk).exists()
        received.append((result.attempt.number, result.is_met))


def page(request: HttpRequest, key: UUID) -> HttpResponse:
    activity = activities[key]
    version = ContentVersion.objects.select_related("content").get(pk=activity.content_version)
    context = {"version": version, "activity": activity, "save_url": f"/activity/{key}/"}
    return HttpResponse(PAGE.render(RequestContext(request, context)))


urlpatterns = [
    path("h5p/", include("h5p.django.urls")),
    path("activity/<uuid:key>/", TestActivity.as_view()),
    path("page/<uuid:key>/", page),
    *site,
]
