"""Items to put in order."""

from wagtail import blocks

from .base import QuestionBlock, question_feedback, question_text


class OrderingBlock(QuestionBlock):
    """Items written in the right order, shown in another."""

    text = question_text()
    items = blocks.ListBlock(
        blocks.CharBlock(label="Element", max_length=300),
        label="Elementy we właściwej kolejności",
        min_num=2,
        max_num=50,
        help_text="Wpisz je we właściwej kolejności. W teście pojawią się pomieszane.",
    )
    feedback = question_feedback()

    class Meta:
        icon = "list-ol"
        label = "Ułóż w kolejności"
        description = "Elementy do ustawienia. Każdy element na swoim miejscu daje tyle samo punktów."
        preview_value = {
            "text": "<p>Ułóż etapy pracy zespołu.</p>",
            "items": ["porozumienie", "diagnoza", "program"],
            "feedback": "",
        }
