"""The site's addresses, the two floors and the pages of players, for the benchmark server only."""

from django.urls import path

from bench import floors
from bench.playing import pages
from elearning import urls as site

urlpatterns = [
    path("bench/bare/", floors.bare),
    path("bench/row/<int:course>/", floors.row),
    path("bench/activity/<int:version>/", pages.page),
    path("bench/batches/<int:version>/<uuid:key>/", pages.Batches.as_view()),
    path("bench/kept/<int:version>/", pages.kept),
    *site.urlpatterns,
]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500
