"""Addresses of the site. Polish and ASCII; the catch-all of Wagtail comes last."""

from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses.views import panel
from elearning.cms import views as cms_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", cms_views.robots),
    path("health/", include("elearning.cms.health_urls")),
    path("redakcja/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("redakcja/", include(wagtailadmin_urls)),
    path("pliki/dokumenty/", include(wagtaildocs_urls)),
    # Pictures that editors chose; a front server may answer instead. Other uploads are never served by address.
    path("pliki/images/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT) / "images"}),
    path("konto/", include("elearning.accounts.urls")),
    path("", include("elearning.notifications.urls")),
    path("", include("elearning.records.urls")),
    path("panel/", panel.panel, name="panel"),
    path("kursy/", include("courses.urls")),
    path("szkolenia/", include("courses.trainings.urls")),
    path("filmy/", include("media.urls")),
    path("dokumenty/", include("library.urls")),
    path("h5p/", include("h5p.django.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("rozwoj/komponenty/", cms_views.components, name="components")]

urlpatterns += [path("", include(wagtail_urls))]

handler400 = "elearning.cms.views.bad_request"
handler403 = "elearning.cms.views.permission_denied"
handler404 = "elearning.cms.views.page_not_found"
handler500 = "elearning.cms.views.server_error"
