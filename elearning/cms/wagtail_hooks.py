"""What the site as a whole adds to the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from elearning.accounts.models import User
from elearning.cms.admin.figures import DatumViewSet
from elearning.cms.admin.places import PlacesViewSetGroup
from elearning.cms.admin.statement import review_panel
from elearning.cms.admin.terms import TermViewSet
from elearning.cms.models import Project


@hooks.register("construct_help_menu")
def keep_useful_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Without the English pages about Wagtail, counted as news at every release. The home page links to its guide."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_homepage_panels")
def remind_of_the_statement(request: HttpRequest, panels: list[Component]) -> None:
    """The yearly review of the accessibility statement, for those who may edit it."""
    if isinstance(request.user, User) and (panel := review_panel(request.user)):
        panels.append(panel)


@hooks.register("insert_global_admin_css")
def our_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


class ProjectViewSet(SnippetViewSet):
    """Funded projects, whose signs stand on pages and certificates."""

    model = Project
    icon = "folder-inverse"
    menu_label = "Projekty"
    list_display = ["name", BooleanColumn("is_default", label="Projekt serwisu")]
    search_fields = ["name"]


@register_snippet
class DataViewSetGroup(SnippetViewSetGroup):
    """„Dane i projekty” in the menu."""

    items = (DatumViewSet, ProjectViewSet, TermViewSet)
    menu_label = "Dane i projekty"
    menu_name = "data"
    menu_icon = "order"
    menu_order = 220


register_snippet(PlacesViewSetGroup)
