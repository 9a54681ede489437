"""The strip of signs and the words about funding that stand at the foot of every page and of its print."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import OuterRef, Q, Subquery
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from .models import Project, ProjectPage
from .models.base import address_of

# Twice the height of the strip on a page, for screens that show two dots for one.
SIZE = "max-1400x160"


@dataclass(frozen=True, slots=True)
class Strip:
    """What a page says of its funding. Without an image (`src`) the flags stand for it."""

    text: str
    description: str
    alt: str = ""
    src: str = ""
    width: int = 0
    height: int = 0
    page_url: str = ""


def strip_of(project_id: int | None) -> Strip | None:
    """The strip of a project, or of the site's own where there is no such project; None where there is neither.

    One query, a few more when an image is shown for the first time.
    """
    renditions = get_image_model().get_rendition_model().objects
    made = renditions.filter(image=OuterRef("logo_strip"), filter_spec=SIZE, focal_point_key="")
    page = ProjectPage.objects.live().filter(project=OuterRef("pk"))
    candidates = (
        Project.objects.filter(Q(pk=project_id) | Q(is_default=True))
        .select_related("logo_strip")
        .annotate(
            made=Subquery(made.values("file")[:1]),
            made_width=Subquery(made.values("width")[:1]),
            made_height=Subquery(made.values("height")[:1]),
            url_path=Subquery(page.values("url_path")[:1]),
        )
    )
    found = {project.pk: project for project in candidates}
    chosen = (found.get(project_id) if project_id else None) or next(iter(found.values()), None)
    return _strip(chosen) if chosen else None


def _strip(project: Any) -> Strip:
    """The strip of a project with the annotations of `strip_of`."""
    url = address_of(project.url_path) if project.url_path else ""
    if project.logo_strip is None:
        return Strip(project.funding_text, project.description, page_url=url)
    alt = project.logo_strip_alt or project.name
    if project.made:
        src, width, height = default_storage.url(project.made), project.made_width, project.made_height
    else:
        rendition = get_rendition_or_not_found(project.logo_strip, SIZE)
        src, width, height = rendition.url, rendition.width, rendition.height
    return Strip(project.funding_text, project.description, alt, src, width, height, url)
