"""Files on their way to a frame of opaque origin: which bytes, of what type, with which headers.

To such a frame every address is another origin, so each file says that anybody may read it. Nothing here looks at who
asks: the address is the right. Opened by itself, a file runs nothing.
"""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from h5p.django.models import Blob
from h5p.django.storage import open_blob
from h5p.media_types import media_type

View = Callable[..., HttpResponseBase]

CHUNK = 64 * 1024  # bytes
FOREVER = "public, max-age=31536000, immutable"
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# jQuery marks what it takes for a request to its own site, so that browsers ask first.
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "X-Requested-With, Range, If-None-Match",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def readable(view: View) -> View:
    """Let frames of opaque origin ask whether they may read, and then read; nothing else."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT_HEADERS)
        return require_safe(view)(request, *args, **kwargs)

    return answered


def open_headers(response: HttpResponseBase, *, caching: str) -> None:
    """Let every frame read this, for so long; and let it run nothing by itself."""
    for name, value in OPEN_HEADERS.items():
        response[name] = value
    response["Cache-Control"] = caching


def serve(request: HttpRequest, blob: Blob, *, name: str, caching: str) -> HttpResponseBase:
    """A file or the part of it that was asked for: 200, 206, 304 or 416. Never reads more than a chunk at a time."""
    etag = f'"{blob.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _body(request, blob, etag)
        response["Content-Type"] = media_type(name)
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    open_headers(response, caching=caching)
    return response


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last of a Range header; None for the whole.

    What is no single range of bytes is ignored, as RFC 9110 §14.2 allows. Raises ValueError for a range outside the
    file.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if start >= end:
        raise ValueError(header)
    return start, end


def _body(request: HttpRequest, blob: Blob, etag: str) -> HttpResponseBase:
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        part = byte_range(wanted, blob.size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{blob.size}"})
    start, end = part or (0, blob.size)
    headers = {"Content-Length": str(end - start)}
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{blob.size}"
    if request.method == "HEAD":
        return HttpResponse(status=206 if part else 200, headers=headers)
    return StreamingHttpResponse(_chunks(blob, start, end), status=206 if part else 200, headers=headers)


def _chunks(blob: Blob, start: int, end: int) -> Iterator[bytes]:
    with open_blob(blob.sha256) as file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
