"""What a .h5p file holds: a content with the libraries it brings, or libraries alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.issues import Issue
from h5p.library import Dependency, DependencyKind, Library
from h5p.manifest import Manifest
from h5p.names import LibraryName


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file of a package: the archive's `member` path to open it by, its size in bytes and SHA-256 in hexadecimal."""

    member: str
    size: int
    sha256: str


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
