"""One right answer among several."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from .base import ALL, NOTHING, Answer, Part, Posted, Question, Score, checked, only_parts, required_text, single
from .choices import OPTIONS, Option, known, load_options, public_options
from .form import FEEDBACK, TEXT, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(Question):
    """The answer is the id of the chosen option. All or nothing."""

    kind: ClassVar[str] = "single_choice"
    order: ClassVar[int] = 10
    rule: ClassVar[str] = "Wybierz jedną odpowiedź."
    form: ClassVar[Form] = Form(
        label="jednokrotny wybór",
        icon="radio-full",
        description="Jedna poprawna odpowiedź spośród kilku.",
        fields={"text": TEXT, "options": OPTIONS, "feedback": FEEDBACK},
        preview={
            "text": "<p>Która instytucja działa na poziomie powiatu?</p>",
            "options": [
                {"text": "GOPS", "correct": False},
                {"text": "PCPR", "correct": True},
                {"text": "ROPS", "correct": False},
            ],
        },
    )

    options: tuple[Option, ...]

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        options = load_options(data, errors)
        if "options" not in errors and sum(option.correct for option in options) != 1:
            errors["options"] = "Zaznacz dokładnie jedną poprawną odpowiedź."
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), options=options)

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        chosen = [answer] if isinstance(answer, str) else []
        return {"options": public_options(self.options, seed=seed, shuffle=shuffle, chosen=chosen)}

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, [""])
        value = single(posted)
        known(self.options, [value] if value else [])
        return value or None

    def grade(self, answer: Answer) -> Score:
        option = self._option(answer)
        if option is None:
            return Score(NOTHING)
        expected = next(right.text for right in self.options if right.correct)
        part = Part("", option.text, expected, option.correct, option.feedback)
        return Score(ALL if option.correct else NOTHING, (part,))

    def describe(self, answer: Answer) -> tuple[str, ...]:
        option = self._option(answer)
        return (option.text,) if option else ()

    def key(self) -> Answer:
        return next(option.id for option in self.options if option.correct)

    def _option(self, answer: Answer) -> Option | None:
        return next((option for option in self.options if option.id == answer), None)
