"""Where each model of cooperation is described and taught, for pages that lead there."""

from dataclasses import dataclass

from django.apps import apps
from wagtail.models import Page

from elearning.cms.models.base import page_path


@dataclass(frozen=True, slots=True)
class Lead:
    """The title and the address of a page that everybody may read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class TrackLinks:
    """The page of a model and its course, as far as they are published."""

    page: Lead
    course: Lead | None = None


def by_track() -> dict[str, TrackLinks]:
    """The pages of the models by the model. Three queries at most."""
    model = apps.all_models["cms"].get("trackpage")
    if model is None:
        return {}
    pages = list(model._default_manager.live().public())
    courses = Page.objects.live().public().in_bulk([page.course_id for page in pages if page.course_id])
    return {
        page.track: TrackLinks(_lead(page), _lead(courses[page.course_id]) if page.course_id in courses else None)
        for page in pages
    }


def _lead(page: Page) -> Lead:
    return Lead(page.title, page_path(page))
