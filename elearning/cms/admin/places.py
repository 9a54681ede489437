"""The register of gminy and the directory of partners in the editors' admin."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from elearning.cms.models import Organisation, Participation


class ParticipationViewSet(SnippetViewSet):
    """Who took part in the projects."""

    model = Participation
    icon = "site"
    menu_label = "Udział gmin i\xa0powiatów"
    list_display: ClassVar[list[str]] = ["unit", "track", "phase", "years", "list_is_complete"]
    list_filter: ClassVar[list[str]] = ["track", "phase", "list_is_complete"]
    search_fields: ClassVar[list[str]] = ["unit__name", "unit__code", "source"]
    list_per_page = 50
    ordering: ClassVar[list[str]] = ["unit__search_name", "unit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participation]:
        return Participation.objects.select_related("unit")


class OrganisationViewSet(SnippetViewSet):
    """Regional centres and partners."""

    model = Organisation
    icon = "group"
    menu_label = "Ośrodki i\xa0partnerzy"
    list_display: ClassVar[list[str]] = ["name", "town", "track", "role", "checked_on"]
    list_filter: ClassVar[list[str]] = ["kind", "track", "role"]
    search_fields: ClassVar[list[str]] = ["name", "town"]
    list_per_page = 50


class PlacesViewSetGroup(SnippetViewSetGroup):
    """„Gminy i partnerzy” in the menu."""

    items = (ParticipationViewSet, OrganisationViewSet)
    menu_label = "Gminy i\xa0partnerzy"
    menu_name = "places"
    menu_icon = "site"
    menu_order = 230
