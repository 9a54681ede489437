"""Wagtail's views of versions, and „Dokumenty” in the admin's menu."""

from wagtail.admin.viewsets.pages import PageViewSet

from library.admin_views.editing import VersionCreateView, VersionEditView
from library.admin_views.publication import VersionDecisionView
from library.models import VersionPage


class VersionPageViewSet(PageViewSet):
    """Wagtail's own views of a page, but for some."""

    model = VersionPage
    add_view_class = VersionCreateView
    edit_view_class = VersionEditView
    workflow_action_view_class = VersionDecisionView
