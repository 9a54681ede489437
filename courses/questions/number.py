"""A number to type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    same,
    single,
)
from .form import FEEDBACK, TEXT, Form, Line

# As people write in Polish: a comma or a point, spaces between thousands, any of the three minus signs.
WRITTEN = re.compile(r"([+-]?)(\d{1,3}(?: \d{3})+|\d{1,20})(?:[.,](\d{1,10}))?")
MINUS = str.maketrans({"−": "-", "–": "-"})
NO_NUMBER = "Wpisz liczbę, na przykład 12 albo 86,34."


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Question):
    """The answer is kept as it was typed. Right within `tolerance` on both sides of `answer`. All or nothing."""

    kind: ClassVar[str] = "number"
    order: ClassVar[int] = 50
    rule: ClassVar[str] = "Wpisz liczbę. Możesz użyć przecinka."
    form: ClassVar[Form] = Form(
        label="liczba",
        icon="decimal",
        description="Liczba do wpisania, z tolerancją. Przecinek i kropka znaczą to samo.",
        fields={
            "text": TEXT,
            "answer": Line(label="Poprawna liczba", max_length=40, help="Na przykład 12 albo 86,34."),
            "tolerance": Line(
                label="Tolerancja",
                max_length=40,
                default="0",
                required=False,
                help="O ile odpowiedź może się różnić w górę lub w dół. 0 oznacza, że musi być dokładna.",
            ),
            "unit": Line(label="Jednostka", max_length=40, required=False, help="Na przykład % albo rodzin."),
            "feedback": FEEDBACK,
        },
        preview={
            "text": "<p>Ile powiatów ma województwo podkarpackie?</p>",
            "answer": "21",
            "tolerance": "0",
            "unit": "powiatów",
        },
    )

    answer: Decimal
    tolerance: Decimal = Decimal(0)
    unit: str = ""

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        answer = read_number(str(data.get("answer", "")))
        tolerance = read_number(str(data.get("tolerance") or "0"))
        if answer is None:
            errors["answer"] = NO_NUMBER
        if tolerance is None or tolerance < 0:
            errors["tolerance"] = "Wpisz liczbę od zera w górę, na przykład 0 albo 0,5."
        checked(errors)
        return cls(
            text=text,
            feedback=str(data.get("feedback") or ""),
            answer=answer or Decimal(0),
            tolerance=tolerance or Decimal(0),
            unit=str(data.get("unit") or "").strip(),
        )

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        return {"value": answer if isinstance(answer, str) else "", "unit": self.unit}

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, [""])
        value = single(posted)
        if value and self._number(value) is None:
            raise InvalidAnswer(NO_NUMBER, typed=value)
        return value or None

    def grade(self, answer: Answer) -> Score:
        number = self._number(answer) if isinstance(answer, str) else None
        if number is None:
            return Score(NOTHING)
        correct = abs(number - self.answer) <= self.tolerance
        return Score(ALL if correct else NOTHING, (Part("", str(answer), self._expected(), correct),))

    def describe(self, answer: Answer) -> tuple[str, ...]:
        number = self._number(answer) if isinstance(answer, str) else None
        return () if number is None else (self._with_unit(written(number)),)

    def key(self) -> Answer:
        return written(self.answer)

    def describe_key(self) -> tuple[str, ...]:
        return (self._expected(),)

    def _expected(self) -> str:
        if not self.tolerance:
            return self._with_unit(written(self.answer))
        low, high = self.answer - self.tolerance, self.answer + self.tolerance
        return f"od {written(low)} do {self._with_unit(written(high))}"

    def _with_unit(self, number: str) -> str:
        if not self.unit:
            return number
        return f"{number}%" if self.unit == "%" else f"{number}\xa0{self.unit}"

    def _number(self, typed: str) -> Decimal | None:
        """What was typed, with the unit or without it."""
        unit = same(self.unit)
        return read_number(same(typed).removesuffix(unit) if unit else typed)


def read_number(typed: str) -> Decimal | None:
    """The number a person wrote, or None."""
    found = WRITTEN.fullmatch(" ".join(typed.translate(MINUS).split()))
    if found is None:
        return None
    sign, whole, rest = found.groups()
    return Decimal(f"{sign}{whole.replace(' ', '')}.{rest or '0'}")


def written(number: Decimal) -> str:
    """A number as it is written in Polish."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
