"""h5p.json: what a package says about its content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.description import Fields, as_json
from h5p.issues import Findings
from h5p.library import Dependency
from h5p.names import MACHINE_NAME

PLACE = "h5p.json"

_TITLE = re.compile(r".{1,255}")
_LANGUAGE = re.compile(r"[-a-zA-Z]{1,10}")
_EMBED_TYPES = frozenset({"iframe", "div"})
LICENSES = frozenset(
    {
        "U",
        "C",
        "PD",
        "CC BY",
        "CC BY-SA",
        "CC BY-ND",
        "CC BY-NC",
        "CC BY-NC-SA",
        "CC BY-NC-ND",
        "CC0 1.0",
        "GNU GPL",
        "ODC PDDL",
        "CC PDM",
    }
)


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


def parse_manifest(data: Any) -> Manifest:
    """The manifest in a parsed h5p.json. Raises InvalidPackage with all its findings.

    A licence that is not among `LICENSES` is no reason to refuse.
    """
    findings = Findings()
    if not isinstance(data, dict):
        findings.add("json-wrong-type", PLACE, expected="{…}")
        findings.stop()
    fields = Fields(data, PLACE, findings)
    manifest = Manifest(
        title=_title(fields),
        main_library=_main_library(fields),
        language=_language(fields),
        dependencies=_dependencies(fields),
        embed_types=_embed_types(fields),
        license=fields.text("license") or "U",
        license_version=fields.text("licenseVersion"),
        authors=tuple(Author(author.text("name"), author.text("role")) for author in fields.objects("authors")),
        source=fields.text("source", longest=2000),
        default_language=fields.text("defaultLanguage"),
        raw=data,
    )
    findings.stop()
    return manifest


def _title(fields: Fields) -> str:
    title = fields.data.get("title")
    if title is None:
        fields.missing("title")
    elif not isinstance(title, str) or not title.strip() or not _TITLE.fullmatch(title):
        fields.note("title-invalid")
    else:
        return title
    return ""


def _main_library(fields: Fields) -> str:
    name = fields.data.get("mainLibrary")
    if name is None:
        fields.missing("mainLibrary")
    elif not isinstance(name, str) or not MACHINE_NAME.fullmatch(name):
        fields.note("main-library-invalid", value=as_json(name))
    else:
        return name
    return ""


def _language(fields: Fields) -> str:
    language = fields.text("language", required=True)
    if language and not _LANGUAGE.fullmatch(language):
        fields.invalid("language")
    return language


def _embed_types(fields: Fields) -> tuple[str, ...]:
    """Where the author wants the content shown; the host shows everything in a frame of its own."""
    value = fields.data.get("embedTypes")
    if value is None:
        fields.missing("embedTypes")
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item in _EMBED_TYPES for item in value):
        fields.invalid("embedTypes")
        return ()
    return tuple(value)


def _dependencies(fields: Fields) -> tuple[Dependency, ...]:
    if fields.data.get("preloadedDependencies") is None:
        fields.missing("preloadedDependencies")
    return fields.dependencies()
