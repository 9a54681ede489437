"""The addresses of all public pages, for search engines (sitemaps.org, protocol 0.9)."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from elearning.cms.models import BasePage
from elearning.cms.models.base import address_of
from elearning.cms.restrictions import open_to

MOST = 50_000  # addresses in one file, as the protocol has it


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is published, open to all and has an address of its own, with its last change. Two queries."""
    models = [model for model in get_page_models() if issubclass(model, BasePage) and model.in_sitemap]
    kinds = ContentType.objects.get_for_models(*models).values()
    pages = open_to(AnonymousUser(), Page.objects.live().filter(content_type__in=kinds))
    rows = pages.order_by("path").values_list("url_path", "last_published_at")[:MOST]
    entries = [(f"{settings.BASE_URL}{address_of(url_path)}", changed) for url_path, changed in rows]
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")
