"""Addresses of the organiser’s desk, below /redakcja/szkolenia/. The number is that of the training’s page."""

from django.urls import URLPattern, path

from .views.training_desk import afterwards

app_name = "training_desk"

urlpatterns: list[URLPattern] = [
    path("<int:pk>/ankieta/", afterwards.survey_results, name="survey_results"),
    path("<int:pk>/testy/", afterwards.tests, name="tests"),
]
