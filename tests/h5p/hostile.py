"""A generator of packages: one that is valid, and hostile ones that break one rule of H5P or of zip hygiene each.

Everything is made here from nothing; no real package is changed.
"""

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from h5p.archive import MEGABYTE, Limits

LIBRARY = "H5P.Sample-1.0"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)

Files = dict[str, bytes]


def manifest(**changes: Any) -> dict[str, Any]:
    """A valid h5p.json; a change to None takes the field away."""
    fields = {
        "title": "Rozmowa z klientem",
        "language": "pl",
        "mainLibrary": "H5P.Sample",
        "embedTypes": ["iframe"],
        "license": "CC BY",
        "preloadedDependencies": [{"machineName": "H5P.Sample", "majorVersion": "1", "minorVersion": 0}],
        "x-unknown": {"kept": True},
    }
    return {key: value for key, value in {**fields, **changes}.items() if value is not None}


def description(**changes: Any) -> dict[str, Any]:
    """A valid library.json; a change to None takes the field away."""
    fields = {
        "title": "Sample",
        "machineName": "H5P.Sample",
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": "7",
        "runnable": 1,
        "author": "Anna",
        "license": "MIT",
        "coreApi": {"majorVersion": 1, "minorVersion": 19},
        "preloadedJs": [{"path": "sample.js"}],
        "preloadedCss": [{"path": "./styles/sample.css"}],
        "dropLibraryCss": [{"machineName": "FontAwesome"}],
        "fullscreen": 1,
    }
    return {key: value for key, value in {**fields, **changes}.items() if value is not None}


def encoded(value: Any) -> bytes:
    """JSON as packages hold it."""
    return json.dumps(value, ensure_ascii=False).encode()


def files(**changes: Any) -> Files:
    """The files of a valid package. `manifest`, `params`, `description`, `semantics` and `pl` replace its JSON."""
    return {
        "h5p.json": encoded(changes.get("manifest", manifest())),
        "content/content.json": encoded(changes.get("params", {"text": "Zażółć"})),
        "content/images/photo.PNG": PNG,
        f"{LIBRARY}/library.json": encoded(changes.get("description", description())),
        f"{LIBRARY}/semantics.json": encoded(changes.get("semantics", [{"name": "text", "type": "text"}])),
        f"{LIBRARY}/sample.js": b"H5P.Sample = function () {};",
        f"{LIBRARY}/styles/sample.css": b".sample {}",
        f"{LIBRARY}/icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        f"{LIBRARY}/language/pl.json": encoded(changes.get("pl", {"semantics": []})),
    }


def packed(content: Files | list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these files; a list may name one path several times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in content.items() if isinstance(content, dict) else content:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.filename = info.orig_filename  # as on Windows, where zipfile would change a backslash
            info.compress_type = method if info.compress_type == zipfile.ZIP_STORED else info.compress_type
            if archive.NameToInfo.pop(info.filename, None):
                pass  # zipfile warns of a second file of one name; here it is wanted
            archive.writestr(info, data)
    return buffer.getvalue()


def valid(**changes: Any) -> bytes:
    """A valid package with some of its JSON replaced."""
    return packed(files(**changes))


@dataclass(frozen=True)
class Hostile:
    """A package that must be refused with `code`. `limits` are small where the breach would otherwise be large."""

    name: str
    code: str
    make: Callable[[], bytes]
    limits: Limits | None = None


def _without(*paths: str) -> bytes:
    return packed({path: data for path, data in files().items() if path not in paths})


def _with(path: str, data: bytes = b"x") -> bytes:
    return packed({**files(), path: data})


def _replaced(path: str, data: bytes) -> bytes:
    return packed({**files(), path: data})


def _twice(path: str, data: bytes) -> bytes:
    return packed([*files().items(), (path, data)])


def _linked(mode: int) -> bytes:
    info = zipfile.ZipInfo("content/link.txt")
    info.create_system = 3
    info.external_attr = (mode | 0o777) << 16
    return packed([*files().items(), (info, b"/etc/passwd")])


def _patched(data: bytes, path: str, offset: int, value: bytes, *, local: int | None = None) -> bytes:
    """Overwrite a field in the central record of `path`, and in its local header at `local` where given."""
    changed = bytearray(data)
    name = path.encode()
    central = _central(data, name)
    changed[central + offset : central + offset + len(value)] = value
    if local is not None:
        start = data.index(b"PK\x03\x04" + data[data.index(name) - 26 : data.index(name)])
        changed[start + local : start + local + len(value)] = value
    return bytes(changed)


def _central(data: bytes, name: bytes) -> int:
    position = data.index(b"PK\x01\x02")
    while data[position + 46 : position + 46 + len(name)] != name:
        position = data.index(b"PK\x01\x02", position + 4)
    return position


def _encrypted() -> bytes:
    return _patched(valid(), "content/content.json", 8, b"\x01\x00", local=6)


def _wrong_crc() -> bytes:
    return _patched(valid(), "content/images/photo.PNG", 16, b"\0\0\0\0", local=14)


def _broken_stream() -> bytes:
    path = f"{LIBRARY}/sample.js"
    data = bytearray(valid())
    start = data.index(path.encode()) + len(path)
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def _truncated() -> bytes:
    return valid()[:-40]


def _lying_size() -> bytes:
    """A film of 3 MB whose header says 10 bytes."""
    data = _with("content/film.mp4", bytes(3 * MEGABYTE))
    return _patched(data, "content/film.mp4", 24, struct.pack("<I", 10), local=22)


def _bomb() -> bytes:
    return _with("content/film.mp4", bytes(3 * MEGABYTE))


def _many_bombs() -> bytes:
    """Each file is too small to be looked at; together they are not."""
    many = {f"content/images/{number}.png": bytes(900_000) for number in range(20)}
    return packed({**files(), **many})


def _list_without_measure() -> bytes:
    """An end record that asks for a list of files of 3 GB."""
    data = bytearray(valid())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 0xBFFFFFFF)
    return bytes(data)


def _nested(depth: int) -> bytes:
    return b'{"text":' + b"[" * depth + b"]" * depth + b"}"


def archives() -> Iterator[Hostile]:
    """Breaches of zip hygiene."""
    unsafe = {
        "parent": "content/../../evil.js",
        "leading parent": "../evil.js",
        "absolute": "/etc/cron.d/evil.txt",
        "backslash": "content\\..\\evil.png",
        "drive": "C:/evil.png",
        "alternate stream": "content/a.png:evil.js",
        "empty part": "content//a.png",
        "current folder": "content/./a.png",
        "abyss of folders": "content/" + "a/" * 21 + "a.png",
        "control character": "content/a\x07.png",
        "right-to-left": "content/a\u202egnp.js.png",
        "trailing full stop": "content/a.png.",
        "trailing space": "content/a .png/b.png ",
    }
    for name, path in unsafe.items():
        yield Hostile(f"path: {name}", "unsafe-path", lambda path=path: _with(path))
    for name, data in {"not a zip": b"GIF89a", "empty file": b"", "only an end": b"PK\x05\x06"}.items():
        yield Hostile(name, "not-a-zip", lambda data=data: data)
    yield Hostile("truncated", "not-a-zip", _truncated)
    yield Hostile("list without measure", "not-a-zip", _list_without_measure)
    for name, mode in {"symbolic link": stat.S_IFLNK, "device": stat.S_IFCHR}.items():
        yield Hostile(name, "symlink", lambda mode=mode: _linked(mode))
    yield Hostile("encrypted", "encrypted", _encrypted)
    for name, method in {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}.items():
        yield Hostile(name, "unsupported-compression", lambda method=method: packed(files(), method))
    yield Hostile("two h5p.json", "duplicate-entry", lambda: _twice("h5p.json", encoded(manifest())))
    yield Hostile("two images", "duplicate-entry", lambda: _twice("content/images/photo.PNG", b"other"))
    yield Hostile("letter case", "case-collision", lambda: _with("content/Images/photo.png"))
    yield Hostile(
        "Unicode form",
        "case-collision",
        lambda: packed({**files(), "content/\u00f3.png": b"", "content/o\u0301.png": b""}),
    )
    yield Hostile("file and folder", "case-collision", lambda: _with("content/images/photo.PNG/a.png"))
    yield Hostile("wrong CRC", "damaged-file", _wrong_crc)
    yield Hostile("broken stream", "damaged-file", _broken_stream)
    yield Hostile("size that lies", "damaged-file", _lying_size)
    yield Hostile("bomb", "compression-bomb", _bomb)
    yield Hostile("many small bombs", "compression-bomb", _many_bombs)
    yield Hostile("too many files", "too-many-files", valid, Limits(files=5))
    yield Hostile("long path", "path-too-long", lambda: _with("content/" + "a" * 240 + ".png"))
    yield Hostile("large file", "file-too-large", lambda: _with("content/a.png", bytes(5000)), Limits(file_bytes=4000))
    yield Hostile("large in all", "package-too-large", valid, Limits(total_bytes=500))


def documents() -> Iterator[Hostile]:
    """JSON that no host should read."""
    params = {
        "broken": ("json-invalid", b'{"text": '),
        "empty": ("json-invalid", b""),
        "UTF-16": ("json-not-utf8", '{"text": "ż"}'.encode("utf-16")),
        "NaN": ("json-forbidden-value", b'{"a": NaN}'),
        "infinite": ("json-forbidden-value", b'{"a": 1e999}'),
        "endless number": ("json-forbidden-value", b'{"a": ' + b"9" * 5000 + b"}"),
        "NUL": ("json-forbidden-value", b'{"a": "\\u0000"}'),
        "half a letter": ("json-forbidden-value", b'{"a": "\\ud83d"}'),
        "deep": ("json-too-deep", _nested(101)),
        "abyss": ("json-too-deep", _nested(100_000)),
        "list": ("json-wrong-type", b"[]"),
    }
    for name, (code, data) in params.items():
        yield Hostile(f"params: {name}", code, lambda data=data: _replaced("content/content.json", data))
    limits = {
        "one": Limits(json_bytes=200),
        "all": Limits(json_total_bytes=600),
        "values": Limits(json_total_values=20),
    }
    for name, limit in limits.items():
        yield Hostile(f"large JSON: {name}", "json-too-large", valid, limit)
    yield Hostile("manifest: list", "json-wrong-type", lambda: _replaced("h5p.json", b"[]"))
    yield Hostile("manifest: broken", "json-invalid", lambda: _replaced("h5p.json", b"{"))
    for path in ("library.json", "semantics.json", "language/pl.json"):
        yield Hostile(f"{path}: broken", "json-invalid", lambda path=path: _replaced(f"{LIBRARY}/{path}", b"{"))
        yield Hostile(f"{path}: text", "json-wrong-type", lambda path=path: _replaced(f"{LIBRARY}/{path}", b'"a"'))


def manifests() -> Iterator[Hostile]:
    """h5p.json, field by field."""
    for field in ("title", "language", "mainLibrary", "embedTypes", "preloadedDependencies"):
        yield Hostile(
            f"manifest without {field}", "field-missing", lambda f=field: valid(manifest=manifest(**{f: None}))
        )
    wrong: list[tuple[str, Any, str]] = [
        ("title", "", "title-invalid"),
        ("title", "a" * 256, "title-invalid"),
        ("title", 5, "title-invalid"),
        ("mainLibrary", "../evil", "main-library-invalid"),
        ("mainLibrary", "1", "main-library-invalid"),
        ("mainLibrary", "H5P.Other", "main-library-unlisted"),
        ("language", "polski_język", "field-invalid"),
        ("language", "abcdefghijk", "field-invalid"),
        ("embedTypes", ["object"], "field-invalid"),
        ("embedTypes", "iframe", "field-invalid"),
        ("authors", ["Anna"], "field-invalid"),
        ("source", {}, "field-invalid"),
        ("license", 5, "field-invalid"),
        ("preloadedDependencies", {}, "field-invalid"),
        ("preloadedDependencies", ["H5P.Sample 1.0"], "field-invalid"),
        ("preloadedDependencies", [_need(machineName="../evil")], "field-invalid"),
        ("preloadedDependencies", [_need(majorVersion="1.0")], "field-invalid"),
        ("preloadedDependencies", [_need(majorVersion=123456)], "field-invalid"),
        ("preloadedDependencies", [_need(minorVersion=True)], "field-invalid"),
        ("preloadedDependencies", [_need(minorVersion=-1)], "field-invalid"),
        ("dynamicDependencies", [{"machineName": "H5P.Sample"}], "field-missing"),
    ]
    for field, value, code in wrong:
        change = {field: value}
        yield Hostile(f"manifest: {field} {value!r:.40}", code, lambda c=change: valid(manifest=manifest(**c)))


def _need(**changes: Any) -> dict[str, Any]:
    return {"machineName": "H5P.Sample", "majorVersion": 1, "minorVersion": 0, **changes}


def descriptions() -> Iterator[Hostile]:
    """library.json, field by field."""
    for field in ("title", "machineName", "majorVersion", "minorVersion", "patchVersion", "runnable"):
        change = {field: None}
        yield Hostile(f"library without {field}", "field-missing", lambda c=change: valid(description=description(**c)))
    wrong: list[tuple[str, Any, str]] = [
        ("title", "", "field-invalid"),
        ("machineName", "../x", "field-invalid"),
        ("machineName", "H5P.Other", "folder-mismatch"),
        ("minorVersion", 1, "folder-mismatch"),
        ("patchVersion", "1a", "field-invalid"),
        ("runnable", 2, "field-invalid"),
        ("author", ["Anna"], "field-invalid"),
        ("fullscreen", "yes", "field-invalid"),
        ("coreApi", "1.19", "field-invalid"),
        ("coreApi", {"majorVersion": 1}, "field-invalid"),
        ("coreApi", {"majorVersion": 1, "minorVersion": 29}, "core-too-old"),
        ("coreApi", {"majorVersion": 2, "minorVersion": 0}, "core-too-old"),
        ("preloadedJs", "sample.js", "field-invalid"),
        ("preloadedJs", [{}], "field-missing"),
        ("preloadedJs", [{"path": "other.js"}], "asset-missing"),
        ("preloadedCss", [{"path": "other.css"}], "asset-missing"),
        ("preloadedJs", [{"path": "../H5P.Other-1.0/a.js"}], "asset-outside"),
        ("preloadedJs", [{"path": "/sample.js"}], "asset-outside"),
        ("preloadedJs", [{"path": "https://evil.example/a.js"}], "asset-outside"),
        ("preloadedJs", [{"path": "icon.svg"}], "field-invalid"),
        ("preloadedJs", [{"path": ("a/" * 60) + "!"}], "field-invalid"),
        ("preloadedDependencies", [_need(minorVersion="x")], "field-invalid"),
        ("editorDependencies", 5, "field-invalid"),
        ("dropLibraryCss", {"a": 1}, "field-invalid"),
        ("addTo", {"content": {"types": 5}}, "field-invalid"),
    ]
    for field, value, code in wrong:
        change = {field: value}
        yield Hostile(f"library: {field} {value!r:.40}", code, lambda c=change: valid(description=description(**c)))
    for name in ("XXX!.json", "a--b.json", "pl.txt", "pl_PL.json", "a-b-c-d-e-f-g-h.json"):
        path = f"{LIBRARY}/language/{name}"
        yield Hostile(f"language {name}", "language-name-invalid", lambda path=path: _with(path, b"{}"))
    yield Hostile("library twice", "duplicate-library", lambda: packed({**files(), **_bare()}))


def _bare() -> Files:
    """The same library again, in a folder without a version."""
    return {
        path.replace(LIBRARY, "H5P.Sample"): data for path, data in files().items() if path.startswith(LIBRARY + "/")
    }


def structures() -> Iterator[Hostile]:
    """Files that are missing, in the wrong place or of the wrong kind."""
    yield Hostile("no h5p.json", "missing-h5p-json", lambda: _without("h5p.json"))
    yield Hostile("no content.json", "missing-content-json", lambda: _without("content/content.json"))
    yield Hostile("no library.json", "missing-library-json", lambda: _without(f"{LIBRARY}/library.json"))
    yield Hostile("nothing", "nothing-inside", lambda: packed({}))
    yield Hostile("nothing known", "nothing-inside", lambda: packed({"readme.txt": b"", "__MACOSX/h5p.json": b"{}"}))
    yield Hostile(
        "a folder", "wrapped-in-folder", lambda: packed({f"My/{path}": data for path, data in files().items()})
    )
    for kind in ("html", "htm", "js", "css", "xml", "php", "exe", "svgz", "xhtml"):
        path = f"content/a.{kind}"
        yield Hostile(f"{kind} in content", "extension-in-content", lambda path=path: _with(path))
    for kind in ("html", "php", "exe", "sh", "py"):
        path = f"{LIBRARY}/a.{kind}"
        yield Hostile(f"{kind} in library", "extension-in-library", lambda path=path: _with(path))
    yield Hostile("SVG in content", "svg-in-content", lambda: _with("content/images/a.SVG"))
    yield Hostile("no ending in content", "no-extension", lambda: _with("content/LICENSE"))
    yield Hostile("no ending in library", "no-extension", lambda: _with(f"{LIBRARY}/LICENSE"))


def every() -> list[Hostile]:
    """All of them."""
    return [*archives(), *documents(), *manifests(), *descriptions(), *structures()]
