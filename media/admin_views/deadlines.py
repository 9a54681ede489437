"""„Napisy po terminie i w terminie”: the films that an editor may edit and the public sees without captions."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import page_permission_policy

from media import deadlines
from media.models import FilmPage

TITLE = "Napisy po terminie i\xa0w\xa0terminie"


def may_edit_films(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether there is any page that this person may change."""
    may: bool = page_permission_policy.user_has_permission(user, "change")
    return may


def films_to_edit(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Any]:
    """The films that this person may change."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    found: QuerySet[Any] = FilmPage.objects.filter(pk__in=pages.values("pk"))
    return found


def short_day(row: deadlines.Deadline) -> str:
    """„15.11.2026”: long dates leave a telephone no room for titles."""
    return format_date(row.last, "j.m.Y") if row.last else ""


class DeadlinesView(WagtailAdminTemplateMixin, TemplateView):
    """The list. Films that are overdue come first."""

    template_name = "media/admin/deadlines.html"
    page_title = TITLE
    header_icon = "warning"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": TITLE}]
    columns = [
        TitleColumn(
            "title",
            label="Film",
            accessor="film.title",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.film.pk]),
        ),
        Column("state", label="Stan", accessor="words"),
        Column("last", label="Ostatni dzień", accessor=short_day),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit_films(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = deadlines.deadlines_of(films_to_edit(self.request.user), timezone.localdate())
        return {
            **super().get_context_data(**kwargs),
            "late": Table(self.columns, [row for row in found if row.is_late]),
            "waiting": Table(self.columns, [row for row in found if not row.is_late]),
        }


class DeadlinesMenuItem(MenuItem):
    """Shown to those whom the list has something to say."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_films(request.user)


class DeadlinesViewSet(ViewSet):
    """The list in the menu."""

    name = "napisy"
    url_prefix = "filmy/napisy"
    icon = "warning"
    menu_label = TITLE
    menu_item_class = DeadlinesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(DeadlinesView), name="index")]
