"""Several right answers among more."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from .base import (
    MAX_PARTS,
    NOTHING,
    Answer,
    InvalidAnswer,
    Part,
    Posted,
    Question,
    Score,
    checked,
    only_parts,
    required_text,
)
from .choices import OPTIONS, Option, known, load_options, public_options
from .form import FEEDBACK, TEXT, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Question):
    """The answer is the list of chosen ids, in the question's order.

    Worth (right − wrong) / all right, never below 0: to mark everything is worth no more than to guess.
    """

    kind: ClassVar[str] = "multiple_choice"
    order: ClassVar[int] = 20
    rule: ClassVar[str] = (
        "Zaznacz wszystkie poprawne odpowiedzi. Za część z nich dostaniesz część punktów, "
        "a każda błędnie zaznaczona odpowiedź zmniejsza wynik."
    )
    form: ClassVar[Form] = Form(
        label="wielokrotny wybór",
        icon="tasks",
        description="Kilka poprawnych odpowiedzi. Wynik: (dobre − złe) / wszystkie poprawne, nie mniej niż 0.",
        fields={"text": TEXT, "options": OPTIONS, "feedback": FEEDBACK},
        preview={
            "text": "<p>Kto może wejść do zespołu?</p>",
            "options": [
                {"text": "szkoła", "correct": True},
                {"text": "policja", "correct": True},
                {"text": "sąsiad rodziny", "correct": False},
            ],
        },
    )

    options: tuple[Option, ...]

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        options = load_options(data, errors)
        if "options" not in errors and not any(option.correct for option in options):
            errors["options"] = "Zaznacz co najmniej jedną poprawną odpowiedź."
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), options=options)

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        return {
            "options": public_options(self.options, seed=seed, shuffle=shuffle, chosen=[o.id for o in self._of(answer)])
        }

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, [""])
        values = [value for value in posted.get("", ()) if value]
        if len(values) > MAX_PARTS:
            raise InvalidAnswer("Za dużo zaznaczonych odpowiedzi. Odśwież stronę.")
        known(self.options, values)
        return [option.id for option in self.options if option.id in values]

    def grade(self, answer: Answer) -> Score:
        marked = self._of(answer)
        right = sum(option.correct for option in marked)
        wrong = len(marked) - right
        share = Fraction(right - wrong, sum(option.correct for option in self.options))
        if not marked:
            return Score(NOTHING)
        return Score(max(NOTHING, share), tuple(self._part(option, option in marked) for option in self.options))

    def describe(self, answer: Answer) -> tuple[str, ...]:
        return tuple(option.text for option in self._of(answer))

    def key(self) -> Answer:
        return [option.id for option in self.options if option.correct]

    def _of(self, answer: Answer) -> list[Option]:
        return [option for option in self.options if option.id in answer] if isinstance(answer, list) else []

    @staticmethod
    def _part(option: Option, marked: bool) -> Part:
        word = {True: "zaznaczona", False: "niezaznaczona"}
        feedback = option.feedback if marked else ""
        return Part(option.text, word[marked], word[option.correct], marked == option.correct, feedback)
