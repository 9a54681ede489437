"""A figure from data."""

from typing import Any

from django.apps import apps
from wagtail.snippets.blocks import SnippetChooserBlock

SAMPLE = {"value": "172", "label": "rodziny objęte testem modelu", "source": "Badanie ewaluacyjne", "date": "2019–2020"}


class DatumBlock(SnippetChooserBlock):
    """A number with its source and date, entered once and shown wherever it is needed."""

    class Meta:
        icon = "order"
        label = "Liczba z danych"
        template = "blocks/datum.html"
        description = "Liczba ze źródłem i datą, wybrana ze zbioru liczb."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("cms.Datum", **kwargs)

    def get_preview_value(self) -> Any:
        return apps.get_model("cms", "Datum")(**SAMPLE)
