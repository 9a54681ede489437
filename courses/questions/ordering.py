"""Items to put in order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from .base import (
    Answer,
    InvalidAnswer,
    Part,
    Posted,
    Question,
    Score,
    checked,
    chosen,
    list_error,
    only_parts,
    required_text,
    rows_of,
    shuffled,
    single,
    stable_id,
)
from .form import FEEDBACK, TEXT, Form, Line, Rows


@dataclass(frozen=True, slots=True)
class Place:
    """An item; where it stands among the others is the key."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """The answer is a place, from "1", for each item's id. Each item in its place is worth the same.

    A place given to two items counts for neither. This is the grading by absolute position of Moodle's ordering
    question (docs.moodle.org/en/Ordering_question_type): the one a learner can check place by place.
    """

    kind: ClassVar[str] = "ordering"
    order: ClassVar[int] = 80
    rule: ClassVar[str] = "Każdemu elementowi nadaj inny numer. Każdy element na swoim miejscu daje część punktów."
    form: ClassVar[Form] = Form(
        label="ułóż w kolejności",
        icon="list-ol",
        description="Elementy do ustawienia. Każdy element na swoim miejscu daje tyle samo punktów.",
        fields={
            "text": TEXT,
            "items": Rows(
                label="Elementy we właściwej kolejności",
                help="Wpisz je we właściwej kolejności. W teście pojawią się pomieszane.",
                of=Line(label="Element", max_length=300),
                least=2,
            ),
            "feedback": FEEDBACK,
        },
        preview={
            "text": "<p>Ułóż etapy pracy zespołu.</p>",
            "items": ["porozumienie", "diagnoza", "program"],
        },
    )

    items: tuple[Place, ...]

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        items = tuple(
            Place(
                id=str(row.get("id") or stable_id(str(row.get("text") or ""))), text=str(row.get("text") or "").strip()
            )
            for row in rows_of(data, "items")
        )
        if error := list_error([item.text for item in items], least=2, what="elementów"):
            errors["items"] = error
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), items=items)

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        """Always in another order than the right one, also where nothing is shuffled: the order is the key.

        What the learner has put in order comes in that order.
        """
        given = chosen(answer, self._ids())
        shown = shuffled(self.items, seed=seed, ids=self._ids())
        if shown == list(self.items):
            shown = [*shown[1:], shown[0]]
        if self.is_complete(answer):
            shown.sort(key=lambda item: int(given[item.id]))
        return {
            "items": [{"id": item.id, "text": item.text, "value": given.get(item.id, "")} for item in shown],
            "places": self._places(),
        }

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, self._ids())
        given = {item: single(posted, item) for item in self._ids() if item in posted}
        if not {place for place in given.values() if place} <= set(self._places()):
            raise InvalidAnswer("Takiego miejsca nie ma w pytaniu. Odśwież stronę.")
        return given

    def grade(self, answer: Answer) -> Score:
        given = chosen(answer, self._ids())
        taken = Counter(given.values())
        parts = tuple(
            Part(
                item.text,
                given.get(item.id, ""),
                place,
                given.get(item.id) == place and taken[place] == 1,
            )
            for item, place in zip(self.items, self._places(), strict=True)
        )
        return Score(Fraction(sum(part.correct for part in parts), len(parts)), parts)

    def describe(self, answer: Answer) -> tuple[str, ...]:
        given = {item: place for item, place in chosen(answer, self._ids()).items() if place in self._places()}
        placed = sorted((item for item in self.items if item.id in given), key=lambda item: int(given[item.id]))
        return tuple(f"{given[item.id]}. {item.text}" for item in placed)

    def key(self) -> Answer:
        return dict(zip(self._ids(), self._places(), strict=True))

    def is_complete(self, answer: Answer) -> bool:
        """Every item has a place of its own."""
        return sorted(chosen(answer, self._ids()).values()) == sorted(self._places())

    def _ids(self) -> list[str]:
        return [item.id for item in self.items]

    def _places(self) -> list[str]:
        return [str(place) for place in range(1, len(self.items) + 1)]
