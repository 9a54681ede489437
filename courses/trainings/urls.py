"""Addresses below /szkolenia/, delivered by our own views under the addresses of the page tree.

Actions stand behind „-”, which is no slug of a page.
"""

from django.urls import URLPattern, path

from courses.views.trainings import calendars, check_in, listing, materials, own, pages, registering, roll, survey

app_name = "trainings"

urlpatterns: list[URLPattern] = [
    path("", listing.trainings, name="list"),
    path("-/obecnosc/<str:code>/", check_in.check_in, name="check_in"),
    path("-/kalendarz.ics", calendars.feed_of_all, name="feed"),
    path("-/kalendarz/", calendars.calendar_settings, name="calendar_settings"),
    path("-/kalendarz/<uuid:key>.ics", calendars.own_feed, name="own_feed"),
    path("<slug:slug>/", pages.training, name="training"),
    path("<slug:slug>/-/kalendarz.ics", calendars.event, name="event"),
    path("<slug:slug>/-/zapis/", registering.register, name="register"),
    path("<slug:slug>/-/zapis/wyslano/", registering.sent, name="sent"),
    path("<slug:slug>/-/zaproszenie/<uuid:token>/", registering.invitation, name="invitation"),
    path("<slug:slug>/-/zgloszenie/<uuid:token>/", own.registration, name="registration"),
    path("<slug:slug>/-/zgloszenie/<uuid:token>/dolacz/", own.join, name="join"),
    path("<slug:slug>/-/zgloszenie/<uuid:token>/zaswiadczenie/", own.certificate, name="certificate"),
    path("<slug:slug>/-/zgloszenie/<uuid:token>/ankieta/", survey.survey, name="survey"),
    path("<slug:slug>/-/lista/<uuid:day>/", roll.roll, name="roll"),
    path("<slug:slug>/-/material/<uuid:block>/", materials.material, name="material"),
]
