"""Places in a lesson that announce what belongs there."""

from wagtail import blocks

from elearning.cms.blocks import FieldsBlock


class PlaceBlock(FieldsBlock):
    """A titled place that says what belongs here; learners see it as announced."""

    title = blocks.CharBlock(max_length=150)
    description = blocks.TextBlock(required=False, max_length=500)

    class Meta:
        labels = {"title": "Tytuł", "description": "Opis"}
        template = "blocks/place.html"
        label_format = "{title}"


class ActivityPlaceBlock(PlaceBlock):
    """The place of an H5P activity."""

    class Meta:
        icon = "cogs"
        label = "Miejsce na aktywność H5P"
        description = "Zapowiedź interaktywnego ćwiczenia, które pojawi się w tym miejscu."
        preview_value = {"title": "Ćwiczenie: dobierz partnerów", "description": "Interaktywne ćwiczenie."}
