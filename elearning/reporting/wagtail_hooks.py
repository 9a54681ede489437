"""What reports add to the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .access import may_read_statistics


class StatisticsMenuItem(MenuItem):
    """Statistics in the menu of those who may read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_statistics(request.user)


@hooks.register("register_admin_urls")
def statistics_urls() -> list[URLPattern | URLResolver]:
    return [path("statystyki/", include("elearning.reporting.urls"))]


@hooks.register("register_admin_menu_item")
def statistics_menu_item() -> Any:
    return StatisticsMenuItem("Statystyki testów", reverse("reporting:quizzes"), icon_name="order", order=232)


@hooks.register("register_admin_menu_item")
def activities_menu_item() -> Any:
    return StatisticsMenuItem("Wyniki H5P", reverse("reporting:activities"), icon_name="order", order=233)


@hooks.register("register_admin_menu_item")
def films_menu_item() -> Any:
    return StatisticsMenuItem("Oglądanie filmów", reverse("reporting:films"), icon_name="order", order=234)


@hooks.register("register_documents_menu_item")
def documents_menu_item() -> Any:
    return StatisticsMenuItem("Użycie dokumentów", reverse("reporting:documents"), icon_name="order", order=20)
