"""„Do przeglądu”: the documents past the day by which somebody was to check them, of those that an editor may edit."""

from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
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

from elearning.accounts.models import User
from library.reviews import due_for_review

TITLE = "Do przeglądu"


def may_edit_documents(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether there is any page that this person may change."""
    may: bool = page_permission_policy.user_has_permission(user, "change")
    return may


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """The list."""

    template_name = "library/admin/review.html"
    page_title = TITLE
    header_icon = "date"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": TITLE}]
    columns = [
        TitleColumn(
            "title",
            label="Dokument",
            accessor="title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("review_on", label="Sprawdzić do", accessor=lambda page: format_date(page.review_on, "j.m.Y")),
        Column("kind", label="Rodzaj", accessor="get_kind_display", classname="wide-only"),
        Column("legal_basis", label="Podstawa prawna", accessor="legal_basis", classname="wide-only"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit_documents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Table(self.columns, list(due_for_review(cast(User, self.request.user), timezone.localdate())))
        return {**super().get_context_data(**kwargs), "documents": found}


class ReviewMenuItem(MenuItem):
    """Shown to those whom the list has something to say."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_documents(request.user)


class ReviewViewSet(ViewSet):
    """The list in the menu."""

    name = "do_przegladu"
    url_prefix = "dokumenty/do-przegladu"
    icon = "date"
    menu_label = TITLE
    menu_item_class = ReviewMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(ReviewView), name="index")]
