"""Libraries: what library.json says, and which bytes a library consists of.

A library is identified by the hash of its tree: the same version circulates with different bytes (translations, forked
builds), so a version number alone names nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from h5p.names import LibraryName

# The player core that this host serves (h5p-standalone 3.8.2). A library that asks for more is refused.
CORE_API = (1, 28)


class DependencyKind(StrEnum):
    """When a library is needed: to play, to play parts loaded later, or only to author."""

    PRELOADED = "preloaded"
    DYNAMIC = "dynamic"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Dependency:
    """One library that another one needs."""

    name: LibraryName
    kind: DependencyKind = DependencyKind.PRELOADED


@dataclass(frozen=True, slots=True)
class LibraryDescription:
    """What a library.json says. Paths are relative to the library's folder; `raw` keeps unknown keys."""

    name: LibraryName
    patch: int
    title: str
    runnable: bool = False
    author: str = ""
    license: str = ""
    core_api: tuple[int, int] = (1, 0)
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    dropped_styles: frozenset[str] = frozenset()
    fullscreen: bool = False
    addon_patterns: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        """`1.16.14`."""
        return f"{self.name.major}.{self.name.minor}.{self.patch}"


@dataclass(frozen=True, slots=True)
class Library:
    """A library with its bytes: `files` maps paths within it to SHA-256 hashes in hexadecimal.

    `semantics` and `languages` hold the parsed JSON of semantics.json and language/<code>.json.
    """

    description: LibraryDescription
    tree_hash: str
    files: Mapping[str, str] = field(default_factory=dict, compare=False)
    semantics: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)
    languages: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> LibraryName:
        return self.description.name


def tree_hash(files: Mapping[str, str]) -> str:
    """The identity of a library: SHA-256 over its sorted paths and the hashes of their bytes."""
    lines = "".join(f"{digest} {path}\n" for path, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
