"""The mailbox of a demonstration: what the site has sent, read without a mail server."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import Message

PER_PAGE = 20


@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first. It exists only where the settings say that nobody real uses the site."""
    if not settings.DEMO_MAILBOX:
        raise Http404
    paginator = Paginator(Message.objects.defer("html_body"), PER_PAGE)
    page = paginator.get_page(request.GET.get("strona"))
    page_range = paginator.get_elided_page_range(page.number, on_each_side=1)
    return render(request, "notifications/mailbox.html", {"page_obj": page, "page_range": page_range})
