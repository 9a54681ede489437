"""A sentence that is true or false."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from .base import (
    ALL,
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
    single,
)
from .form import FEEDBACK, TEXT, Form, Tick

WORDS = {True: "Prawda", False: "Fałsz"}
VALUES = {"": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Question):
    """The answer is whether the learner holds the sentence to be true. All or nothing."""

    kind: ClassVar[str] = "true_false"
    order: ClassVar[int] = 30
    rule: ClassVar[str] = "Zdecyduj, czy to zdanie jest prawdziwe."
    form: ClassVar[Form] = Form(
        label="prawda/fałsz",
        icon="check",
        description="Zdanie do oceny: prawda albo fałsz.",
        fields={
            "text": TEXT,
            "answer": Tick(label="To zdanie jest prawdziwe", help="Niezaznaczone pole oznacza fałsz."),
            "feedback": FEEDBACK,
        },
        preview={"text": "<p>PCPR działa na poziomie powiatu.</p>", "answer": True},
    )

    answer: bool

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        if not isinstance(data.get("answer"), bool):
            errors["answer"] = "Wybierz, czy zdanie jest prawdziwe."
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), answer=data["answer"])

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        """True comes first always: an order that changes would only confuse."""
        return {
            "options": [
                {"id": "true", "text": WORDS[True], "checked": answer is True},
                {"id": "false", "text": WORDS[False], "checked": answer is False},
            ]
        }

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, [""])
        try:
            return VALUES[single(posted)]
        except KeyError:
            raise InvalidAnswer("Wybierz „Prawda” albo „Fałsz”.") from None

    def grade(self, answer: Answer) -> Score:
        if not isinstance(answer, bool):
            return Score(NOTHING)
        correct = answer is self.answer
        return Score(ALL if correct else NOTHING, (Part("", WORDS[answer], WORDS[self.answer], correct),))

    def describe(self, answer: Answer) -> tuple[str, ...]:
        return (WORDS[answer],) if isinstance(answer, bool) else ()

    def key(self) -> Answer:
        return self.answer
