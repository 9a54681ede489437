"""What the site as a whole adds to the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from elearning.cms.models import Datum, Project


class DatumViewSet(SnippetViewSet):
    """Figures that blocks show."""

    model = Datum
    icon = "order"
    menu_label = "Liczby z danych"
    list_display = ["label", "value", "source", "date"]
    search_fields = ["label", "value", "source"]


class ProjectViewSet(SnippetViewSet):
    """Funded projects, whose signs stand on certificates."""

    model = Project
    icon = "folder-inverse"
    menu_label = "Projekty"
    search_fields = ["name"]


@register_snippet
class DataViewSetGroup(SnippetViewSetGroup):
    """„Dane i projekty” in the menu."""

    items = (DatumViewSet, ProjectViewSet)
    menu_label = "Dane i projekty"
    menu_name = "data"
    menu_icon = "order"
    menu_order = 220
