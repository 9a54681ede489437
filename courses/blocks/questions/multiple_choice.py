"""Several right answers among more."""

from .base import QuestionBlock, question_feedback, question_text
from .options import options


class MultipleChoiceBlock(QuestionBlock):
    """One option or more are right."""

    text = question_text()
    options = options()
    feedback = question_feedback()

    class Meta:
        icon = "tasks"
        label = "Wielokrotny wybór"
        description = "Kilka poprawnych odpowiedzi. Wynik: (dobre − złe) / wszystkie poprawne, nie mniej niż 0."
        preview_value = {
            "text": "<p>Kto może wejść do zespołu?</p>",
            "options": [
                {"text": "szkoła", "correct": True, "feedback": ""},
                {"text": "policja", "correct": True, "feedback": ""},
                {"text": "sąsiad rodziny", "correct": False, "feedback": ""},
            ],
            "feedback": "",
        }
