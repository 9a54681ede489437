"""Addresses under /health/."""

from django.urls import path

from . import health

urlpatterns = [path("live", health.live, name="health_live"), path("ready", health.ready, name="health_ready")]
