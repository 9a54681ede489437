"""Addresses below /filmy/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import path

from .views import files, films, library, progress

app_name = "films"

urlpatterns = [
    path("", library.library, name="library"),
    path("<slug:slug>/", films.film, name="film"),
    path("<slug:slug>/-/plik/<uuid:key>/<path:name>", files.file, name="file"),
    path("<slug:slug>/-/napisy/<int:track>.vtt", files.captions, name="captions"),
    path("<slug:slug>/-/rozdzialy.vtt", files.chapters, name="chapters"),
    path("<slug:slug>/-/transkrypcja.txt", files.transcript, name="transcript"),
    path("<slug:slug>/-/postep/", progress.save, name="progress"),
]
