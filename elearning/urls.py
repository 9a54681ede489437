"""Addresses of the site. Polish and ASCII; the catch-all of Wagtail comes last."""

from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from courses.views import panel
from elearning.cms import place_views, track_views
from elearning.cms import views as cms_views
from elearning.cms.search.views import search
from elearning.cms.serving import serve as serve_page
from elearning.cms.sitemap import sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", cms_views.robots),
    path("sitemap.xml", sitemap, name="sitemap"),
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
    path("szukaj/", search, name="search"),
    path("kursy/", include("courses.urls")),
    path("szkolenia/", include("courses.trainings.urls")),
    path("filmy/", include("media.urls")),
    path("dokumenty/", include("library.urls")),
    path("modele/moja-gmina/", place_views.match, name="match"),
    path("modele/<slug:slug>/", track_views.model, name="model"),
    re_path(r"^gminy/(?P<code>[0-9]{4}|[0-9]{7})/$", place_views.place, name="place"),
    path("wyniki-badan/-/", include("elearning.cms.evidence_urls")),
    path("aktualnosci/-/", include("elearning.cms.news_urls")),
    path("h5p/", include("h5p.django.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("rozwoj/komponenty/", cms_views.components, name="components")]

urlpatterns += [
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]

handler400 = "elearning.cms.views.bad_request"
handler403 = "elearning.cms.views.permission_denied"
handler404 = "elearning.cms.views.page_not_found"
handler500 = "elearning.cms.views.server_error"
