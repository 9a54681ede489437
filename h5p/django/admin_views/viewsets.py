"""Where the pages are, and what the menu says."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from h5p.django.admin_views import contents, hub, libraries, updates, uploads
from h5p.django.permissions import may_open, may_see_libraries


class ContentViewSet(ViewSet):
    """Contents."""

    name = "h5p_contents"
    url_prefix = "h5p"
    icon = "media"
    menu_label = _("Contents")

    def get_urlpatterns(self) -> list[URLPattern]:
        listing = contents.ContentIndexView
        return [
            path("", listing.as_view(), name="index"),
            path("results/", listing.as_view(results_only=True), name="index_results"),
            path("add/", uploads.add, name="add"),
            path("<int:pk>/", contents.content, name="content"),
            path("<int:pk>/replace/", uploads.replace, name="replace"),
            path("<int:pk>/settings/", contents.settings, name="settings"),
            path("<int:pk>/export/", contents.export, name="export"),
            path("<int:pk>/delete/", contents.delete, name="delete"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        return shown_to(may_open, super().get_menu_item(order))


class LibraryViewSet(ViewSet):
    """Libraries."""

    name = "h5p_libraries"
    url_prefix = "h5p/libraries"
    icon = "code"
    menu_label = _("Libraries")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", libraries.index, name="index"),
            path("add/", uploads.add_libraries, name="add"),
            path("decide/", libraries.decide, name="decide"),
            path("hub/", hub.index, name="hub"),
            path("hub/install/", hub.install, name="hub_install"),
            path("<int:pk>/", libraries.library, name="library"),
            path("<int:pk>/update/", libraries.prepare, name="prepare"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        return shown_to(may_see_libraries, super().get_menu_item(order))


class H5PViewSetGroup(ViewSetGroup):
    """„H5P” in the menu."""

    menu_label = "H5P"
    menu_name = "h5p"
    menu_icon = "media"
    menu_order = 212
    items = (ContentViewSet, LibraryViewSet)


class UpdateViewSet(ViewSet):
    """Updates of libraries, reached from the library."""

    name = "h5p_updates"
    url_prefix = "h5p/updates"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("<int:pk>/", updates.update, name="update"),
            path("<int:pk>/run/", updates.run, name="run"),
            path("<int:pk>/undo/", updates.undo, name="undo"),
            path("<int:pk>/discard/", updates.discard, name="discard"),
        ]


def shown_to(test: Callable[[Any], bool], item: Any) -> Any:
    """The menu item, for those only who get past the door behind it."""

    def is_shown(request: HttpRequest) -> bool:
        return test(request.user)

    item.is_shown = is_shown
    return item
