"""Updates of libraries: looked at before, run, and undone.

An update moves contents from one tree of a library to another of the same major and minor version. It is prepared
first: for each content a new version that nobody plays yet, to look at. Running it makes these the live ones, undoing
it brings back those before. Learners in the middle of a version keep it.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from h5p.django.importing import pin
from h5p.django.models import (
    Content,
    ContentFile,
    ContentVersion,
    Library,
    LibraryUpdate,
    UpdatedContent,
)
from h5p.django.permissions import Person
from h5p.django.registry import Registry, addons, as_core, name_of
from h5p.django.storage import BATCH
from h5p.library import Library as CoreLibrary
from h5p.resolution import resolve


class NotPossible(Exception):
    """An update is not in a state for this, or its libraries do not belong together."""


def targets(library: Library) -> QuerySet[Library]:
    """The trees to which contents can move from this one: the same minor version and not blocked, newest first."""
    same = Library.objects.filter(machine_name=library.machine_name, major=library.major, minor=library.minor)
    return same.exclude(pk=library.pk).exclude(trust=Library.Trust.BLOCKED).order_by("-patch", "-pk")


def affected(library: Library) -> QuerySet[ContentVersion]:
    """The live versions that play with a library."""
    live = ContentVersion.objects.filter(pins__library=library, content__live_version=F("pk"))
    return live.select_related("content").order_by("content__title", "pk")


def prepare(old: Library, new: Library, *, user: Person) -> LibraryUpdate:
    """Make the versions that the update would bring. Raises `NotPossible`.

    A version that needs a library that is not here stays as it is; the row names what is missing.
    """
    if not targets(old).filter(pk=new.pk).exists():
        raise NotPossible(f"{old} → {new}")
    with transaction.atomic():
        update = LibraryUpdate.objects.create(old=old, new=new, prepared_by=user)
        # Libraries of one site are looked up once for all contents.
        installed, extra = Registry([as_core(new)]), list(addons())
        for version in affected(old).select_for_update(of=("self",)):
            _prepare_one(update, version, installed, extra)
    return update


def run(update: LibraryUpdate, *, user: Person) -> int:
    """Make the prepared versions the live ones; says how many. Contents that changed meanwhile are left alone.

    Raises `NotPossible` unless the update waits for this, and for a library that learners may not get.
    """
    with transaction.atomic():
        update = LibraryUpdate.objects.select_for_update(of=("self",)).select_related("new").get(pk=update.pk)
        if update.done_at or update.new.trust == Library.Trust.BLOCKED:
            raise NotPossible(str(update))
        LibraryUpdate.objects.filter(pk=update.pk).update(done_at=timezone.now(), done_by=user)
        return _switch(update.contents.filter(after__isnull=False), "before", "after")


def undo(update: LibraryUpdate, *, user: Person) -> int:
    """Bring back the versions before; says how many. Contents replaced since then keep what they have.

    Raises `NotPossible` unless the update was run and not undone.
    """
    with transaction.atomic():
        update = LibraryUpdate.objects.select_for_update().get(pk=update.pk)
        if update.done_at is None or update.undone_at:
            raise NotPossible(str(update))
        LibraryUpdate.objects.filter(pk=update.pk).update(undone_at=timezone.now(), undone_by=user)
        return _switch(update.contents.filter(after__isnull=False), "after", "before")


def discard(update: LibraryUpdate) -> None:
    """Take back a preparation, with its versions. Raises `NotPossible` for an update that was run."""
    with transaction.atomic():
        update = LibraryUpdate.objects.select_for_update().get(pk=update.pk)
        if update.done_at:
            raise NotPossible(str(update))
        versions = list(update.contents.exclude(after=None).values_list("after", flat=True))
        update.delete()
        # Whoever previewed one as an author left no attempts; a version somebody played stays.
        ContentVersion.objects.filter(pk__in=versions, attempts=None).delete()


def updates_of(libraries: Iterable[Library]) -> QuerySet[LibraryUpdate]:
    """Updates to or from these, newest first, each with the number of its contents."""
    rows = LibraryUpdate.objects.filter(Q(old__in=libraries) | Q(new__in=libraries))
    return rows.select_related("old", "new", "prepared_by", "done_by").annotate(count=Count("contents"))


def _prepare_one(
    update: LibraryUpdate, version: ContentVersion, installed: Registry, extra: Sequence[CoreLibrary]
) -> None:
    """One content: its own trees first, but for the one to be replaced; then what is installed."""
    pinned = {library.tree_hash: library for library in version.libraries.all()}
    kept = {name_of(row): as_core(row) for row in pinned.values() if row.pk != update.old_id}
    kept.pop(name_of(update.new), None)
    resolution = resolve(
        name_of(version.main_library), version.params, lambda name: kept.get(name) or installed.find(name), extra
    )
    if resolution.missing:
        missing = [str(dependency.name) for dependency in resolution.missing]
        UpdatedContent.objects.create(update=update, before=version, missing=missing)
        return
    hashes = [library.tree_hash for library in resolution.libraries]
    rows = {row.tree_hash: row for row in Library.objects.filter(tree_hash__in=hashes).only("tree_hash")}
    after = _copy(version, update)
    pin(after, [rows[tree_hash] for tree_hash in hashes])
    UpdatedContent.objects.create(update=update, before=version, after=after)


def _copy(version: ContentVersion, update: LibraryUpdate) -> ContentVersion:
    """The same content as a version of its own, without libraries yet."""
    latest = ContentVersion.objects.filter(content=version.content_id).aggregate(latest=Max("number"))["latest"]
    replaces_main = version.main_library_id == update.old_id
    after = ContentVersion.objects.create(
        content=version.content,
        number=latest + 1,
        main_library=update.new if replaces_main else version.main_library,
        manifest=version.manifest,
        params=version.params,
        fingerprint=version.fingerprint,
        size=version.size,
        created_by=update.prepared_by,
    )
    files = [ContentFile(version=after, path=file.path, blob_id=file.blob_id) for file in version.files.all()]
    ContentFile.objects.bulk_create(files, batch_size=BATCH)
    return after


def _switch(rows: QuerySet[UpdatedContent], old: str, new: str) -> int:
    """Change the live version of contents from one column to the other, where it still is the first."""
    count = 0
    for row in rows.select_related("before", "after"):
        version: ContentVersion = getattr(row, new)
        contents = Content.objects.filter(pk=version.content_id, live_version=getattr(row, f"{old}_id"))
        count += contents.update(live_version=version)
    return count
