"""Contents leave as packages that any other host plays: as uploaded, with exactly the libraries they need."""

from functools import partial
from tempfile import TemporaryFile
from typing import IO

from django.db.models import F

from h5p.build import BuiltLibrary, Reader, build, manifest_for, needed
from h5p.django.models import ContentVersion, LibraryFile
from h5p.django.registry import Registry, as_core, name_of
from h5p.django.storage import open_blob
from h5p.library import Library as CoreLibrary
from h5p.resolution import Resolution

_REPLACED = ("title", "language", "mainLibrary", "preloadedDependencies")


def export(version: ContentVersion) -> IO[bytes]:
    """A temporary file at its start; it is gone when closed. The title is the content's present one.

    Nothing is held in memory but the descriptions of the libraries.
    """
    rows = list(version.libraries.order_by("pins__weight"))
    pinned = Resolution(tuple(as_core(row) for row in rows))
    libraries = needed(pinned, Registry(pinned.libraries).find)
    main = next(library for library in pinned.libraries if library.name == name_of(version.main_library))
    kept = {key: value for key, value in version.manifest.items() if key not in _REPLACED}
    manifest = manifest_for(
        main, pinned, title=version.content.title, language=version.manifest.get("language", "und"), **kept
    )
    files = {path: partial(open_blob, blob) for path, blob in version.files.values_list("path", "blob")}
    target = TemporaryFile()  # noqa: SIM115  # the caller sends it and closes it
    try:
        build(target, manifest, version.params, files, _built(libraries))
        target.seek(0)
    except BaseException:
        target.close()
        raise
    return target


def _built(libraries: list[CoreLibrary]) -> list[BuiltLibrary]:
    """These libraries with their files. One query."""
    hashes = [library.tree_hash for library in libraries]
    found = LibraryFile.objects.filter(library__tree_hash__in=hashes).annotate(tree_hash=F("library__tree_hash"))
    files: dict[str, dict[str, Reader]] = {tree_hash: {} for tree_hash in hashes}
    for tree_hash, path, blob in found.values_list("tree_hash", "path", "blob"):
        files[tree_hash][path] = partial(open_blob, blob)
    return [BuiltLibrary(library, files[library.tree_hash]) for library in libraries]
