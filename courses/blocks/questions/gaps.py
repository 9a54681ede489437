"""Words missing from a text."""

from .base import RICH_TEXT, QuestionBlock, QuestionTextBlock, question_feedback


class GapsBlock(QuestionBlock):
    """A text with gaps to fill."""

    text = QuestionTextBlock(
        features=RICH_TEXT,
        help_text=(
            "Brakujące słowo wpisz w podwójnym nawiasie: {{powiat}}. Kilka dobrych odpowiedzi oddziel kreską: "
            "{{powiat|powiatu}}. Wielkość liter i odstępy nie mają znaczenia."
        ),
    )
    feedback = question_feedback()

    class Meta:
        icon = "minus"
        label = "Uzupełnij luki"
        description = "Tekst z lukami. Każda dobrze uzupełniona luka daje tyle samo punktów."
        preview_value = {"text": "<p>PCPR działa na poziomie {{powiatu}}.</p>", "feedback": ""}
