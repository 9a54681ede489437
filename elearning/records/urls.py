"""Addresses of what a learner did: the panel, certificates and their verification."""

from django.urls import path

from . import views

app_name = "records"

urlpatterns = [path("panel/", views.panel, name="panel")]
