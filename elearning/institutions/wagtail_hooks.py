"""Institutions and territorial units in the editors' admin."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Institution, TerritorialUnit


class InstitutionViewSet(SnippetViewSet):
    """The register that people choose from at sign-up."""

    model = Institution
    icon = "home"
    menu_label = "Instytucje"
    list_display: ClassVar[list[str]] = ["name", "kind", "unit"]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["name"]
    list_per_page = 50
    panels: ClassVar[list[FieldPanel]] = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("unit"),
        FieldPanel("address"),
        FieldPanel("head"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Institution]:
        return Institution.objects.select_related("unit")


class TerritorialUnitViewSet(SnippetViewSet):
    """The TERYT register; only the number of inhabitants is ours to fill in."""

    model = TerritorialUnit
    icon = "site"
    menu_label = "Jednostki terytorialne"
    list_display: ClassVar[list[str]] = ["code", "name", "kind", "commune_type", "population"]
    list_filter: ClassVar[list[str]] = ["kind", "commune_type"]
    search_fields: ClassVar[list[str]] = ["name", "code"]
    list_per_page = 50
    panels: ClassVar[list[FieldPanel | HelpPanel]] = [
        HelpPanel("<p>Nazwy i kody pochodzą z rejestru TERYT. Wczytuje je polecenie load_teryt.</p>"),
        FieldPanel("code"),
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("commune_type"),
        FieldPanel("population"),
        FieldPanel("parent"),
    ]


class RegisterGroup(SnippetViewSetGroup):
    menu_label = "Instytucje"
    menu_icon = "group"
    menu_order = 300
    items: ClassVar[tuple[type[SnippetViewSet], ...]] = (InstitutionViewSet, TerritorialUnitViewSet)


register_snippet(RegisterGroup)
