"""Addresses of the organiser’s desk, below /redakcja/szkolenia/. The number is that of the training’s page."""

from django.urls import URLPattern, path

from courses.views.training_desk import (
    adding,
    afterwards,
    attendance,
    certificates,
    copying,
    decisions,
    exports,
    invitations,
    listing,
    messages,
    registrations,
    reports,
    sheets,
    training,
    unclear,
)

app_name = "training_desk"

urlpatterns: list[URLPattern] = [
    path("", listing.listing, name="list"),
    path("<int:pk>/", training.training, name="training"),
    path("<int:pk>/zgloszenia/", registrations.registrations, name="registrations"),
    path("<int:pk>/zgloszenia/decyzja/", decisions.decide, name="decide"),
    path("<int:pk>/zgloszenia/nowe/", adding.add, name="add_registration"),
    path("<int:pk>/zgloszenia/<int:registration>/", registrations.registration, name="registration"),
    path("<int:pk>/wiadomosc/", messages.message, name="message"),
    path("<int:pk>/eksport/", exports.exports, name="exports"),
    path("<int:pk>/eksport/<str:kind>/", exports.export, name="export"),
    path("<int:pk>/kopia/", copying.copy, name="copy"),
    path("<int:pk>/zaproszenia/", invitations.invitations, name="invitations"),
    path("<int:pk>/obecnosc/", attendance.attendance, name="attendance"),
    path("<int:pk>/obecnosc/raport/", reports.report, name="report"),
    path("<int:pk>/obecnosc/niejasne/", unclear.unclear, name="unclear"),
    path("<int:pk>/obecnosc/<uuid:day>/lista/", sheets.sheet, name="sheet"),
    path("<int:pk>/obecnosc/<uuid:day>/kod/", sheets.code, name="code"),
    path("<int:pk>/obecnosc/<uuid:day>/kod/obraz/", sheets.code_picture, name="code_picture"),
    path("<int:pk>/zaswiadczenia/", certificates.certificates, name="certificates"),
    path("<int:pk>/zaswiadczenia/archiwum/", certificates.archive, name="certificates_archive"),
    path("<int:pk>/ankieta/", afterwards.survey_results, name="survey_results"),
    path("<int:pk>/testy/", afterwards.tests, name="tests"),
]
