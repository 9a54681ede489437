"""h5p.json: what a package says about its content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.library import Dependency


@dataclass(frozen=True, slots=True)
class Author:
    """A person named in h5p.json; `role` is free text such as `Author` or `Editor`."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What h5p.json says. `main_library` is a machine name without a version; `raw` keeps all keys, unknown ones too.

    `language` is a code as H5P writes it, often `und`; `license` is H5P's own abbreviation, `U` where undisclosed.
    """

    title: str
    main_library: str
    language: str = "und"
    dependencies: tuple[Dependency, ...] = ()
    embed_types: tuple[str, ...] = ("iframe",)
    license: str = "U"
    license_version: str = ""
    authors: tuple[Author, ...] = ()
    source: str = ""
    default_language: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)
