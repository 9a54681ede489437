"""A figure from data."""

from wagtail.snippets.blocks import SnippetChooserBlock


class DatumBlock(SnippetChooserBlock):
    """A number with its source and date, entered once and shown wherever it is needed."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__("cms.Datum", **kwargs)

    class Meta:
        icon = "order"
        label = "Liczba z danych"
        template = "blocks/datum.html"
        description = "Liczba ze źródłem i datą, wybrana ze zbioru liczb."
