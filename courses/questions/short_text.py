"""A word or a few to type."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from .base import (
    ALL,
    NOTHING,
    Answer,
    Part,
    Posted,
    Question,
    Score,
    checked,
    list_error,
    only_parts,
    required_text,
    rows_of,
    said,
    same,
    single,
    whole,
)
from .form import FEEDBACK, TEXT, Form, Group, Line, RichText, Rows, Tick, Whole

# Letters with a stroke, which Unicode does not take apart into a letter and its mark.
STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer that counts, and for how much: `percent` is 1..100. `feedback` is rich text for who gave it."""

    text: str
    percent: int
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Question):
    """The answer is kept as it was typed. It is worth the best of the accepted answers that read like it.

    Case and spaces do not count; with `ignore_diacritics` neither do the marks of letters: „lodz” is „Łódź”.
    """

    kind: ClassVar[str] = "short_text"
    order: ClassVar[int] = 40
    rule: ClassVar[str] = "Wpisz krótką odpowiedź. Wielkość liter i odstępy nie mają znaczenia."
    form: ClassVar[Form] = Form(
        label="krótka odpowiedź",
        icon="edit",
        description="Słowo albo kilka do wpisania. Możesz przyjąć kilka odpowiedzi, także za część punktów.",
        fields={
            "text": TEXT,
            "accepted": Rows(
                label="Przyjmowane odpowiedzi",
                help="Wielkość liter i odstępy nie mają znaczenia.",
                of=Group(
                    label="Przyjmowana odpowiedź",
                    icon="edit",
                    fields={
                        "text": Line(label="Odpowiedź", max_length=300),
                        "percent": Whole(label="Procent punktów", least=1, most=100, default=100),
                        "feedback": RichText(label="Wyjaśnienie dla osoby, która tak odpowie", required=False),
                    },
                ),
                least=1,
            ),
            "ignore_diacritics": Tick(
                label="Polskie znaki nie mają znaczenia", help="Wtedy „Lodz” to to samo co „Łódź”."
            ),
            "feedback": FEEDBACK,
        },
        preview={
            "text": "<p>Jak nazywa się stolica województwa podkarpackiego?</p>",
            "accepted": [{"text": "Rzeszów", "percent": 100}],
            "ignore_diacritics": True,
        },
    )

    accepted: tuple[Accepted, ...]
    ignore_diacritics: bool = False

    @property
    def hint(self) -> str:
        return f"{self.rule} Polskie znaki też nie." if self.ignore_diacritics else self.rule

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        accepted = _load_accepted(data, errors)
        checked(errors)
        return cls(
            text=text,
            feedback=str(data.get("feedback") or ""),
            accepted=accepted,
            ignore_diacritics=bool(data.get("ignore_diacritics")),
        )

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        return {"value": answer if isinstance(answer, str) else ""}

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, [""])
        return single(posted) or None

    def grade(self, answer: Answer) -> Score:
        typed = _typed(answer)
        if not typed:
            return Score(NOTHING)
        fitting = [accepted for accepted in self.accepted if self._reads(accepted.text) == self._reads(typed)]
        if not fitting:
            return Score(NOTHING, (Part("", typed, self._best().text, correct=False),))
        best = max(fitting, key=lambda accepted: accepted.percent)
        share = Fraction(best.percent, 100)
        return Score(share, (Part("", typed, self._best().text, share == ALL, best.feedback),))

    def describe(self, answer: Answer) -> tuple[str, ...]:
        typed = _typed(answer)
        return (typed,) if typed else ()

    def key(self) -> Answer:
        return self._best().text

    def describe_key(self) -> tuple[str, ...]:
        """All answers worth everything in one line, then each of the others with what it is worth."""
        full = " albo ".join(accepted.text for accepted in self.accepted if accepted.percent == 100)
        others = sorted((a for a in self.accepted if a.percent < 100), key=lambda accepted: -accepted.percent)
        return (full, *(f"{accepted.text} ({accepted.percent}% punktów)" for accepted in others))

    def _best(self) -> Accepted:
        return max(self.accepted, key=lambda accepted: accepted.percent)

    def _reads(self, text: str) -> str:
        """What two answers have in common when they are the same answer; letters typed in two keystrokes too."""
        read = unicodedata.normalize("NFC", same(text))
        return _bare(read) if self.ignore_diacritics else read


def _load_accepted(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[Accepted, ...]:
    rows = rows_of(data, "accepted")
    percents = [whole(row.get("percent", 100), least=1, most=100) for row in rows]
    texts = [" ".join(str(row.get("text") or "").split()) for row in rows]
    if error := list_error(texts, least=1, what="przyjmowanych odpowiedzi"):
        errors["accepted"] = error
    elif None in percents:
        errors["accepted"] = "Procent punktów to liczba całkowita od 1 do 100."
    elif 100 not in percents:
        errors["accepted"] = "Co najmniej jedna odpowiedź musi dawać 100% punktów."
    feedbacks = [said(row.get("feedback")) for row in rows]
    return tuple(
        Accepted(text, percent or 100, feedback)
        for text, percent, feedback in zip(texts, percents, feedbacks, strict=True)
    )


def _typed(answer: Answer) -> str:
    return " ".join(answer.split()) if isinstance(answer, str) else ""


def _bare(text: str) -> str:
    """Letters without their marks."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(STROKES)
