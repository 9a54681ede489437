"""„Filmy” in the admin's menu."""

from wagtail.admin.viewsets.base import ViewSetGroup

from media.admin_views.deadlines import DeadlinesViewSet
from media.admin_views.videos import VideoViewSet


class FilmsGroup(ViewSetGroup):
    """„Filmy” in the menu."""

    items = (VideoViewSet, DeadlinesViewSet)
    menu_label = "Filmy"
    menu_name = "films"
    menu_icon = "media"
    menu_order = 215
