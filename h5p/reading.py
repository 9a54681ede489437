"""One pass over an archive: every byte hashed in pieces, the JSON that counts parsed, nothing else held in memory."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from h5p.archive import MEGABYTE, Archive, Entry
from h5p.documents import most_values, parse_json
from h5p.issues import Findings, InvalidPackage, Issue
from h5p.media_types import MediaTypes, extension

MANIFEST = "h5p.json"
PARAMS = "content/content.json"
CONTENT = "content"

_PIECE = 64 * 1024
# The JSON of a library that the host must understand; other .json files are only kept.
_LIBRARY_JSON = re.compile(r"[^/]+/(library\.json|semantics\.json|language/[^/]+\.json)", re.IGNORECASE)
# Going on after these would do what the limits forbid.
_FATAL = frozenset({"package-too-large", "compression-bomb"})


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file of a package: the archive's `member` path to open it by, its size in bytes and SHA-256 in hexadecimal."""

    member: str
    size: int
    sha256: str


class Reading:
    """What one pass found: `folders` of files, parsed `documents` by path, `findings` and `warnings`."""

    def __init__(self, archive: Archive, media_types: MediaTypes) -> None:
        self.folders: dict[str, dict[str, PackagedFile]] = {
            path.split("/", 1)[0]: {} for path in archive.entries if "/" in path
        }
        self.documents: dict[str, Any] = {}
        self.findings = Findings(archive.issues)
        self.warnings = Findings()
        self._archive = archive
        self._media_types = media_types
        self._json_bytes = archive.limits.json_total_bytes
        self._json_values = archive.limits.json_total_values
        for entry in archive.entries.values():
            self._take(entry)

    def names(self, path: str) -> bool:
        """Whether the archive has such a file, be it readable or not."""
        return path in self._archive.entries

    def _take(self, entry: Entry) -> None:
        if entry.path != MANIFEST and "/" not in entry.path:
            self.warnings.add("stray-file", entry.path)
        elif not self._refuse_kind(entry.path):
            try:
                self._read(entry)
            except InvalidPackage as error:
                self.findings.extend(error.issues)
                if any(issue.code in _FATAL for issue in error.issues):
                    self.findings.stop()

    def _refuse_kind(self, path: str) -> bool:
        in_content = path.startswith(CONTENT + "/")
        kind = extension(path)
        if kind in (self._media_types.content if in_content or path == MANIFEST else self._media_types.library):
            return False
        if not kind:
            self.findings.add("no-extension", path)
        elif kind == "svg" and in_content:
            self.findings.add("svg-in-content", path)
        else:
            self.findings.add("extension-in-content" if in_content else "extension-in-library", path, extension=kind)
        return True

    def _read(self, entry: Entry) -> None:
        path = entry.path
        if path in (MANIFEST, PARAMS) or (not path.startswith(CONTENT + "/") and _LIBRARY_JSON.fullmatch(path)):
            data = self._read_json(path)
            file = PackagedFile(path, len(data), hashlib.sha256(data).hexdigest())
            self.documents[path] = parse_json(data, path, self._archive.limits)
        else:
            file = self._hash(path, 0)
        folder, _, rest = path.partition("/")
        if rest:
            self.folders[folder][rest] = file
        for copy in range(1, entry.copies):
            if self._hash(path, copy) != file:
                self.findings.add("duplicate-entry", path)

    def _read_json(self, path: str) -> bytes:
        """The bytes of a JSON file, never more than what is left of the allowance for all of them."""
        most = min(self._archive.limits.json_bytes, self._json_bytes)
        data = bytearray()
        with self._archive.open(path) as stream:
            while len(data) <= most and (piece := stream.read(_PIECE)):
                data += piece
        self._json_bytes -= len(data)
        self._json_values -= most_values(data)
        if len(data) > most or self._json_values < 0:
            limit = self._archive.limits.json_bytes // MEGABYTE
            raise InvalidPackage([Issue("json-too-large", path, {"limit": limit})])
        return bytes(data)

    def _hash(self, path: str, copy: int) -> PackagedFile:
        digest, size = hashlib.sha256(), 0
        with self._archive.open(path, copy) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
        return PackagedFile(path, size, digest.hexdigest())
