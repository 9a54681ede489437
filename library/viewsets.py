"""Wagtail's views of versions, and „Biblioteka” in the admin's menu."""

from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageViewSet

from library.admin_views.editing import VersionCreateView, VersionEditView
from library.admin_views.publication import VersionDecisionView
from library.admin_views.review import ReviewViewSet
from library.models import VersionPage


class VersionPageViewSet(PageViewSet):
    """Wagtail's own views of a page, but for some."""

    model = VersionPage
    add_view_class = VersionCreateView
    edit_view_class = VersionEditView
    workflow_action_view_class = VersionDecisionView


class DocumentsGroup(ViewSetGroup):
    """„Biblioteka” in the menu; Wagtail's own „Dokumenty” are files in texts."""

    items = (ReviewViewSet,)
    menu_label = "Biblioteka"
    menu_name = "library"
    menu_icon = "doc-full"
    menu_order = 216
    # Reports add theirs by this hook.
    submenu_hook = "register_documents_menu_item"
