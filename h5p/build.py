"""Writing packages: the same content gives the same bytes at any time, wherever zlib packs alike."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from h5p.library import DependencyKind, Library
from h5p.reading import MANIFEST, PARAMS
from h5p.resolution import Resolution

# Opens the bytes of a file.
Reader = Callable[[], BinaryIO]

# The earliest a zip can say; a real time would make each export another file.
_WHEN = (1980, 1, 1, 0, 0, 0)
_PERMISSIONS = 0o644 << 16
_CHUNK = 64 * 1024
# Already compressed: packing these again costs time and gains nothing.
_PACKED = frozenset({"gif", "jpeg", "jpg", "m4a", "mp3", "mp4", "ogg", "otf", "png", "webm", "woff", "woff2"})


@dataclass(frozen=True, slots=True)
class BuiltLibrary:
    """A library to be packed: what it is, and how its files are read, by their paths within it."""

    library: Library
    files: Mapping[str, Reader]


def build(
    target: BinaryIO,
    manifest: Mapping[str, Any],
    params: Any,
    content_files: Mapping[str, Reader],
    libraries: Iterable[BuiltLibrary],
) -> None:
    """Write a package: h5p.json, content/content.json, the files of the content, and the libraries.

    `content_files` are by their paths below content/. Files are copied in pieces, never held in memory.
    """
    files: dict[str, Reader] = {f"content/{path}": reader for path, reader in content_files.items()}
    for built in libraries:
        files |= {f"{built.library.name.folder}/{path}": reader for path, reader in built.files.items()}
    json_files: dict[str, Reader] = {
        MANIFEST: partial(io.BytesIO, _json(manifest)),
        PARAMS: partial(io.BytesIO, _json(params)),
    }
    pack(target, files | json_files)


def pack(target: BinaryIO, files: Mapping[str, Reader]) -> None:
    """Write a zip of these files, by their paths in it: h5p.json and content.json first, then by path.

    Whether they make a package is not looked at: `h5p.package.read` says that.
    """
    first = [path for path in (MANIFEST, PARAMS) if path in files]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in [*first, *sorted(files.keys() - set(first))]:
            with files[path]() as source, archive.open(_entry(path), "w", force_zip64=True) as packed:
                shutil.copyfileobj(source, packed, _CHUNK)


def manifest_for(main: Library, resolution: Resolution, *, title: str, language: str = "und", **more: Any) -> Any:
    """h5p.json of a content that plays with these libraries: it names exactly them. `more` are further keys."""
    return {
        "license": "U",
        "embedTypes": ["iframe"],
        **more,
        "title": title[:255],
        "language": language,
        "mainLibrary": main.name.machine_name,
        "preloadedDependencies": [
            {
                "machineName": library.name.machine_name,
                "majorVersion": library.name.major,
                "minorVersion": library.name.minor,
            }
            for library in sorted(resolution.libraries, key=lambda library: library.name)
        ],
    }


def needed(resolution: Resolution, find: Callable[..., Library | None]) -> list[Library]:
    """The libraries a package of a content needs: those that load, and those that these load later.

    What only editors need stays out: each host brings its own.
    """
    found = {library.name: library for library in resolution.libraries}
    waiting = list(found.values())
    while waiting:
        for dependency in waiting.pop().description.dependencies:
            if dependency.kind is DependencyKind.EDITOR or dependency.name in found:
                continue
            if library := find(dependency.name):
                found[library.name] = library
                waiting.append(library)
    return [found[name] for name in sorted(found)]


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _WHEN)
    entry.compress_type = zipfile.ZIP_STORED if path.rpartition(".")[2].lower() in _PACKED else zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, whatever this machine is
    entry.external_attr = _PERMISSIONS
    return entry


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
