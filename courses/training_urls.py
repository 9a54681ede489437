"""Addresses below /szkolenia/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import URLPattern

app_name = "trainings"

urlpatterns: list[URLPattern] = []
