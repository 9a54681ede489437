"""One right answer among several."""

from .base import QuestionBlock, question_feedback, question_text
from .options import options


class SingleChoiceBlock(QuestionBlock):
    """Exactly one option is right."""

    text = question_text()
    options = options()
    feedback = question_feedback()

    class Meta:
        icon = "radio-full"
        label = "Jednokrotny wybór"
        description = "Jedna poprawna odpowiedź spośród kilku."
        preview_value = {
            "text": "<p>Która instytucja działa na poziomie powiatu?</p>",
            "options": [
                {"text": "GOPS", "correct": False, "feedback": ""},
                {"text": "PCPR", "correct": True, "feedback": ""},
                {"text": "ROPS", "correct": False, "feedback": ""},
            ],
            "feedback": "",
        }
