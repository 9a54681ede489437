"""Addresses below /szkolenia/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import URLPattern, path

from .views.trainings import materials, survey

app_name = "trainings"

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/-/zgloszenie/<uuid:token>/ankieta/", survey.survey, name="survey"),
    path("<slug:slug>/-/material/<uuid:block>/", materials.material, name="material"),
]
