"""Keeps whole pages for people without an account: a page that is kept costs no query. See docs/decisions/0019."""

import gzip
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from elearning import freshness
from elearning.cms import page_keys

logger = logging.getLogger(__name__)

TYPES = frozenset({"text/html", "application/xml", "application/atom+xml", "application/rss+xml"})
# A page may differ by these: people with cookies get their own, and both encodings are made of what is kept.
VARIES = frozenset({"cookie", "accept-encoding"})
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
MINUTE = 60  # seconds
Render = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as everybody gets it: the headers that made it, and its text, compressed."""

    headers: tuple[tuple[str, str], ...]
    packed: bytes
    etag: str


def keep_at_most(request: HttpRequest, seconds: int) -> None:
    """Says while a page is drawn that it depends on the clock, so that it is kept for a short time only."""
    request.kept_seconds = min(seconds, getattr(request, "kept_seconds", settings.CACHED_SECONDS))  # type: ignore[attr-defined]


class PageCacheMiddleware:
    """Stands before whatever asks the database. Whatever is not surely the same for everybody passes through."""

    def __init__(self, get_response: Render) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before anything else is read: what is drawn while somebody publishes must not count afterwards.
        token = freshness.token() if is_for_everybody(request) else ""
        if not token:
            return self._drawn(request)
        key = page_keys.key_of(
            token=token,
            origin=f"{request.scheme}://{request.get_host()}",
            path=request.path,
            query=request.META.get("QUERY_STRING", ""),
            today=timezone.localdate(),
        )
        kept = _read(key)
        if kept is None:
            response = self._drawn(request)
            if request.method != "GET" or not may_be_kept(request, response):
                return response
            kept = _packed(response)
            _write(key, kept, getattr(request, "kept_seconds", settings.CACHED_SECONDS))
        return _answer(request, kept)

    def _drawn(self, request: HttpRequest) -> HttpResponse:
        with freshness.renewing():
            return self.get_response(request)


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether a request says nothing about who asks, and has an address of which there are not too many."""
    return (
        request.method in ("GET", "HEAD")
        and not set(request.COOKIES) - {settings.CSRF_COOKIE_NAME}
        and "Authorization" not in request.headers
        and len(request.path) <= page_keys.LONGEST_PATH
        and page_keys.is_plain(request.META.get("QUERY_STRING", ""), settings.CACHED_PARAMETERS)
        and _is_our_host(request)
    )


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is a public page with nothing of one person in it.

    Pages that say themselves how they may be kept have their reasons. A form's token, a message shown or left, a
    session begun: each leaves a cookie or a trace in the request.
    """
    found = request.resolver_match
    messages = getattr(request, "_messages", None)
    return (
        found is not None
        and found.view_name in settings.CACHED_VIEWS
        and response.status_code == 200
        and not response.streaming
        and response.get("Content-Type", "").partition(";")[0] in TYPES
        and not response.cookies
        and not {"Cache-Control", "Content-Encoding", "Content-Disposition"} & set(response.headers)
        and set(response.get("Vary", "cookie").lower().replace(" ", "").split(",")) <= VARIES
        and not getattr(messages, "added_new", False)
        and not hasattr(request, "_csp_nonce")
    )


def _is_our_host(request: HttpRequest) -> bool:
    """The site's own names only, with its own port. Raises `DisallowedHost`, as any page does."""
    base = urlsplit(settings.BASE_URL).netloc
    port = re.search(r":\d+$", base)
    named = {name + (port[0] if port else "") for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))}
    return request.get_host() in named | {base}


def _packed(response: HttpResponse) -> Kept:
    """The tag is of the text, so a page drawn anew without a change is still the one that a browser has."""
    del response.headers["Content-Length"]
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    response.headers["Cache-Control"] = "no-cache"  # a browser asks each time, and mostly hears 304
    # Compressed pages can betray a secret beside what was typed (decision 0007); these hold neither.
    packed = gzip.compress(response.content, 6, mtime=0)
    return Kept(tuple(response.headers.items()), packed, f'W/"{sha256(response.content).hexdigest()[:32]}"')


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    takes_gzip = TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    response = HttpResponse(kept.packed if takes_gzip else gzip.decompress(kept.packed), headers=dict(kept.headers))
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = kept.etag
    response.headers["Content-Length"] = str(len(response.content))
    found = get_conditional_response(request, etag=kept.etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _read(key: str) -> Kept | None:
    try:
        found = caches[freshness.CACHE].get(key)
    except Exception:  # whatever breaks the cache, the page can be drawn
        logger.exception("The cache of pages cannot be read")
        return None
    return found if isinstance(found, Kept) else None


def _write(key: str, kept: Kept, seconds: int) -> None:
    try:
        caches[freshness.CACHE].set(key, kept, timeout=seconds)
    except Exception:
        logger.exception("The cache of pages cannot be written")
