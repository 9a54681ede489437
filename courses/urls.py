"""Addresses below /kursy/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import path

from .views import lessons

app_name = "courses"

urlpatterns = [
    path("<slug:course>/", lessons.course, name="course"),
    path("<slug:course>/-/zapis/", lessons.enrol, name="enrol"),
    path("<slug:course>/-/wypisanie/", lessons.leave, name="leave"),
    path("<slug:course>/<slug:module>/", lessons.module, name="module"),
    path("<slug:course>/<slug:module>/<slug:item>/", lessons.item, name="item"),
    path("<slug:course>/<slug:module>/<slug:item>/-/ukonczone/", lessons.complete, name="complete"),
]
