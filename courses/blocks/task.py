"""Something to do away from the screen."""

from wagtail import blocks

from elearning.cms.blocks import RICH_TEXT


class TaskBlock(blocks.StructBlock):
    """A task to do: what, and how long it takes."""

    title = blocks.CharBlock(required=False, max_length=150, label="Tytuł")
    text = blocks.RichTextBlock(features=RICH_TEXT, label="Co zrobić")
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=480, label="Czas w minutach")

    class Meta:
        icon = "edit"
        label = "Zadanie do wykonania"
        template = "blocks/task.html"
        description = "Ćwiczenie do zrobienia w pracy lub na kartce."
        preview_value = {"title": "Mapa partnerów", "text": "<p>Wypisz pięć instytucji.</p>", "minutes": 10}
