"""Addresses below /redakcja/statystyki/."""

from django.urls import path

from . import views

app_name = "reporting"

urlpatterns = [
    path("", views.quizzes, name="quizzes"),
    path("<int:page>/", views.quiz, name="quiz"),
    path("<int:page>/pytania/<int:question>/", views.question, name="question"),
    path("<int:page>/podejscia.csv", views.export_csv, name="csv"),
    path("<int:page>/podejscia.xlsx", views.export_xlsx, name="xlsx"),
]
