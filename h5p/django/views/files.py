"""Files of libraries and contents, and bundles of them. Nothing here reads or sets a cookie."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from h5p.django import bundles, tokens
from h5p.django.models import ContentFile, Library, LibraryFile
from h5p.django.serving import FOREVER, open_headers, readable, serve
from h5p.media_types import media_type


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
def bundle(request: HttpRequest, name: str) -> HttpResponseBase:
    """Joined scripts or styles, the same for ever. No query."""
    found = bundles.read_bundle(name)
    if found is None:
        raise Http404
    plain, packed = found
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_gzip else plain, content_type=media_type(name))
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    open_headers(response, caching=FOREVER)
    return response
