"""Addresses of the organiser’s desk, below /redakcja/szkolenia/. The number is that of the training’s page."""

from django.urls import URLPattern

app_name = "training_desk"

urlpatterns: list[URLPattern] = []
