"""Pairs to put together."""

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
    same,
    shuffled,
    single,
    stable_id,
)
from .form import FEEDBACK, TEXT, Form, Group, Line, Rows


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands on the left, and what belongs to it."""

    id: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """The answer is the id of a right side for each pair's id. Each pair is worth the same.

    Several left sides may share one right side, which is then offered once. `extra` are right sides of no pair.
    """

    kind: ClassVar[str] = "matching"
    order: ClassVar[int] = 70
    rule: ClassVar[str] = "Do każdego elementu wybierz pasujący. Każda dobra para daje część punktów."
    form: ClassVar[Form] = Form(
        label="dopasuj",
        icon="link",
        description="Pary wybierane z list. Każda dobra para daje tyle samo punktów.",
        fields={
            "text": TEXT,
            "pairs": Rows(
                label="Pary",
                of=Group(
                    label="Para",
                    icon="link",
                    fields={
                        "left": Line(label="Element", max_length=300),
                        "right": Line(label="Pasująca odpowiedź", max_length=300),
                    },
                ),
                least=2,
            ),
            "extra": Rows(
                label="Odpowiedzi, które do niczego nie pasują",
                of=Line(label="Odpowiedź", max_length=300),
                required=False,
            ),
            "feedback": FEEDBACK,
        },
        preview={
            "text": "<p>Dopasuj instytucję do poziomu.</p>",
            "pairs": [{"left": "gmina", "right": "GOPS"}, {"left": "powiat", "right": "PCPR"}],
            "extra": ["ROPS"],
        },
    )

    pairs: tuple[Pair, ...]
    extra: tuple[str, ...] = ()

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        pairs = tuple(
            Pair(
                id=str(row.get("id") or stable_id(str(row.get("left") or ""))),
                left=str(row.get("left") or "").strip(),
                right=str(row.get("right") or "").strip(),
            )
            for row in rows_of(data, "pairs")
        )
        extra = tuple(str(row.get("text") or "").strip() for row in rows_of(data, "extra"))
        errors |= _list_errors(pairs, extra)
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), pairs=pairs, extra=extra)

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        """The right sides are in the order of the alphabet where nothing is shuffled: never in the order of the key."""
        given = chosen(answer, self._ids())
        rights = self._rights()
        if shuffle:
            ids = shuffled(list(rights), seed=seed, ids=list(rights))
            pairs = shuffled(self.pairs, seed=seed, ids=self._ids())
        else:
            ids = sorted(rights, key=lambda right: same(rights[right]))
            pairs = list(self.pairs)
        return {
            "rows": [{"id": pair.id, "text": pair.left, "value": given.get(pair.id, "")} for pair in pairs],
            "choices": [{"id": right, "text": rights[right]} for right in ids],
        }

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, self._ids())
        given = {pair: single(posted, pair) for pair in self._ids() if pair in posted}
        if not {right for right in given.values() if right} <= set(self._rights()):
            raise InvalidAnswer("Tej odpowiedzi nie ma w pytaniu. Odśwież stronę.")
        return given

    def grade(self, answer: Answer) -> Score:
        given, rights = chosen(answer, self._ids()), self._rights()
        parts = tuple(
            Part(
                pair.left,
                rights.get(given.get(pair.id, ""), ""),
                pair.right,
                given.get(pair.id) == stable_id(pair.right),
            )
            for pair in self.pairs
        )
        return Score(Fraction(sum(part.correct for part in parts), len(parts)), parts)

    def describe(self, answer: Answer) -> tuple[str, ...]:
        given, rights = chosen(answer, self._ids()), self._rights()
        return tuple(
            f"{pair.left} – {rights[given[pair.id]]}" for pair in self.pairs if given.get(pair.id, "") in rights
        )

    def key(self) -> Answer:
        return {pair.id: stable_id(pair.right) for pair in self.pairs}

    def is_complete(self, answer: Answer) -> bool:
        return len(chosen(answer, self._ids())) == len(self.pairs)

    def _ids(self) -> list[str]:
        return [pair.id for pair in self.pairs]

    def _rights(self) -> dict[str, str]:
        """All right sides by their ids, each once; the id comes from the text and tells nothing of its pair."""
        return {stable_id(right): right for right in (*(pair.right for pair in self.pairs), *self.extra)}


def _list_errors(pairs: tuple[Pair, ...], extra: tuple[str, ...]) -> dict[str, str]:
    errors = {}
    if error := list_error([pair.left for pair in pairs], least=2, what="par"):
        errors["pairs"] = error
    elif not all(pair.right for pair in pairs):
        errors["pairs"] = "Każda para musi mieć obie strony."
    if error := list_error(extra, least=0, what="dodatkowych odpowiedzi"):
        errors["extra"] = error
    elif {same(right) for right in extra} & {same(pair.right) for pair in pairs}:
        errors["extra"] = "Dodatkowa odpowiedź nie może pasować do żadnej pary."
    return errors
