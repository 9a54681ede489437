"""Who gets past the door of a page; the admin has asked strangers to log in before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from h5p.django.models import Content
from h5p.django.permissions import Person, may, may_see

View = Callable[..., HttpResponseBase]


def allowed(test: Callable[[Person], bool]) -> Callable[[View], View]:
    """Raises PermissionDenied for everybody else."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **values: Any) -> HttpResponseBase:
            if not test(request.user):
                raise PermissionDenied
            return view(request, **values)

        return guarded

    return guard


def content_for(request: HttpRequest, pk: int, action: str = "") -> Content:
    """The content, if the person may do this with it, or may look at it. Raises Http404 and PermissionDenied."""
    contents = Content.objects.select_related("collection", "live_version__main_library", "created_by")
    content = get_object_or_404(contents.defer("live_version__params", "live_version__filtered"), pk=pk)
    is_allowed = may(request.user, action, content) if action else may_see(request.user, content)
    if not is_allowed:
        raise PermissionDenied
    return content
