"""A sentence that is true or false."""

from wagtail import blocks

from .base import QuestionBlock, question_feedback, question_text


class TrueFalseBlock(QuestionBlock):
    """A sentence to judge."""

    text = question_text()
    answer = blocks.BooleanBlock(
        label="To zdanie jest prawdziwe", required=False, help_text="Niezaznaczone pole oznacza fałsz."
    )
    feedback = question_feedback()

    class Meta:
        icon = "check"
        label = "Prawda/fałsz"
        description = "Zdanie do oceny: prawda albo fałsz."
        preview_value = {"text": "<p>PCPR działa na poziomie powiatu.</p>", "answer": True, "feedback": ""}
