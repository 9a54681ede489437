"""Taking things away: contents that nobody used, libraries that nothing plays with, and the files of both."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import ReferenceIndex

from h5p.django.models import (
    Attempt,
    Content,
    ContentFile,
    Library,
    LibraryFile,
    LibraryUpdate,
    PinnedLibrary,
    State,
    UpdatedContent,
)
from h5p.django.storage import discard_orphans


class InUse(Exception):
    """What is in use is not removed."""


@dataclass(frozen=True, slots=True)
class Use:
    """What stands behind a content: the pages and other objects that show it, and what people did with it."""

    content: Content
    shown_in: tuple[object, ...]
    attempts: int
    states: int

    def __bool__(self) -> bool:
        return bool(self.shown_in or self.attempts or self.states)


def use_of(content: Content) -> Use:
    """Where a content is used, drafts and all. Six queries, and some for each kind of object that shows it."""
    references = ReferenceIndex.get_grouped_references_to(content)
    return Use(
        content,
        tuple(shown for shown, _references in references if not isinstance(shown, Content)),
        Attempt.objects.filter(version__content=content).count(),
        State.objects.filter(version__content=content).count(),
    )


def remove_content(content: Content) -> None:
    """Delete a content with all its versions and the files that only it has. Raises `InUse`."""
    with transaction.atomic():
        Content.objects.select_for_update().get(pk=content.pk)
        if use_of(content):
            raise InUse(str(content))
        hashes = set(ContentFile.objects.filter(version__content=content).values_list("blob", flat=True))
        UpdatedContent.objects.filter(before__content=content).delete()
        Content.objects.filter(pk=content.pk).update(live_version=None)
        content.delete()
    discard_orphans(hashes)


def unused_libraries() -> QuerySet[Library]:
    """Libraries that no version of a content plays with, and that are no part of the site."""
    pinned = PinnedLibrary.objects.filter(library=OuterRef("pk"))
    return Library.objects.filter(~Exists(pinned)).exclude(source=Library.Source.BUILT_IN)


def remove_libraries(libraries: QuerySet[Library]) -> int:
    """Remove those of these libraries that are unused, with their files; says how many.

    A blocked library goes too: the next upload may then bring it back, waiting for consent.
    """
    with transaction.atomic():
        pks = list(unused_libraries().filter(pk__in=libraries.values("pk")).values_list("pk", flat=True))
        files = LibraryFile.objects.filter(library__in=pks)
        hashes = set(files.values_list("blob", flat=True))
        LibraryUpdate.objects.filter(old__in=pks).delete()
        LibraryUpdate.objects.filter(new__in=pks).delete()
        files.delete()
        Library.objects.filter(pk__in=pks).delete()
    discard_orphans(hashes)
    return len(pks)
