"""„Do przeglądu”: the documents past the day by which somebody was to check them, of those that an editor may edit."""

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

from library.models import DocumentPage

TITLE = "Do przeglądu"


def may_edit_documents(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether there is any page that this person may change."""
    may: bool = page_permission_policy.user_has_permission(user, "change")
    return may


def documents_to_review(user: AbstractBaseUser | AnonymousUser) -> QuerySet[DocumentPage]:
    """Published documents past their day that this person may change, the longest overdue first."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    overdue = DocumentPage.objects.live().filter(review_on__lt=timezone.localdate())
    found: QuerySet[DocumentPage] = overdue.filter(pk__in=pages.values("pk")).order_by("review_on", "title")
    return found


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
        found = Table(self.columns, list(documents_to_review(self.request.user)))
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
