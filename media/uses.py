"""Which films use a video: the one that is on the site, its draft, and what is to go live on a later day."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Revision, get_default_page_content_type

from media.models import FilmPage, Video

# Fields of a film that name a video.
FIELDS = ("video", "described_video", "signed_video")


def films_using(video: Video) -> QuerySet[FilmPage]:
    """Films whose public version, latest draft or planned version shows the video; by title. One query."""
    kept = _revisions(video).filter(Q(approved_go_live_at__isnull=False) | Q(pk__in=_latest()))
    drafted = [int(number) for number in kept.values_list("object_id", flat=True)]
    return FilmPage.objects.filter(_named(video) | Q(pk__in=drafted)).order_by("title")


def forget(video: Video) -> None:
    """Take a video from the history of films, so that old versions can still be looked at when it is gone."""
    for revision in _revisions(video):
        for field in FIELDS:
            if revision.content.get(field) == video.pk:
                revision.content[field] = None
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _latest() -> QuerySet[FilmPage, int | None]:
    return FilmPage.objects.filter(latest_revision__isnull=False).values_list("latest_revision", flat=True)


def _revisions(video: Video) -> QuerySet[Revision]:
    """All versions of films, old ones too, that name the video."""
    found: QuerySet[Revision] = Revision.objects.filter(
        _named(video, "content__"), base_content_type=get_default_page_content_type()
    )
    return found


def _named(video: Video, prefix: str = "", fields: Iterable[str] = FIELDS) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{prefix}{field}": video.pk})
    return condition
