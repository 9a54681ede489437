"""Addresses of the library of documents."""

from django.urls import path

from library.views import comparison, documents, files, filling, library, subscriptions

app_name = "documents"

urlpatterns = [
    path("", library.library, name="library"),
    path("-/powiadomienia/<uuid:token>/potwierdz/", subscriptions.confirm, name="confirm"),
    path("-/powiadomienia/<uuid:token>/zakoncz/", subscriptions.stop, name="stop"),
    path("<slug:slug>/", documents.document, name="document"),
    path("<slug:slug>/-/wypelnij/", filling.fill, name="fill"),
    path("<slug:slug>/-/plik/<str:form>/", files.file, name="file"),
    path("<slug:slug>/-/powiadom/", subscriptions.subscribe, name="subscribe"),
    path("<slug:slug>/<slug:version>/", documents.version, name="version"),
    path("<slug:slug>/<slug:version>/-/wypelnij/", filling.fill, name="fill_version"),
    path("<slug:slug>/<slug:version>/-/plik/<str:form>/", files.file, name="version_file"),
    path("<slug:slug>/<slug:version>/-/porownanie/", comparison.comparison, name="comparison"),
]
