"""Something to do away from the screen."""

from wagtail import blocks

from elearning.cms.blocks import RICH_TEXT, FieldsBlock


class TaskBlock(FieldsBlock):
    """A task to do: what, and how long it takes."""

    title = blocks.CharBlock(required=False, max_length=150)
    text = blocks.RichTextBlock(features=RICH_TEXT)
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=480)

    class Meta:
        icon = "edit"
        label = "Zadanie do wykonania"
        labels = {"title": "Tytuł", "text": "Co zrobić", "minutes": "Czas w minutach"}
        label_format = "{title}"
        template = "blocks/task.html"
        description = "Ćwiczenie do zrobienia w pracy lub na kartce."
        preview_value = {"title": "Mapa partnerów", "text": "<p>Wypisz pięć instytucji.</p>", "minutes": 10}
