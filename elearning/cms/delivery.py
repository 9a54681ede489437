"""Files on their way to a browser: whole or in part, by the application or by the server in front of it.

Whoever calls this has checked the right. A player that asks for „the rest of the file” gets a part of it and asks again
(RFC 9110 §15.3.7 lets a server send less), so that nobody who watches holds a thread of the server for long.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, http_date, parse_etags

CHUNK = 64 * 1024  # bytes read at a time
PART = 1024 * 1024  # bytes of an answer to a range without an end
# For files that everybody may see, under addresses that never mean another file.
FOREVER = "public, max-age=31536000, immutable"
# For files that somebody had the right to see.
PERSONAL = "private, no-cache"
_RANGE = re.compile(r"bytes=(?P<first>\d{1,18})-(?P<last>\d{0,18})|bytes=-(?P<length>\d{1,18})")


def deliver(
    request: HttpRequest,
    file: FieldFile,
    *,
    content_type: str,
    filename: str = "",
    attachment: bool = False,
    caching: str = PERSONAL,
) -> HttpResponseBase:
    """A file of a storage, or the part that was asked for: 200, 206, 304 or 416, or where else to get it.

    `filename` is the name under which it is saved. With `FILE_DELIVERY="x-accel"` the server in front sends the bytes;
    a storage elsewhere, such as S3, is asked for an address that holds for a short time. Raises `Http404` for a file
    that is gone.
    """
    if not _is_local(file):
        return HttpResponseRedirect(file.storage.url(file.name), headers={"Cache-Control": "private, no-store"})
    response = _handed_over(file) if settings.FILE_DELIVERY == "x-accel" else _sent(request, file)
    return _named(response, content_type=content_type, filename=filename, attachment=attachment, caching=caching)


def deliver_bytes(
    request: HttpRequest,
    content: bytes,
    *,
    content_type: str,
    filename: str = "",
    attachment: bool = False,
    caching: str = PERSONAL,
) -> HttpResponseBase:
    """The same for a file that was made in memory; its tag is a digest of its bytes."""
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Accept-Ranges": "bytes"}
    response = _whole_or_part(request, len(content), headers, lambda start, end: (content[start:end],))
    return _named(response, content_type=content_type, filename=filename, attachment=attachment, caching=caching)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last that a Range header asks for; None for the whole file.

    Anything but one range of bytes is ignored, as RFC 9110 §14.2 allows. Raises `ValueError` for a range that begins
    beyond the end.
    """
    asked = _RANGE.fullmatch(header.replace(" ", ""))
    if asked is None:
        return None
    if asked["length"] is not None:
        start, end = max(0, size - int(asked["length"])), size
    elif asked["last"]:
        start, end = int(asked["first"]), min(size, int(asked["last"]) + 1)
    else:
        start = int(asked["first"])
        end = min(size, start + PART)
    if start >= end:
        raise ValueError(header)
    return start, end


def _named(
    response: HttpResponseBase, *, content_type: str, filename: str, attachment: bool, caching: str
) -> HttpResponseBase:
    response["Cache-Control"] = caching
    response["X-Content-Type-Options"] = "nosniff"
    if response.status_code in {200, 206}:
        response["Content-Type"] = content_type
        response["Content-Disposition"] = content_disposition_header(attachment, filename) or "inline"
    return response


def _is_local(file: FieldFile) -> bool:
    try:
        return bool(file.path)
    except NotImplementedError:
        return False


def _handed_over(file: FieldFile) -> HttpResponseBase:
    """The front server knows ranges, and takes the headers of this answer."""
    return HttpResponse(headers={"X-Accel-Redirect": settings.FILE_DELIVERY_PREFIX + quote(file.name or "")})


def _sent(request: HttpRequest, file: FieldFile) -> HttpResponseBase:
    try:
        size, changed = file.size, file.storage.get_modified_time(file.name or "").timestamp()
    except FileNotFoundError as error:
        raise Http404 from error
    etag = '"{}"'.format(hashlib.sha256(f"{file.name} {size} {changed}".encode()).hexdigest()[:32])
    headers = {"ETag": etag, "Last-Modified": http_date(changed), "Accept-Ranges": "bytes"}
    return _whole_or_part(request, size, headers, lambda start, end: _bytes(file, start, end))


def _whole_or_part(
    request: HttpRequest, size: int, headers: dict[str, str], read: Callable[[int, int], Iterable[bytes]]
) -> HttpResponseBase:
    """What the request asks for of a file of that size; `headers` hold its tag."""
    etag = headers["ETag"]
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    try:
        part = byte_range(wanted, size)
    except ValueError:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    content = () if request.method == "HEAD" else read(start, end)
    return StreamingHttpResponse(content, status=206 if part else 200, headers=headers)


def _bytes(file: FieldFile, start: int, end: int) -> Iterator[bytes]:
    with file.storage.open(file.name or "") as stream:
        stream.seek(start)
        while start < end and (chunk := stream.read(min(CHUNK, end - start))):
            start += len(chunk)
            yield chunk
