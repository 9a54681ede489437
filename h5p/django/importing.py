"""Packages become contents: everything is checked first, then stored, and nothing stays of what is refused."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from wagtail.models import Collection

from h5p.archive import MEGABYTE, Archive, Limits
from h5p.django.installing import Choice, choose, install
from h5p.django.models import Content, ContentFile, ContentVersion, Library, PinnedLibrary
from h5p.django.permissions import Person
from h5p.django.registry import Registry, addons
from h5p.django.storage import BATCH, Source, keeping
from h5p.issues import InvalidPackage, Issue
from h5p.library import Library as CoreLibrary
from h5p.manifest import Manifest
from h5p.names import LibraryName
from h5p.package import Package, PackagedFile, PackagedLibrary, read
from h5p.resolution import Resolution, resolve

# Megabytes of an uploaded file, where the setting H5P_MAX_PACKAGE_MB says nothing else.
MAX_PACKAGE_MB = 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a package. `is_new` is False where the same was here already, and nothing was stored."""

    content: Content
    version: ContentVersion
    warnings: tuple[Issue, ...] = ()
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class _Plan:
    """A package that can be imported: what it holds, and the libraries it will play with, in load order."""

    package: Package
    manifest: Manifest
    main_library: LibraryName
    taken: list[PackagedLibrary]
    pins: tuple[CoreLibrary, ...]
    fingerprint: str


def import_package(
    file: BinaryIO,
    *,
    user: Person | None,
    collection: Collection,
    content: Content | None = None,
    title: str = "",
    trust: bool = False,
) -> Imported:
    """Make a new content, or a new version of `content`, from a .h5p file. Raises InvalidPackage with all findings.

    `file` is seekable and read in pieces. Without `title` the content is called what h5p.json says. `trust` is for
    packages that are part of the site: their libraries go to learners without an administrator's consent.
    """
    refuse_too_large(file)
    with Archive(file, limits()) as archive:
        plan = _plan(read(archive))
        name = title or (content.title if content else plan.manifest.title.strip())
        found = _same(plan, name, collection, content)
        if found:
            return Imported(found.content, found, plan.package.warnings, is_new=False)
        with keeping(_sources(archive, plan)) as kept, transaction.atomic():
            kept.register()
            source = Library.Source.BUILT_IN if trust else Library.Source.UPLOAD
            rows = install(plan.taken, user=user, source=source, trust=trust)
            content = _content(content, title=name, collection=collection, user=user)
            version = _version(plan, content, rows, user)
    return Imported(content, version, plan.package.warnings)


def install_libraries(
    file: BinaryIO,
    *,
    user: Person | None,
    trust: bool = False,
    source: Library.Source = Library.Source.UPLOAD,
) -> list[Library]:
    """Install the libraries of a package, whatever content it has; those that are here stay as they are.

    Blocked trees are left out. Raises InvalidPackage with all findings.
    """
    refuse_too_large(file)
    with Archive(file, limits()) as archive:
        package = read(archive)
        if not package.libraries:
            raise InvalidPackage([Issue("nothing-inside")])
        members = [member for library in package.libraries for member in library.members.values()]
        with keeping(_source(archive, member) for member in members) as kept, transaction.atomic():
            kept.register()
            rows = install(package.libraries, user=user, trust=trust, source=source)
    return sorted(rows.values(), key=str)


def limits() -> Limits:
    """What a package may hold; the setting H5P_LIMITS changes it, a mapping of fields of `h5p.archive.Limits`."""
    return Limits(**getattr(settings, "H5P_LIMITS", {}))


def refuse_too_large(file: BinaryIO) -> None:
    """Raise InvalidPackage for a file larger than the site takes."""
    limit = getattr(settings, "H5P_MAX_PACKAGE_MB", MAX_PACKAGE_MB)
    size = file.seek(0, 2)
    file.seek(0)
    if size > limit * MEGABYTE:
        raise InvalidPackage([Issue("too-large", "", {"limit": limit})])


def _plan(package: Package) -> _Plan:
    """Find every library that the content needs. Raises InvalidPackage for those that are missing or blocked."""
    if package.manifest is None or package.main_library is None:
        raise InvalidPackage([Issue("missing-h5p-json")])
    choice = choose(package.libraries)
    registry = Registry(choice.libraries)
    registry.preload({package.main_library, *(dependency.name for dependency in package.missing)} - choice.blocked)
    resolution = resolve(package.main_library, package.params, registry.find, addons())
    _refuse_missing(package.main_library, resolution, choice)
    return _Plan(
        package=package,
        manifest=package.manifest,
        main_library=package.main_library,
        taken=choice.taken,
        pins=resolution.libraries,
        fingerprint=_fingerprint(package, package.manifest),
    )


def _refuse_missing(main_library: LibraryName, resolution: Resolution, choice: Choice) -> None:
    issues = []
    for dependency in resolution.missing:
        code = "missing-main-library" if dependency.name == main_library else "missing-library"
        code = "library-blocked" if dependency.name in choice.blocked else code
        issues.append(Issue(code, "h5p.json", {"library": str(dependency.name)}))
    if issues:
        raise InvalidPackage(issues)


def _fingerprint(package: Package, manifest: Manifest) -> str:
    files = {path: file.sha256 for path, file in package.content_files.items()}
    made = json.dumps([manifest.raw, package.params, files], sort_keys=True)
    return hashlib.sha256(made.encode()).hexdigest()


def _same(plan: _Plan, title: str, collection: Collection, content: Content | None) -> ContentVersion | None:
    """A live version that this package would only repeat. Two queries."""
    live = ContentVersion.objects.filter(fingerprint=plan.fingerprint, content__live_version=F("pk"))
    if content:
        live = live.filter(content=content)
    else:
        live = live.filter(content__collection=collection, content__title=title)
    pins = {library.tree_hash for library in plan.pins}
    for version in live.select_related("content").prefetch_related("pins__library"):
        if {pin.library.tree_hash for pin in version.pins.all()} == pins:
            return version
    return None


def _sources(archive: Archive, plan: _Plan) -> Iterator[Source]:
    for library in plan.taken:
        yield from (_source(archive, file) for file in library.members.values())
    yield from (_source(archive, file) for file in plan.package.content_files.values())


def _source(archive: Archive, file: PackagedFile) -> Source:
    return Source(file.sha256, file.size, partial(archive.open, file.member))


def _content(content: Content | None, *, title: str, collection: Collection, user: Person | None) -> Content:
    """The content, locked if it is there, so that its versions are numbered one after the other."""
    if content is None:
        return Content.objects.create(title=title, collection=collection, created_by=user)
    return Content.objects.select_for_update().get(pk=content.pk)


def _version(plan: _Plan, content: Content, rows: dict[str, Library], user: Person | None) -> ContentVersion:
    files = plan.package.content_files
    pins = _pinned(plan.pins, rows)
    latest = content.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = ContentVersion.objects.create(
        content=content,
        number=latest + 1,
        main_library=next(row for row in pins if _is_named(row, plan.main_library)),
        manifest=plan.manifest.raw,
        params=plan.package.params,
        fingerprint=plan.fingerprint,
        size=sum(file.size for file in files.values()),
        created_by=user,
    )
    pin(version, pins)
    ContentFile.objects.bulk_create(
        [ContentFile(version=version, path=path, blob_id=file.sha256) for path, file in files.items()], batch_size=BATCH
    )
    content.live_version = version
    content.save(update_fields=["live_version"])
    return version


def pin(version: ContentVersion, libraries: Iterable[Library]) -> None:
    """Fix what a new version plays with, in load order."""
    pins = [PinnedLibrary(version=version, library=row, weight=weight) for weight, row in enumerate(libraries)]
    PinnedLibrary.objects.bulk_create(pins, batch_size=BATCH)


def _pinned(libraries: Iterable[CoreLibrary], rows: dict[str, Library]) -> list[Library]:
    """The rows of these libraries, in their order. Raises InvalidPackage if one was removed a moment ago."""
    hashes = [library.tree_hash for library in libraries]
    missing = [tree_hash for tree_hash in hashes if tree_hash not in rows]
    installed = Library.objects.filter(tree_hash__in=missing).defer("semantics", "languages", "description")
    known = rows | {row.tree_hash: row for row in installed}
    gone = [library for library in libraries if library.tree_hash not in known]
    if gone:
        raise InvalidPackage([Issue("missing-library", "h5p.json", {"library": str(library.name)}) for library in gone])
    return [known[tree_hash] for tree_hash in hashes]


def _is_named(row: Library, name: LibraryName) -> bool:
    return (row.machine_name, row.major, row.minor) == (name.machine_name, name.major, name.minor)
