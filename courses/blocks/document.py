"""A document template in a lesson."""

from wagtail import blocks

from .places import PlaceBlock


class DocumentBlock(PlaceBlock):
    """A document of the library, in the version that is in force; without one the place that announces it."""

    document = blocks.PageChooserBlock(page_type="library.DocumentPage", required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = "Wzór dokumentu"
        template = "blocks/document.html"
        description = "Wzór z\xa0biblioteki, w\xa0obowiązującej wersji. Bez wybranego wzoru będzie tu zapowiedź."
        preview_value = {"title": "Porozumienie PZK", "description": "Wzór porozumienia instytucji."}
        labels = {"title": "Tytuł", "description": "Opis", "document": "Wzór z\xa0biblioteki"}
