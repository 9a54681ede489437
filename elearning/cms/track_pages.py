"""Where each model of cooperation is described and taught, for pages that lead there."""

from dataclasses import dataclass

from wagtail.models import Page

from elearning.cms.models.base import page_path
from elearning.cms.models.tracks import TrackPage
from elearning.cms.restrictions import open_to_all


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
    """The pages of the models by the model, in the order of the site. Three queries."""
    pages = list(TrackPage.objects.live().order_by("path"))
    courses = Page.objects.live().in_bulk([page.course_id for page in pages if page.course_id])
    leads = {page.pk: Lead(page.title, page_path(page)) for page in open_to_all([*pages, *courses.values()])}
    return {page.track: TrackLinks(leads[page.pk], leads.get(page.course_id)) for page in pages if page.pk in leads}
