"""Choosing a content for a page: only from the collections in which the editor may choose."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p.django.models import Content
from h5p.django.permissions import chosen_by

# Never needed in a list.
HEAVY = [f"live_version__{name}" for name in ("params", "filtered", "manifest")] + [
    f"live_version__main_library__{name}" for name in ("semantics", "languages", "description")
]


class _OwnContents:
    """The list of contents, with their types."""

    request: Any

    def get_object_list(self) -> QuerySet[Content]:
        return chosen_by(self.request.user).select_related("live_version__main_library").defer(*HEAVY)

    @property
    def columns(self) -> list[Column]:
        kind = Column("type", label=_("Type"), accessor="live_version.main_library.title")
        return [*super().columns, kind, Column("collection", label=_("Collection"))]  # type: ignore[misc]  # Wagtail's


class ContentChooseView(_OwnContents, chooser.ChooseView):
    """The whole dialogue."""


class ContentChooseResultsView(_OwnContents, chooser.ChooseResultsView):
    """The list in it, searched again."""


class ContentChosenView(chooser.ChosenView):
    """What was chosen; somebody else's content is not found."""

    def get_object(self, pk: Any) -> Content:
        return chosen_by(self.request.user).get(pk=pk)


class ContentChosenMultipleView(chooser.ChosenMultipleView):
    """The same for several."""

    def get_objects(self, pks: list[Any]) -> QuerySet[Content]:
        return chosen_by(self.request.user).filter(pk__in=pks)


class ContentChooserViewSet(ChooserViewSet):
    """The dialogue for choosing a content."""

    model = Content
    name = "h5p_chooser"
    url_prefix = "h5p/chooser"
    icon = "media"
    choose_one_text = _("Choose an H5P content")
    choose_another_text = _("Choose another H5P content")
    edit_item_text = _("Show this content")
    choose_view_class = ContentChooseView
    choose_results_view_class = ContentChooseResultsView
    chosen_view_class = ContentChosenView
    chosen_multiple_view_class = ContentChosenMultipleView


chooser_viewset = ContentChooserViewSet()
