"""Addresses below /kursy/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import path

from .views import activities, attempts, catalogue, films, lessons, quizzes

app_name = "courses"

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<slug:course>/", lessons.course, name="course"),
    path("<slug:course>/-/zapis/", lessons.enrol, name="enrol"),
    path("<slug:course>/-/wypisanie/", lessons.leave, name="leave"),
    path("<slug:course>/-/aktywnosc/<uuid:key>/", activities.Batches.as_view(), name="activity"),
    path("<slug:course>/-/film/<uuid:key>/", films.save, name="film"),
    path("<slug:course>/<slug:module>/", lessons.module, name="module"),
    path("<slug:course>/<slug:module>/<slug:item>/", lessons.item, name="item"),
    path("<slug:course>/<slug:module>/<slug:item>/-/ukonczone/", lessons.complete, name="complete"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/", quizzes.start, name="start_attempt"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/<int:number>/", attempts.attempt, name="attempt"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/<int:number>/odpowiedz/", attempts.save, name="answer"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/<int:number>/czas/", attempts.clock, name="clock"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/<int:number>/wyslij/", attempts.submit, name="submit"),
    path("<slug:course>/<slug:module>/<slug:item>/-/podejscie/<int:number>/wynik/", attempts.result, name="result"),
]
