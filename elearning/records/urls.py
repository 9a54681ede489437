"""Addresses of certificates and their verification."""

from django.urls import path

from .views import certificates

app_name = "records"

urlpatterns = [
    path("zaswiadczenia/", certificates.verify, name="verify"),
    path("zaswiadczenia/<str:code>/", certificates.certificate, name="certificate"),
    path("zaswiadczenia/<str:code>/pdf/", certificates.certificate_file, name="certificate_file"),
]
