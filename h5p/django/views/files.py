"""Files of libraries and contents, and bundles of them. Nothing here reads or sets a cookie."""

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from h5p.django import bundles, tokens
from h5p.django.models import ContentFile, Library, LibraryFile
from h5p.django.serving import FOREVER, open_headers, readable, serve
from h5p.media_types import media_type

# The player's core among the static files. Its scripts load from there; fonts need headers that not every server of
# static files sends.
CORE = "vendor/h5p-standalone/dist"
CORE_FOLDERS = ("styles/", "fonts/", "images/")
CORE_CACHING = "public, max-age=86400"


@readable
def library_file(request: HttpRequest, tree_hash: str, path: str) -> HttpResponseBase:
    """A file of a library, the same for ever. One query."""
    files = LibraryFile.objects.filter(library__tree_hash=tree_hash, path=path)
    found = files.exclude(library__trust=Library.Trust.BLOCKED).select_related("blob").first()
    if found is None:
        raise Http404
    return serve(request, found.blob, name=path, caching=FOREVER)


@readable
def content_file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A file of a content, while the address holds. One query."""
    try:
        grant = tokens.read(token, now=timezone.now())
    except tokens.BadToken as error:
        raise Http404 from error
    found = ContentFile.objects.filter(version=grant.version_id, path=path).select_related("blob").first()
    if found is None:
        raise Http404
    return serve(request, found.blob, name=path, caching=f"private, max-age={tokens.SLOT}")


@readable
def core_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A style, a font or an image of the player's core: a static file, with the headers that a frame needs."""
    found = finders.find(f"{CORE}/{path}")
    if not found or not path.startswith(CORE_FOLDERS):
        raise Http404
    file = Path(found).open("rb")  # noqa: SIM115 - the response closes it
    response = FileResponse(file, content_type=media_type(path))
    open_headers(response, caching=CORE_CACHING)
    return response


@readable
def bundle(request: HttpRequest, name: str) -> HttpResponseBase:
    """Joined scripts or styles, the same for ever. No query."""
    packed = bundles.read_bundle(name)
    if packed is None:
        raise Http404
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_gzip else gzip.decompress(packed), content_type=media_type(name))
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    open_headers(response, caching=FOREVER)
    return response
