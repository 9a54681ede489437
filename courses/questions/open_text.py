"""A text to write, which a person grades by criteria."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from .base import (
    NOTHING,
    Answer,
    InvalidAnswer,
    Posted,
    Question,
    Score,
    Verdict,
    checked,
    list_error,
    one,
    only_parts,
    required_text,
    rows_of,
    whole,
)
from .form import FEEDBACK, TEXT, Form, Group, Line, RichText, Rows, Whole

# Characters of one written answer: about seven pages.
MAX_WRITTEN = 20_000
# Words an editor may ask for: they fit into the characters above.
MAX_WORDS = 2_500
NO_LIMIT = "0 oznacza bez limitu."


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the answer is judged by, and the most it can bring: `points` is 1..100."""

    text: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText(Question):
    """The answer is a text. A person gives points for each of the criteria, of `out_of` in all.

    `guidance` is rich text for those who grade. `min_words` and `max_words` bind where they are not 0. Until it is
    graded, an answer is worth nothing, and its verdict is that it waits.
    """

    kind: ClassVar[str] = "open_text"
    order: ClassVar[int] = 90
    rule: ClassVar[str] = "Napisz odpowiedź własnymi słowami. Oceni ją prowadzący albo prowadząca."
    graded_by_person: ClassVar[bool] = True
    form: ClassVar[Form] = Form(
        label="odpowiedź opisowa",
        icon="doc-full",
        description="Tekst, który ocenia człowiek według kryteriów. Wynik testu czeka na tę ocenę.",
        fields={
            "text": TEXT,
            "min_words": Whole(label="Najmniej słów", help=NO_LIMIT, least=0, most=MAX_WORDS, default=0),
            "max_words": Whole(label="Najwięcej słów", help=NO_LIMIT, least=0, most=MAX_WORDS, default=0),
            "criteria": Rows(
                label="Kryteria oceny",
                help="Osoba oceniająca przyzna punkty za każde z nich. Razem dają całość punktów za pytanie.",
                of=Group(
                    label="Kryterium",
                    icon="tasks",
                    fields={
                        "text": Line(label="Co oceniamy", max_length=300),
                        "points": Whole(label="Najwięcej punktów", least=1, most=100, default=1),
                    },
                ),
                least=1,
            ),
            "guidance": RichText(
                label="Wskazówki dla osób oceniających",
                help="Nie zobaczą ich osoby, które odpowiadają.",
                required=False,
            ),
            "feedback": FEEDBACK,
        },
        preview={
            "text": "<p>Kogo zaprosisz do zespołu i dlaczego?</p>",
            "min_words": 30,
            "max_words": 200,
            "criteria": [{"text": "Wymienia co najmniej trzy instytucje", "points": 3}],
        },
    )

    criteria: tuple[Criterion, ...]
    guidance: str = ""
    min_words: int = 0
    max_words: int = 0

    @property
    def hint(self) -> str:
        return " ".join(filter(None, (self.rule, self.length)))

    @property
    def length(self) -> str:
        """How long the answer may be, in a sentence; empty where it may be as long as one likes."""
        if self.min_words and self.max_words:
            return f"Liczba słów: od {self.min_words} do {self.max_words}."
        if self.min_words:
            return f"Liczba słów: co najmniej {self.min_words}."
        return f"Liczba słów: najwyżej {self.max_words}." if self.max_words else ""

    @property
    def out_of(self) -> int:
        """The most points that all criteria bring together."""
        return sum(criterion.points for criterion in self.criteria)

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        criteria = _load_criteria(data, errors)
        least, most = _load_limits(data, errors)
        checked(errors)
        return cls(
            text=text,
            feedback=str(data.get("feedback") or ""),
            criteria=criteria,
            guidance=str(data.get("guidance") or ""),
            min_words=least,
            max_words=most,
        )

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        return {
            "value": answer if isinstance(answer, str) else "",
            "length": self.length,
            "min_words": self.min_words,
            "max_words": self.max_words,
            "max_length": MAX_WRITTEN,
        }

    def parse(self, posted: Posted) -> Answer:
        """A text that is too long is shown again as it was typed, so that nothing of it is lost."""
        only_parts(posted, [""])
        written = one(posted).replace("\r\n", "\n")
        if len(written) > MAX_WRITTEN:
            raise InvalidAnswer(
                f"Odpowiedź jest za długa. Może mieć najwyżej {MAX_WRITTEN} znaków, a jest ich {len(written)}.",
                typed=written,
            )
        over = len(written.split()) - self.max_words
        if self.max_words and over > 0:
            raise InvalidAnswer(
                f"Odpowiedź jest za długa. Słów może być najwyżej {self.max_words}, a jest o\xa0{over} za dużo.",
                typed=written,
            )
        return written or None

    def grade(self, answer: Answer) -> Score:
        """Nothing, always: what a written answer is worth, a person says."""
        return Score(NOTHING)

    def describe(self, answer: Answer) -> tuple[str, ...]:
        """The answer's paragraphs."""
        lines = answer.splitlines() if isinstance(answer, str) else []
        return tuple(line.strip() for line in lines if line.strip())

    def key(self) -> Answer:
        """There is none; an empty answer stands for it."""
        return ""

    def is_complete(self, answer: Answer) -> bool:
        return isinstance(answer, str) and len(answer.split()) >= max(self.min_words, 1)

    def verdict(self, answer: Answer) -> Verdict:
        return Verdict.WAITING if self.is_answered(answer) else Verdict.NONE


def _load_criteria(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[Criterion, ...]:
    rows = rows_of(data, "criteria")
    points = [whole(row.get("points", 1), least=1, most=100) for row in rows]
    texts = [str(row.get("text") or "").strip() for row in rows]
    if error := list_error(texts, least=1, what="kryteriów"):
        errors["criteria"] = error
    elif None in points:
        errors["criteria"] = "Punkty za kryterium to liczba całkowita od 1 do 100."
    return tuple(Criterion(text, worth or 1) for text, worth in zip(texts, points, strict=True))


def _load_limits(data: Mapping[str, Any], errors: dict[str, str]) -> tuple[int, int]:
    limits = {}
    for field in ("min_words", "max_words"):
        limits[field] = whole(data.get(field) or 0, least=0, most=MAX_WORDS)
        if limits[field] is None:
            errors[field] = f"Wpisz liczbę całkowitą od 0 do {MAX_WORDS}. 0 oznacza bez limitu."
    least, most = limits["min_words"] or 0, limits["max_words"] or 0
    if most and least > most:
        errors["max_words"] = "Największa liczba słów nie może być mniejsza od najmniejszej."
    return least, most
