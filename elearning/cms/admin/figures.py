"""The list of figures in the admin: where each is used."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet

from elearning.cms.models import Datum


class UsesColumn(Column):
    """In how many places a figure stands, leading to their list."""

    cell_template_name = "cms/admin/uses_cell.html"

    def get_cell_context_data(self, instance: Datum, parent_context: dict[str, Any]) -> dict[str, Any]:
        url = reverse("wagtailsnippets_cms_datum:usage", args=[instance.pk])
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": url}


class DatumViewSet(SnippetViewSet):
    """Figures that blocks show."""

    model = Datum
    icon = "order"
    menu_label = "Liczby z danych"
    list_display = ["label", "value", "source", "date", UsesColumn("uses", label="Gdzie użyta")]
    search_fields = ["label", "value", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Datum]:
        """All figures, each with the number of pages and snippets that show it."""
        return Datum.objects.annotate(uses=ReferenceIndex.usage_count_subquery(Datum))
