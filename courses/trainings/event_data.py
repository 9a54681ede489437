"""A training as search engines are told of it."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from elearning.cms import structured
from elearning.cms.models.base import page_path
from elearning.records.schedule import Mode

if TYPE_CHECKING:
    from courses.models import TrainingPage

ATTENDANCE = {
    Mode.ON_SITE.value: structured.Attendance.ON_SITE,
    Mode.ONLINE.value: structured.Attendance.ONLINE,
    Mode.HYBRID.value: structured.Attendance.HYBRID,
}


def event_of(page: "TrainingPage") -> structured.Thing:
    """The whole training, from its first block to its last, in its own zone; a page of text while it has no days.

    One query where the place has not been read with the page.
    """
    if page.starts_at is None or page.ends_at is None:
        return structured.web_page(name=page.meta_title(), description=page.meta_description())
    zone = ZoneInfo(page.zone)
    return structured.event(
        name=page.meta_title(),
        description=page.meta_description(),
        starts=page.starts_at.astimezone(zone),
        ends=page.ends_at.astimezone(zone),
        attendance=ATTENDANCE[page.mode],
        url=f"{settings.BASE_URL}{page_path(page)}",
        venue=_venue(page),
        organiser=page.organiser,
        is_called_off=page.called_off,
    )


def _venue(page: "TrainingPage") -> structured.Venue:
    """The place in one line at least; a powiat or a voivodeship is no town."""
    place = page.place
    name = page.venue or page.address or (str(place) if place else "") or page.organiser
    if place is None:
        return structured.Venue(name, page.address)
    is_town = place.kind == place.Kind.COMMUNE
    return structured.Venue(name, page.address, *((place.name,) if is_town else ("", place.name)))
