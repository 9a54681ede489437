"""Addresses under /konto/."""

from django.urls import URLPattern, URLResolver, include, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.profile, name="account_profile"),
    path("sesja/", views.session, name="account_session"),
    path("", include("allauth.urls")),
]
