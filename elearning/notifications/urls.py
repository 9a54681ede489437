"""Addresses of messages: the mailbox of a demonstration."""

from django.urls import URLPattern

app_name = "notifications"

urlpatterns: list[URLPattern] = []
