"""Choosing a video for a film: only from the collections in which the editor may choose."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from media.models import Video
from media.permissions import chosen_by
from media.transcripts import clock


def length(video: Video) -> str:
    return clock(video.duration) if video.duration is not None else "–"


class _OwnVideos:
    """The list of videos, with how long they are."""

    request: Any

    def get_object_list(self) -> QuerySet[Video]:
        return chosen_by(self.request.user).select_related("collection")

    @property
    def columns(self) -> list[Column]:
        more = [Column("length", label="Czas", accessor=length), Column("collection", label="Kolekcja")]
        return [*super().columns, *more]  # type: ignore[misc]  # Wagtail's


class VideoChooseView(_OwnVideos, chooser.ChooseView):
    """The whole dialogue."""


class VideoChooseResultsView(_OwnVideos, chooser.ChooseResultsView):
    """The list in it, searched again."""


class VideoChosenView(chooser.ChosenView):
    """What was chosen; somebody else's video is not found."""

    def get_object(self, pk: Any) -> Video:
        return chosen_by(self.request.user).get(pk=pk)


class VideoChosenMultipleView(chooser.ChosenMultipleView):
    """The same for several."""

    def get_objects(self, pks: list[Any]) -> QuerySet[Video]:
        return chosen_by(self.request.user).filter(pk__in=pks)


class VideoChooserViewSet(ChooserViewSet):
    """The dialogue for choosing a video."""

    model = Video
    name = "film_video_chooser"
    url_prefix = "filmy/wybor-pliku"
    icon = "media"
    choose_one_text = "Wybierz plik filmu"
    choose_another_text = "Wybierz inny plik filmu"
    edit_item_text = "Pokaż ten plik"
    choose_view_class = VideoChooseView
    choose_results_view_class = VideoChooseResultsView
    chosen_view_class = VideoChosenView
    chosen_multiple_view_class = VideoChosenMultipleView


chooser_viewset = VideoChooserViewSet()
