"""Pages for refusals that come without one."""

from collections import Counter
from collections.abc import Callable

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

# Method not allowed, request too large, too many requests.
TEMPLATES = {405: "405.html", 413: "413.html", 429: "429.html"}


class RefusalPagesMiddleware:
    """Gives an empty refusal the site's design, for people; programs that ask for JSON get it as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        template = TEMPLATES.get(response.status_code)
        if template is None or response.streaming or response.content or not request.accepts("text/html"):
            return response
        page = render(request, template, status=response.status_code)
        for header in ("Allow", "Retry-After"):
            if header in response:
                page[header] = response[header]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """In the admin, what cannot be deleted because rows of the database need it: says which, instead of failing."""
        if not isinstance(exception, ProtectedError) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        holders = Counter(str(row._meta.verbose_name_plural) for row in exception.protected_objects)
        return render(request, "cms/admin/undeletable.html", {"holders": sorted(holders.items())}, status=409)


class AdminFramesMiddleware:
    """Lets frames in the admin, where previews run code of H5P packages, go nowhere else.

    The admin has no policy of its own, since it is built on inline scripts; this one says nothing about those.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response.headers.setdefault("Content-Security-Policy", "frame-src 'self'")
        return response
