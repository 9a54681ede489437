"""Error pages and the page that shows the design's components."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from elearning.cms.templatetags.components import SampleForm


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where more was sent than the site takes, in the site's design."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, in the site's design, with the refusing view's own words where it has any."""
    return render(request, "403.html", {"exception": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the site's design."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the context processors, which may be what failed."""
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long: says so and leads back."""
    return render(request, "403_csrf.html", {"back_url": request.get_full_path()}, status=403)


def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses search engines need not read."""
    return render(request, "robots.txt", content_type="text/plain")


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for developers."""
    bound = SampleForm(data={})
    return render(request, "development/components.html", {"form": bound, "clean_form": SampleForm()})
