"""Addresses below /redakcja/statystyki/."""

from django.urls import path

from . import activities_views, documents_views, films_views, views

app_name = "reporting"

ACTIVITY = "aktywnosci/<uuid:key>/"
FILM = "filmy/<int:film>/"
DOCUMENT = "dokumenty/<int:document>/"
KINDS = ("csv", "xlsx")

urlpatterns = [
    path("aktywnosci/", activities_views.listing, name="activities"),
    path(ACTIVITY, activities_views.activity, name="activity"),
    path(f"{ACTIVITY}podejscia/<int:attempt>/", activities_views.attempt, name="activity_attempt"),
    *(
        path(f"{start}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}")
        for kind in KINDS
        for start, view, name in (
            ("aktywnosci", activities_views.export_list, "activities"),
            (f"{ACTIVITY}podejscia", activities_views.export_attempts, "activity_attempts"),
            (f"{ACTIVITY}odpowiedzi", activities_views.export_answers, "activity_answers"),
        )
    ),
    path("filmy/", films_views.listing, name="films"),
    path(FILM, films_views.film, name="film"),
    *(
        path(f"{start}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}")
        for kind in KINDS
        for start, view, name in (
            ("filmy", films_views.export_list, "films"),
            (f"{FILM}ogladajacy", films_views.export_film, "film"),
        )
    ),
    path("dokumenty/", documents_views.listing, name="documents"),
    path(DOCUMENT, documents_views.document, name="document"),
    *(
        path(f"{start}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}")
        for kind in KINDS
        for start, view, name in (
            ("dokumenty", documents_views.export_list, "documents"),
            (f"{DOCUMENT}uzycie", documents_views.export_document, "document"),
        )
    ),
    path("", views.quizzes, name="quizzes"),
    path("<int:page>/", views.quiz, name="quiz"),
    path("<int:page>/pytania/<int:question>/", views.question, name="question"),
    path("<int:page>/podejscia.csv", views.export_csv, name="csv"),
    path("<int:page>/podejscia.xlsx", views.export_xlsx, name="xlsx"),
]
