"""The choice of a gmina, powiat or voivodeship out of nearly three thousand, by name with or without Polish letters.

The register's own chooser has no search, because its rows are in no search index.
"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from elearning.cms.words import fold
from elearning.institutions.models import TerritorialUnit


class PlaceFilterForm(BaseFilterForm):
    """By name or code."""

    q = forms.CharField(
        label="Nazwa lub kod",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "Na przykład „lomza” albo „2062011”"}),
    )

    def filter(self, objects: QuerySet[TerritorialUnit]) -> QuerySet[TerritorialUnit]:
        query = self.cleaned_data.get("q", "")
        if not query.strip():
            return objects
        self.is_searching, self.search_query = True, query
        names = objects.values_list("pk", "name")
        return objects.filter(pk__in=[code for code, name in names if _is_found(fold(query).split(), code, name)])


def _is_found(words: list[str], code: str, name: str) -> bool:
    """Whether each word begins a word of the name, or the code."""
    text = f" {fold(name).replace('-', ' ')} {code}"
    return all(f" {word}" in text for word in " ".join(words).replace("-", " ").split())


def whereabouts(unit: TerritorialUnit) -> str:
    """What tells three gminy of one name apart: „2007022, powiat łomżyński, podlaskie”."""
    parts, above = [unit.code], unit.parent
    while above is not None:
        parts.append(f"powiat {above.name}" if above.kind == above.Kind.COUNTY else above.name)
        above = above.parent
    return ", ".join(parts)


class PlaceView(BaseChooseView):
    """The list."""

    filter_form_class = PlaceFilterForm

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("whereabouts", label="Kod i\xa0położenie", accessor=whereabouts)]

    def get_object_list(self) -> QuerySet[Any]:
        return TerritorialUnit.objects.select_related("parent__parent__parent")


class ChoosePlaceView(ChooseViewMixin, CreationFormMixin, PlaceView):
    """The dialog."""


class PlaceResultsView(ChooseResultsViewMixin, CreationFormMixin, PlaceView):
    """What is found, without the dialog around it."""


class PlaceChooserViewSet(ChooserViewSet):
    """The dialog in which a place is chosen."""

    model = TerritorialUnit
    icon = "site"
    choose_one_text = "Wybierz gminę, powiat lub województwo"
    choose_another_text = "Wybierz inne miejsce"
    register_widget = False
    per_page = 15
    choose_view_class = ChoosePlaceView
    choose_results_view_class = PlaceResultsView


place_chooser = PlaceChooserViewSet("miejsca_filmow", url_prefix="filmy/miejsca")
