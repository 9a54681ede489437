"""The page in the frame: a content and nothing else, of opaque origin, the same for everybody.

No cookie is read or set.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from h5p.django import playing, tokens
from h5p.django.models import Content, ContentVersion

# Nothing of ours is around a content on a partner's site: it opens its links by itself.
SANDBOX_ALONE = f"{playing.SANDBOX} allow-popups allow-popups-to-escape-sandbox"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}


@xframe_options_exempt
@require_safe
def player(request: HttpRequest, token: str) -> HttpResponse:
    """A version, for frames of this site."""
    try:
        grant = tokens.read(token, now=timezone.now())
    except tokens.BadToken as error:
        raise Http404 from error
    version = get_object_or_404(playing.VERSIONS, pk=grant.version_id)
    return _page(request, version, playing.Frame(token, is_preview=grant.is_preview))


@xframe_options_exempt
@require_safe
def public(request: HttpRequest, key: str) -> HttpResponse:
    """The live version of a content that other sites may embed; without results."""
    live = Content.objects.filter(key=key, embed_allowed=True).values("live_version")
    version = get_object_or_404(playing.VERSIONS, pk__in=live)
    token = tokens.sign(tokens.Grant(version.pk), now=timezone.now())
    return _page(request, version, playing.Frame(token, is_alone=True))


def _page(request: HttpRequest, version: ContentVersion, frame: playing.Frame) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Dest") == "document":
        raise PermissionDenied("This page is part of another one.")
    origin = f"{request.scheme}://{request.get_host()}"
    try:
        response = render(request, "h5p/frame.html", playing.frame_context(version, frame, origin=origin))
    except playing.NotPlayable as error:
        context = {"title": version.content.title, "language": get_language(), "reason": error}
        response = render(request, "h5p/not_playable.html", context, status=403)
    response["Content-Security-Policy"] = policy(playing.addresses(origin, frame.token), is_alone=frame.is_alone)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def policy(own: Sequence[str], *, is_alone: bool = False) -> str:
    """What the frame may load: the addresses that are its own, and no other of this site either.

    H5P's templates need eval, its contents styles in attributes, and its recorder a worker of a blob.
    """
    external = getattr(settings, "H5P_EXTERNAL_SOURCES", [])
    host = " ".join([*own, *external])
    directives = {
        "sandbox": SANDBOX_ALONE if is_alone else playing.SANDBOX,
        "default-src": "'none'",
        "script-src": f"{host} 'unsafe-eval'",
        "style-src": f"{host} 'unsafe-inline'",
        "img-src": f"{host} data: blob:",
        "media-src": f"{host} data: blob:",
        "font-src": f"{host} data:",
        "connect-src": f"{host} data: blob:",
        "worker-src": "blob:",
        "frame-src": " ".join(external) or "'none'",
        "form-action": "'none'",
        "base-uri": "'self'",
        "frame-ancestors": "*" if is_alone else "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
