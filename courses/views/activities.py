"""H5P activities: their own pages, and where the player sends what was done."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courses import activities
from courses.access import may_open
from courses.models import ActivityPage
from courses.visits import Visit, step_context, visit
from elearning.records import recording
from elearning.records.outline import Item, Outcome, Status, UnknownItem
from h5p.django.results import Activity, TopLevelResult
from h5p.django.views.results import ActivityView


def page(request: HttpRequest, current: Visit, found: Item) -> HttpResponse:
    """An activity on a page of its own. One query besides the visit and the player."""
    context = {"page": ActivityPage.objects.get(pk=found.page_id), **step_context(current, found)}
    return render(request, "courses/activity_page.html", context)


class Batches(ActivityView):
    """Statements, states and „Oznacz jako ukończone” of one activity of a course, from its player."""

    def activity_for(self, request: HttpRequest, key: UUID) -> Activity:
        """For the enrolled, and open for them. Two queries besides the visit's."""
        self.current = visit(request, self.kwargs["course"])
        try:
            self.item = self.current.outline.item(key)
        except UnknownItem as error:
            raise Http404 from error
        if not may_open(self.current.enrolment, self.current.state(key)).allowed:
            raise PermissionDenied
        version = activities.live_version(self.item.activity.content_id) if self.item.activity else None
        if version is None:
            raise Http404
        return activities.activity_of(self.item, version)

    def result_received(self, request: HttpRequest, activity: Activity, result: TopLevelResult) -> None:
        """Record what the activity is worth; the course may be completed by it."""
        if self.current.enrolment is None:
            raise PermissionDenied
        status = Status.COMPLETED if result.is_met else Status.IN_PROGRESS
        outcome = Outcome(item_id=activity.key, status=status, at=result.at, score=result.scaled)
        recording.record(enrolment=self.current.enrolment, outline=self.current.outline, outcome=outcome)
