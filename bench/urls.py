"""The site's addresses and the two floors, for the benchmark server only."""

from django.urls import path

from bench import floors
from elearning import urls as site

urlpatterns = [
    path("bench/bare/", floors.bare),
    path("bench/row/<int:course>/", floors.row),
    *site.urlpatterns,
]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500
