"""A number to type."""

from wagtail import blocks

from .base import QuestionBlock, question_feedback, question_text


class NumberBlock(QuestionBlock):
    """A number with a tolerance. Kept as text, so that a decimal comma stays what it is."""

    text = question_text()
    answer = blocks.CharBlock(label="Poprawna liczba", max_length=40, help_text="Na przykład 12 albo 86,34.")
    tolerance = blocks.CharBlock(
        label="Tolerancja",
        max_length=40,
        default="0",
        required=False,
        help_text="O ile odpowiedź może się różnić w górę lub w dół. 0 oznacza, że musi być dokładna.",
    )
    unit = blocks.CharBlock(label="Jednostka", max_length=40, required=False, help_text="Na przykład % albo rodzin.")
    feedback = question_feedback()

    class Meta:
        icon = "decimal"
        label = "Liczba"
        description = "Liczba do wpisania, z tolerancją. Przecinek i kropka znaczą to samo."
        preview_value = {
            "text": "<p>Ile powiatów ma województwo podkarpackie?</p>",
            "answer": "21",
            "tolerance": "0",
            "unit": "powiatów",
            "feedback": "",
        }
