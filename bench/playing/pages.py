"""Pages of the benchmark's site: a page with a player for each version, and what the server has kept of it."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from h5p.django.models import Attempt, ContentVersion, State, Statement
from h5p.django.rates import Rate
from h5p.django.results import Activity
from h5p.django.views.results import ActivityView
from h5p.policies import default_policy

VERSIONS = ContentVersion.objects.select_related("content", "main_library")


def key_of(version: int) -> UUID:
    """The activity in which a version plays."""
    return uuid5(NAMESPACE_URL, f"bench/{version}")


def activity_of(version: ContentVersion) -> Activity:
    policy = default_policy(version.main_library.machine_name)
    return Activity(key_of(version.pk), version.pk, version.content.title, policy)


class Batches(ActivityView):
    """Takes what the players send, as quickly as a machine plays."""

    rate = Rate(100_000, seconds=60)

    def activity_for(self, request: HttpRequest, key: UUID) -> Activity:
        return activity_of(get_object_or_404(VERSIONS, pk=self.kwargs["version"]))


@login_required
def page(request: HttpRequest, version: int) -> HttpResponse:
    """A page with a version in the player and nothing else."""
    found = get_object_or_404(VERSIONS, pk=version)
    save_url = f"/bench/batches/{version}/{key_of(version)}/"
    context = {"version": found, "activity": activity_of(found), "save_url": save_url}
    return render(request, "bench/activity.html", context)


@login_required
def kept(request: HttpRequest, version: int) -> JsonResponse:
    """What the server keeps of this person's work: attempts, statements, states by part."""
    mine: dict[str, Any] = {"user": request.user.pk, "activity": key_of(version)}
    attempts = Attempt.objects.filter(**mine).order_by("number").values("raw", "max", "finished_at")
    statements = Statement.objects.filter(attempt__activity=mine["activity"], attempt__user=request.user.pk)
    states = State.objects.filter(**mine, version=version).exclude(data="").values("sub_content", "data_type", "data")
    return JsonResponse(
        {
            "attempts": list(attempts),
            "statements": list(statements.values("verb", "is_top_level", "response")),
            "states": list(states),
        }
    )
