"""What a .h5p file holds: a content with the libraries it brings, or libraries alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.archive import Archive
from h5p.description import parse_description
from h5p.issues import InvalidPackage, Issue
from h5p.library import CORE_API, Dependency, DependencyKind, Library, LibraryDescription, tree_hash
from h5p.manifest import LICENSES, Manifest, parse_manifest
from h5p.media_types import ALLOWED, MediaTypes
from h5p.names import LibraryName
from h5p.reading import CONTENT, MANIFEST, PARAMS, PackagedFile, Reading

# H5P's rule, without the exponential backtracking of its own expression.
_LANGUAGE_FILE = re.compile(r"-?[a-z]+(-[a-z]+){0,6}\.json", re.IGNORECASE)


__all__ = ["Package", "PackagedFile", "PackagedLibrary", "read"]


@dataclass(frozen=True, slots=True)
class PackagedLibrary:
    """A library in a package; `members` maps paths within the library."""

    library: Library
    members: Mapping[str, PackagedFile]


@dataclass(frozen=True, slots=True)
class Package:
    """A package that passed every check. Without a `manifest` it holds libraries only.

    `content_files` maps paths within content/, content.json itself left out; `params` is the parsed content.json.
    """

    manifest: Manifest | None
    params: Any
    content_files: Mapping[str, PackagedFile]
    libraries: tuple[PackagedLibrary, ...]
    main_library: LibraryName | None
    warnings: tuple[Issue, ...] = field(default=(), compare=False)

    @property
    def missing(self) -> tuple[Dependency, ...]:
        """What h5p.json and the libraries name and the package lacks, each once, under its most needed kind."""
        held = {packaged.library.name for packaged in self.libraries}
        wanted = list(self.manifest.dependencies) if self.manifest else []
        for packaged in self.libraries:
            wanted.extend(packaged.library.description.dependencies)
        order = list(DependencyKind)
        kinds: dict[LibraryName, DependencyKind] = {}
        for dependency in wanted:
            if dependency.name not in held:
                known = kinds.get(dependency.name, dependency.kind)
                kinds[dependency.name] = min(known, dependency.kind, key=order.index)
        return tuple(Dependency(name, kind) for name, kind in kinds.items())


def read(archive: Archive, *, media_types: MediaTypes = ALLOWED) -> Package:
    """Read and check a whole package in one pass. Raises InvalidPackage with everything that is wrong with it.

    What the package needs but does not bring is no finding here, since the host may have it: see `Package.missing`.
    """
    _refuse_wrapped(archive)
    reading = Reading(archive, media_types)
    libraries = _libraries(reading)
    manifest = _manifest(reading, archive)
    params = _params(reading, archive)
    main_library = _main_library(manifest, libraries, reading) if manifest else None
    if MANIFEST not in archive.entries and not reading.folders:
        reading.findings.add("nothing-inside")
    reading.findings.stop()
    return Package(
        manifest=manifest,
        params=params,
        content_files={path: file for path, file in reading.folders.get(CONTENT, {}).items() if path != "content.json"},
        libraries=tuple(libraries),
        main_library=main_library,
        warnings=reading.warnings.issues,
    )


def _refuse_wrapped(archive: Archive) -> None:
    """Somebody packed the folder instead of what is in it: one clear finding instead of many odd ones."""
    folders = {path.split("/", 1)[0] for path in archive.entries}
    if MANIFEST not in archive.entries and len(folders) == 1 and f"{min(folders)}/{MANIFEST}" in archive.entries:
        raise InvalidPackage([*archive.issues, Issue("wrapped-in-folder", "", {"folder": min(folders)})])


def _has_content(archive: Archive) -> bool:
    return any(path.startswith(CONTENT + "/") for path in archive.entries)


def _manifest(reading: Reading, archive: Archive) -> Manifest | None:
    """h5p.json; a package without it and without a content holds libraries only."""
    if MANIFEST not in archive.entries:
        if _has_content(archive):
            reading.findings.add("missing-h5p-json", MANIFEST)
        return None
    if MANIFEST not in reading.documents:
        return None
    try:
        manifest = parse_manifest(reading.documents[MANIFEST])
    except InvalidPackage as error:
        reading.findings.extend(error.issues)
        return None
    if manifest.license not in LICENSES:
        reading.warnings.add("license-unknown", MANIFEST, value=manifest.license)
    return manifest


def _params(reading: Reading, archive: Archive) -> Any:
    if PARAMS not in archive.entries:
        if MANIFEST in archive.entries:
            reading.findings.add("missing-content-json", PARAMS)
        return None
    params = reading.documents.get(PARAMS)
    if PARAMS in reading.documents and not isinstance(params, dict):
        reading.findings.add("json-wrong-type", PARAMS, expected="{…}")
    return params


def _main_library(manifest: Manifest, libraries: list[PackagedLibrary], reading: Reading) -> LibraryName | None:
    """The main library with its version: as h5p.json lists it, else the newest of that name in the package."""
    bundled = {packaged.library.name: packaged.library for packaged in libraries}
    listed = [dependency.name for dependency in manifest.dependencies]
    named = [name for name in listed if name.machine_name == manifest.main_library]
    named = named or sorted((name for name in bundled if name.machine_name == manifest.main_library), reverse=True)
    if not named:
        reading.findings.add("main-library-unlisted", MANIFEST, library=manifest.main_library)
        return None
    if named[0] in bundled and not bundled[named[0]].description.runnable:
        reading.warnings.add("not-runnable", MANIFEST, library=str(named[0]))
    return named[0]


def _libraries(reading: Reading) -> list[PackagedLibrary]:
    """Every folder that is a valid library; the others leave findings."""
    by_name: dict[LibraryName, PackagedLibrary] = {}
    for folder in sorted(reading.folders.keys() - {CONTENT}):
        packaged = _library(reading, folder)
        if packaged is None:
            continue
        if packaged.library.name in by_name:
            reading.findings.add("duplicate-library", folder, library=str(packaged.library.name))
        by_name[packaged.library.name] = packaged
    return list(by_name.values())


def _library(reading: Reading, folder: str) -> PackagedLibrary | None:
    description = _description(reading, folder)
    members = reading.folders[folder]
    languages = _languages(reading, folder, members)
    semantics = reading.documents.get(f"{folder}/semantics.json", [])
    if not isinstance(semantics, list) or not all(isinstance(field, dict) for field in semantics):
        reading.findings.add("json-wrong-type", f"{folder}/semantics.json", expected="[{…}]")
        return None
    if description is None:
        return None
    files = {path: file.sha256 for path, file in members.items()}
    library = Library(description, tree_hash(files), files, tuple(semantics), languages)
    return PackagedLibrary(library, members)


def _description(reading: Reading, folder: str) -> LibraryDescription | None:
    path = f"{folder}/library.json"
    if path not in reading.documents:
        if not reading.names(path):
            reading.findings.add("missing-library-json", folder, folder=folder)
        return None
    try:
        description = parse_description(reading.documents[path], folder=folder)
    except InvalidPackage as error:
        reading.findings.extend(error.issues)
        return None
    if description.core_api > CORE_API:
        needed = ".".join(map(str, description.core_api))
        reading.findings.add("core-too-old", path, library=str(description.name), needed=needed)
    for asset in (*description.scripts, *description.styles):
        if not reading.names(f"{folder}/{asset}"):
            reading.findings.add("asset-missing", path, library=str(description.name), file=asset)
    return description


def _languages(reading: Reading, folder: str, members: Mapping[str, PackagedFile]) -> dict[str, Any]:
    """The translations by language code. H5P allows only letters and hyphens in the names of their files."""
    languages = {}
    for path in members:
        part, _, name = path.partition("/")
        if part.lower() != "language" or "/" in name:
            continue
        place = f"{folder}/{path}"
        document = reading.documents.get(place)
        if not _LANGUAGE_FILE.fullmatch(name):
            reading.findings.add("language-name-invalid", place)
        elif isinstance(document, dict):
            languages[name.removesuffix(".json")] = document
        elif place in reading.documents:
            reading.findings.add("json-wrong-type", place, expected="{…}")
    return languages
