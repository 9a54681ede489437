"""One person's visit to a course: what every course view starts from."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from courses.models import CoursePage
from courses.published import Published, course_at
from elearning.records import recording
from elearning.records.models import Enrolment
from elearning.records.outline import Item, ItemState, Outline, Progress


@dataclass(frozen=True, slots=True)
class Visit:
    """A course, its outline, and where the visitor stands in it; without an enrolment there is no progress."""

    published: Published
    enrolment: Enrolment | None = None
    progress: Progress | None = None

    @property
    def course(self) -> CoursePage:
        return self.published.course

    @property
    def outline(self) -> Outline:
        return self.published.outline

    @property
    def is_enrolled(self) -> bool:
        return self.enrolment is not None and self.enrolment.left_at is None

    def state(self, item_id: UUID) -> ItemState | None:
        """The state of an item for this visitor; None for a visitor who is not enrolled."""
        return self.progress.state(item_id) if self.progress else None

    def item_at(self, path: str) -> Item:
        """The item that lives at an address. Raises Http404."""
        for item in self.outline.items:
            if item.url == path:
                return item
        raise Http404


def visit(request: HttpRequest, slug: str) -> Visit:
    """The visit of this request's person to the published course of that slug. Raises Http404.

    One query for a stranger, two for a learner, besides session and user, while the course stays as it is.
    """
    published = course_at(slug)
    if published is None:
        raise Http404
    if not request.user.is_authenticated:
        return Visit(published)
    return Visit(published, *recording.standing(user_id=request.user.pk, outline=published.outline))


def step_context(current: Visit, found: Item) -> dict[str, Any]:
    """What the page of a lesson or an activity shows of the course: where this step stands, and its neighbours."""
    steps = current.outline.steps
    position = steps.index(found)
    return {
        "visit": current,
        "outline": current.outline,
        "progress": current.progress,
        "item": found,
        "state": current.state(found.id),
        "previous_item": steps[position - 1] if position else None,
        "next_item": steps[position + 1] if position + 1 < len(steps) else None,
        "position": position + 1,
        "total": len(steps),
        "has_activity": any(
            found.id in {item.id, item.within} for item in current.outline.items if item.activity or item.film
        ),
    }
