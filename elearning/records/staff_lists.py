"""Lists of records in the admin: read, never edited. What happens to a record has a verb of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.urls import URLPattern
from django.utils import timezone
from django.utils.dateformat import format as format_date
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class ViewOnly(ModelPermissionPolicy):
    """Nobody adds, changes or deletes a record by a form; who may view it is a permission."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class ViewWhere(ModelPermissionPolicy):
    """Nobody adds, changes or deletes a record by a form; who may view it, a function of `access` says."""

    def __init__(self, model: type[Model], may_view: Callable[[Any], bool]) -> None:
        super().__init__(model)
        self.may_view = may_view

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action == "view" and self.may_view(user)


class DayColumn(Column):
    """The day of a moment, „7.10.2026”; records are compared by dates, and „3 tygodnie temu” says none."""

    def get_value(self, instance: Model) -> str:
        moment = super().get_value(instance)
        return format_date(timezone.localtime(moment), "j.m.Y") if moment else ""


class RecordIndexView(IndexView):
    """The list, with what its columns need in one query."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_base_queryset().select_related(*self.related)
        return found


class RecordViewSet(ModelViewSet):
    """A list and a page for each record. Register `ViewOnly` for its model. `list_related` is what the list joins."""

    index_view_class = RecordIndexView
    list_related: tuple[str, ...] = ()

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = True
    list_per_page = 50
    # Without a field the form of a model that nobody edits would still have to be built.
    form_fields: list[str] = []

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        related = {"related": self.list_related} if issubclass(self.index_view_class, RecordIndexView) else {}
        return {**super().get_index_view_kwargs(**kwargs), **related}

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"index", "index_results", "inspect"}
        patterns: list[Any] = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name in kept]
