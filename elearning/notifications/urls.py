"""Addresses of messages: the mailbox of a demonstration."""

from django.urls import URLPattern, path

from . import views

app_name = "notifications"

urlpatterns: list[URLPattern] = [path("poczta/", views.mailbox, name="mailbox")]
