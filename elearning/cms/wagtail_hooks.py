"""What the site as a whole adds to the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from elearning.cms.models import Datum, Project


@hooks.register("construct_help_menu")
def keep_useful_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Without the English pages about Wagtail, counted as news at every release. The home page links to its guide."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("insert_global_admin_css")
def our_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


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
