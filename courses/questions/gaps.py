"""Words missing from a text."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Self

from .base import (
    MAX_PARTS,
    TAG,
    Answer,
    InvalidAnswer,
    Part,
    Posted,
    Question,
    Score,
    checked,
    chosen,
    only_parts,
    required_text,
    same,
    single,
)
from .form import FEEDBACK, TEXT, Form

# {{word}} or {{word|another accepted word}} in the text.
GAP = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps(Question):
    """The answer is what was typed into each gap, by the gap's number from 1. Each gap is worth the same.

    `gaps` has the accepted words of each gap, the first of them for the key; case and spaces do not count.
    """

    kind: ClassVar[str] = "gaps"
    order: ClassVar[int] = 60
    rule: ClassVar[str] = "Uzupełnij luki. Wielkość liter nie ma znaczenia. Każda dobrze uzupełniona luka daje punkty."
    form: ClassVar[Form] = Form(
        label="uzupełnij luki",
        icon="minus",
        description="Tekst z lukami. Każda dobrze uzupełniona luka daje tyle samo punktów.",
        fields={
            "text": replace(
                TEXT,
                help="Brakujące słowo wpisz w podwójnym nawiasie: {{powiat}}. Kilka dobrych odpowiedzi oddziel kreską: "
                "{{powiat|powiatu}}. Wielkość liter i odstępy nie mają znaczenia.",
            ),
            "feedback": FEEDBACK,
        },
        preview={"text": "<p>PCPR działa na poziomie {{powiatu}}.</p>"},
    )

    gaps: tuple[tuple[str, ...], ...]

    @property
    def prompt(self) -> str:
        numbers = iter(self._ids())
        return GAP.sub(lambda _gap: f"[luka {next(numbers)}]", self.text)

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        errors: dict[str, str] = {}
        text = required_text(data, errors)
        found = GAP.findall(text)
        gaps = tuple(tuple(" ".join(html.unescape(word).split()) for word in gap.split("|")) for gap in found)
        if "text" not in errors and (error := _text_error(text, found, gaps)):
            errors["text"] = error
        checked(errors)
        return cls(text=text, feedback=str(data.get("feedback") or ""), gaps=gaps)

    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        """The text in pieces: rich text, then a gap, and so on; the words in the gaps stay here."""
        filled = chosen(answer, self._ids())
        pieces = GAP.split(self.text)[::2]
        return {
            "pieces": [
                {"html": piece, "gap": gap, "value": filled.get(gap, "")}
                for piece, gap in zip(pieces, (*self._ids(), ""), strict=True)
            ]
        }

    def parse(self, posted: Posted) -> Answer:
        only_parts(posted, self._ids())
        try:
            return {gap: single(posted, gap) for gap in self._ids() if gap in posted}
        except InvalidAnswer as error:
            typed = {gap: posted[gap][0] for gap in self._ids() if posted.get(gap)}
            raise InvalidAnswer(error.message, typed) from None

    def grade(self, answer: Answer) -> Score:
        filled = chosen(answer, self._ids())
        parts = tuple(
            Part(f"Luka {gap}", filled.get(gap, ""), accepted[0], self._fits(filled.get(gap, ""), accepted))
            for gap, accepted in zip(self._ids(), self.gaps, strict=True)
        )
        return Score(Fraction(sum(part.correct for part in parts), len(parts)), parts)

    def describe(self, answer: Answer) -> tuple[str, ...]:
        filled = chosen(answer, self._ids())
        if len(self.gaps) == 1:
            return tuple(filled.values())
        return tuple(f"Luka {gap}: {word}" for gap, word in filled.items())

    def key(self) -> Answer:
        return {gap: accepted[0] for gap, accepted in zip(self._ids(), self.gaps, strict=True)}

    def describe_key(self) -> tuple[str, ...]:
        words = [" albo ".join(accepted) for accepted in self.gaps]
        if len(words) == 1:
            return tuple(words)
        return tuple(f"Luka {gap}: {word}" for gap, word in zip(self._ids(), words, strict=True))

    def is_complete(self, answer: Answer) -> bool:
        return len(chosen(answer, self._ids())) == len(self.gaps)

    def _ids(self) -> list[str]:
        return [str(number) for number in range(1, len(self.gaps) + 1)]

    @staticmethod
    def _fits(typed: str, accepted: tuple[str, ...]) -> bool:
        return same(typed) in {same(word) for word in accepted}


def _text_error(text: str, found: list[str], gaps: tuple[tuple[str, ...], ...]) -> str:
    if not gaps:
        return "Zaznacz lukę w tekście podwójnym nawiasem, na przykład {{powiat}} albo {{powiat|powiatu}}."
    if len(gaps) > MAX_PARTS:
        return f"Za dużo luk. Może ich być najwyżej {MAX_PARTS}."
    if any("<" in gap for gap in found):
        return "W luce nie może być pogrubienia, kursywy ani odnośnika."
    if len(GAP.findall(TAG.sub("", text))) < len(found):
        return "Luka nie może stać w opisie obrazu."
    if not all(all(gap) for gap in gaps):
        return "Każda luka musi mieć odpowiedź, a po znaku | następną."
    rest = GAP.sub("", text)
    if "{{" in rest or "}}" in rest:
        return "Luka nie ma początku albo końca. Wpisz {{ przed słowem i }} za nim."
    return ""
