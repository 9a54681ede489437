"""The site with the player mounted, and an activity of a test."""

from django.urls import include, path

from elearning.urls import urlpatterns as site

urlpatterns = [path("h5p/", include("h5p.django.urls")), *site]
