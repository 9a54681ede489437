"""Which kinds of files packages may hold, and how they are served: our own table, not the machine's.

The extensions are those of H5P's own whitelist. SVG and HTML are not in it for contents: they can hold programs.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

_TEXT = "text/plain; charset=utf-8"

_CONTENT = {
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "eot": "application/vnd.ms-fontobject",
    "ttf": "font/ttf",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "otf": "font/otf",
    "webm": "video/webm",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "txt": _TEXT,
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv; charset=utf-8",
    "diff": _TEXT,
    "patch": _TEXT,
    "swf": "application/x-shockwave-flash",
    "md": _TEXT,
    "textile": _TEXT,
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "gltf": "model/gltf+json",
    "glb": "model/gltf-binary",
}
_LIBRARY = {
    **_CONTENT,
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "xml": "application/xml",
}
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class MediaTypes:
    """The extensions, small letters without a full stop, that contents and libraries may hold."""

    content: frozenset[str] = frozenset(_CONTENT)
    library: frozenset[str] = frozenset(_LIBRARY)


ALLOWED = MediaTypes()


def extension(path: str) -> str:
    """`jpg` of `images/Photo.JPG`; empty for a name without one."""
    return PurePosixPath(path).suffix.removeprefix(".").lower()


def media_type(path: str) -> str:
    """The Content-Type to serve a file with; by its name only, never by its bytes."""
    return _LIBRARY.get(extension(path), UNKNOWN)
