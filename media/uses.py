"""Which films use a video: the one that is on the site, its draft, and what is to go live on a later day."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Revision, get_default_page_content_type

from media.models import FilmPage, Video

# Fields of a film that name a video.
FIELDS = ("video", "described_video", "signed_video")


def films_using(video: Video) -> QuerySet[FilmPage]:
    """Films whose public version, latest draft or planned version shows the video; by title. One query."""
    drafted = [int(number) for number in _kept([video.pk]).values_list("object_id", flat=True)]
    return FilmPage.objects.filter(_named([video.pk]) | Q(pk__in=drafted)).order_by("title")


def titles_by_video(videos: Collection[int]) -> dict[int, list[str]]:
    """Titles of the films that use each of the videos, found as one by one but for all at once. Two queries."""
    wanted = set(videos)
    drafts: dict[int, set[int]] = {}
    for film, *numbers in _kept(wanted).values_list("object_id", *(f"content__{field}" for field in FIELDS)):
        drafts.setdefault(int(film), set()).update(numbers)
    found: dict[int, list[str]] = {}
    films = FilmPage.objects.filter(_named(wanted) | Q(pk__in=drafts)).order_by("title")
    for pk, title, *numbers in films.values_list("pk", "title", *FIELDS):
        for number in wanted & {*numbers, *drafts.get(pk, ())}:
            found.setdefault(number, []).append(title)
    return found


def forget(video: Video) -> None:
    """Take a video from the history of films, so that old versions can still be looked at when it is gone."""
    for revision in _revisions([video.pk]):
        for field in FIELDS:
            if revision.content.get(field) == video.pk:
                revision.content[field] = None
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _latest() -> QuerySet[FilmPage, int | None]:
    return FilmPage.objects.filter(latest_revision__isnull=False).values_list("latest_revision", flat=True)


def _kept(videos: Iterable[int]) -> QuerySet[Revision]:
    """Versions that are, or are going to be, the film: the latest ones and those planned for a later day."""
    return _revisions(videos).filter(Q(approved_go_live_at__isnull=False) | Q(pk__in=_latest()))


def _revisions(videos: Iterable[int]) -> QuerySet[Revision]:
    """All versions of films, old ones too, that name one of the videos."""
    found: QuerySet[Revision] = Revision.objects.filter(
        _named(videos, "content__"), base_content_type=get_default_page_content_type()
    )
    return found


def _named(videos: Iterable[int], prefix: str = "") -> Q:
    condition = Q()
    for field in FIELDS:
        condition |= Q(**{f"{prefix}{field}__in": list(videos)})
    return condition
