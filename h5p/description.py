"""library.json: reading it, field by field, with a finding for each that breaks H5P's rules."""

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from h5p.archive import is_unsafe
from h5p.issues import Findings
from h5p.library import Dependency, DependencyKind, LibraryDescription
from h5p.names import LibraryName

# H5P allows hyphens in names of libraries, though not in mainLibrary. Neither can leave a folder.
_MACHINE_NAME = re.compile(r"[\w$-][\w$.-]{0,254}", re.ASCII)
_VERSION = re.compile(r"\d{1,5}", re.ASCII)
_LICENSE_LENGTH = 64


class Fields:
    """The fields of one JSON object; those that break a rule become findings at `place`."""

    def __init__(self, data: Mapping[str, Any], place: str, findings: Findings) -> None:
        self.data = data
        self.place = place
        self._findings = findings

    def text(self, field: str, *, required: bool = False, longest: int = 255) -> str:
        """A string, cut to `longest` characters; empty where it is absent and not required."""
        value = self.data.get(field)
        if value is None:
            if required:
                self.missing(field)
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.invalid(field)
            return ""
        return value[:longest]

    def flag(self, field: str, *, required: bool = False) -> bool:
        """0 or 1, as a number, a string or a boolean."""
        value = self.data.get(field)
        if value is None and required:
            self.missing(field)
        elif value is not None and value not in (0, 1, "0", "1"):
            self.invalid(field)
        return value in (1, "1")

    def number(self, field: str) -> int:
        """A required version number: up to five digits, as a number or a string."""
        if self.data.get(field) is None:
            self.missing(field)
            return 0
        number = version_number(self.data[field])
        if number is None:
            self.invalid(field)
        return number or 0

    def objects(self, field: str) -> "list[Fields]":
        """An optional list of objects, each with its own place."""
        value = self.data.get(field)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.invalid(field)
            return []
        return [
            Fields(item, f"{self.place}#/{field}/{position}", self._findings) for position, item in enumerate(value)
        ]

    def library_name(self) -> LibraryName | None:
        """The name that `machineName`, `majorVersion` and `minorVersion` make; None and findings if they do not."""
        name, major, minor = self.text("machineName", required=True), self.number("majorVersion"), 0
        minor = self.number("minorVersion")
        if name and not _MACHINE_NAME.fullmatch(name):
            self.invalid("machineName")
            return None
        return LibraryName(name, major, minor) if name else None

    def dependencies(self) -> tuple[Dependency, ...]:
        """The three lists of libraries that this one needs."""
        found = [
            Dependency(name, kind)
            for kind in DependencyKind
            for item in self.objects(f"{kind.value}Dependencies")
            if (name := item.library_name())
        ]
        return tuple(dict.fromkeys(found))

    def missing(self, field: str) -> None:
        self._findings.add("field-missing", self.place, field=field)

    def invalid(self, field: str) -> None:
        self._findings.add("field-invalid", self.place, field=field, value=as_json(self.data.get(field)))

    def note(self, code: str, **values: Any) -> None:
        """A finding of another kind."""
        self._findings.add(code, self.place, **values)


def as_json(value: Any) -> str:
    """The beginning of a value, as its author knows it from the file."""
    return json.dumps(value, ensure_ascii=False, default=str)[:80]


def version_number(value: Any) -> int | None:
    """5 for 5 and "5"; None for what is no version number, such as True, -1 or "1.0"."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    return int(value) if _VERSION.fullmatch(str(value)) else None


def parse_description(data: Any, *, folder: str) -> LibraryDescription:
    """The description in a parsed library.json that lies in `folder`. Raises InvalidPackage with all its findings."""
    findings = Findings()
    if not isinstance(data, dict):
        findings.add("json-wrong-type", f"{folder}/library.json", expected="{…}")
        findings.stop()
    fields = Fields(data, f"{folder}/library.json", findings)
    name = fields.library_name()
    if name and folder not in (name.machine_name, name.folder):
        fields.note("folder-mismatch", folder=folder, library=name.folder)
    name = name or LibraryName("", 0, 0)
    description = LibraryDescription(
        name=name,
        patch=fields.number("patchVersion"),
        title=fields.text("title", required=True),
        runnable=fields.flag("runnable", required=True),
        author=fields.text("author"),
        license=fields.text("license", longest=_LICENSE_LENGTH),
        core_api=_core_api(fields),
        scripts=_assets(fields, "preloadedJs", ".js", name),
        styles=_assets(fields, "preloadedCss", ".css", name),
        dependencies=fields.dependencies(),
        dropped_styles=frozenset(item.text("machineName") for item in fields.objects("dropLibraryCss")),
        fullscreen=fields.flag("fullscreen"),
        addon_patterns=_addon_patterns(fields),
        raw=data,
    )
    findings.stop()
    return description


def _core_api(fields: Fields) -> tuple[int, int]:
    """The player core that the library needs; libraries that say nothing are older than the field."""
    value = fields.data.get("coreApi")
    if value is None:
        return (1, 0)
    versions = (
        [version_number(value.get(key)) for key in ("majorVersion", "minorVersion")] if isinstance(value, dict) else []
    )
    if len(versions) != 2 or versions[0] is None or versions[1] is None:
        fields.invalid("coreApi")
        return (1, 0)
    return versions[0], versions[1]


def _assets(fields: Fields, field: str, ending: str, library: LibraryName) -> tuple[str, ...]:
    """The paths of a preloaded list, brought into one form, each once and inside the library's folder."""
    paths: dict[str, None] = {}
    for item in fields.objects(field):
        written = item.text("path", required=True)
        path = posixpath.normpath(written)
        if not written:
            continue
        if path.startswith("../") or is_unsafe(path):
            fields.note("asset-outside", library=str(library), file=written)
        elif not path.lower().endswith(ending):
            item.invalid("path")
        else:
            paths[path] = None
    return tuple(paths)


def _addon_patterns(fields: Fields) -> tuple[str, ...]:
    """`addTo.content.types[].text.regex`: a text in a content that matches one calls for this library."""
    found = fields.data.get("addTo")
    for key in ("content", "types"):
        found = found.get(key) if isinstance(found, dict) else None
    if found is None:
        return ()
    if not isinstance(found, list):
        fields.invalid("addTo")
        return ()
    patterns = [
        text.get("regex") for item in found if isinstance(item, dict) and isinstance(text := item.get("text"), dict)
    ]
    return tuple(pattern for pattern in patterns if isinstance(pattern, str) and pattern)
