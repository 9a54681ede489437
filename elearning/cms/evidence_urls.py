"""Addresses of what one may take away, below /wyniki-badan/-/."""

from django.urls import path

from . import evidence_views as views

app_name = "evidence"
urlpatterns = [
    path("liczby.csv", views.figures_file, name="figures"),
    path("wykresy/<int:page>/<slug:key>.csv", views.chart_file, {"kind": "csv"}, name="chart_data"),
    path("wykresy/<int:page>/<slug:key>.png", views.chart_file, {"kind": "png"}, name="chart_picture"),
]
