"""Addresses of certificates and their verification."""

from django.urls import path

from . import views

app_name = "records"

urlpatterns = [
    path("zaswiadczenia/", views.verify, name="verify"),
    path("zaswiadczenia/<str:code>/", views.certificate, name="certificate"),
    path("zaswiadczenia/<str:code>/pdf/", views.certificate_file, name="certificate_file"),
]
