"""Answers with weights, as Moodle has them, in our kinds: what of their weights and feedback can be kept."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from courses.questions.base import same
from courses.questions.number import written

from .base import LeftOut
from .draft import Draft

NEAR = Fraction(1, 100)  # percent: Moodle writes a third as 33.33333
WILDCARD = re.compile(r"(?<!\\)\*")
MAX_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer and what it is worth in percent, -100..100. `text` is plain, `feedback` is our rich text.

    `image` is that of an option, {src, alt}.
    """

    text: str
    percent: Fraction
    feedback: str = ""
    image: Mapping[str, str] | None = None

    @property
    def is_right(self) -> bool:
        """Whether the answer is worth everything."""
        return self.percent >= 100 - NEAR


def single_choice(draft: Draft, answers: Sequence[Weighed]) -> tuple[str, dict[str, Any]]:
    """Options of which one may be chosen: a kind of ours and its options. Raises `LeftOut` where none is right."""
    right = [answer for answer in answers if answer.is_right]
    if not right:
        raise LeftOut("Żadna odpowiedź nie daje 100% punktów.")
    if partial := [answer for answer in answers if answer.percent and not answer.is_right]:
        draft.changed(f"Odpowiedzi z częścią punktów dadzą 0: {_listed(partial)}.")
    if len(right) > 1:
        draft.changed("Wystarczała jedna z poprawnych odpowiedzi, teraz trzeba zaznaczyć wszystkie poprawne.")
    return "multiple_choice" if len(right) > 1 else "single_choice", {
        "options": [_option(answer, correct=answer.is_right) for answer in answers]
    }


def multiple_choice(draft: Draft, answers: Sequence[Weighed]) -> dict[str, Any]:
    """Options of which several may be chosen. We give (right − wrong) / all right; any other weights are noted."""
    right = [answer for answer in answers if answer.percent > 0]
    if not right:
        raise LeftOut("Żadna odpowiedź nie daje punktów.")
    share = Fraction(100, len(right))
    if any(abs(answer.percent - share) > NEAR for answer in right):
        draft.changed(f"Poprawne odpowiedzi miały różne wagi, teraz każda waży tyle samo: {_listed(right)}.")
    wrong = [answer for answer in answers if answer.percent <= 0]
    if any(abs(answer.percent + share) > NEAR for answer in wrong):
        draft.changed(f"Każda błędna odpowiedź odejmie tyle, ile daje poprawna. W pliku: {_listed(wrong)}.")
    return {"options": [_option(answer, correct=answer.percent > 0) for answer in answers]}


def short_text(draft: Draft, answers: Sequence[Weighed], *, ignore_diacritics: bool = False) -> dict[str, Any]:
    """Accepted texts with what they are worth. Wildcards and worthless answers are no texts to accept."""
    kept = [answer for answer in answers if answer.percent > 0 and not WILDCARD.search(answer.text)]
    if not any(answer.is_right for answer in kept):
        raise LeftOut("Żadna odpowiedź bez znaku * nie daje 100% punktów.")
    if wild := [answer for answer in answers if answer.percent > 0 and WILDCARD.search(answer.text)]:
        draft.changed(f"Pominięto odpowiedzi ze znakiem *, który zastępuje dowolny tekst: {_listed(wild)}.")
    _note_feedback_of(draft, [answer for answer in answers if answer.percent <= 0])
    return {
        "accepted": [
            {"text": literal(answer.text), "percent": _whole(draft, answer), "feedback": answer.feedback}
            for answer in _without_repeats(draft, kept)
        ],
        "ignore_diacritics": ignore_diacritics,
    }


def number(draft: Draft, answers: Sequence[tuple[Weighed, Decimal]], *, unit: str = "") -> dict[str, Any]:
    """A number with its tolerance. The answers are numbers as text; "*" is any other number."""
    right = [(answer, tolerance) for answer, tolerance in answers if answer.is_right and answer.text != "*"]
    if len(right) != 1:
        raise LeftOut("Liczba musi mieć dokładnie jedną odpowiedź za 100% punktów.")
    others = [answer for answer, _tolerance in answers if not answer.is_right]
    if partial := [answer for answer in others if answer.percent > 0]:
        draft.changed(f"Pominięto liczby za część punktów: {_listed(partial)}.")
    _note_feedback_of(draft, [*others, right[0][0]])
    value, tolerance = decimal(right[0][0].text), right[0][1]
    return {"answer": written(value), "tolerance": written(tolerance), "unit": unit}


def decimal(text: str) -> Decimal:
    """A number as programs write it, also 1.5e3. Raises `LeftOut` for no number, or one too long to type."""
    found = re.fullmatch(r"([+-]?\d{0,20}(?:[.,]\d*)?)(?:[eE]([+-]?\d{1,3}))?", text.strip())
    if found is None or not any(map(str.isdigit, found[1])):
        raise LeftOut(f"„{text.strip()[:40]}” nie jest liczbą, którą umiemy odczytać.")
    value = Decimal(found[1].replace(",", ".")).scaleb(int(found[2] or 0))
    if value and not -10 <= value.adjusted() < MAX_DIGITS:
        raise LeftOut(f"Liczba {text.strip()[:40]} jest za długa, żeby ją wpisać.")
    return value


def percent(text: str) -> Fraction:
    """A weight in percent. Raises `LeftOut` for what is none."""
    try:
        return Fraction(text.strip().replace(",", ".") or "0")
    except (ValueError, ZeroDivisionError):
        raise LeftOut(f"Waga odpowiedzi „{text.strip()[:40]}” nie jest liczbą.") from None


def literal(text: str) -> str:
    """A text in which Moodle's `\\*` is the star itself."""
    return text.replace("\\*", "*")


def with_stars(text: str) -> str:
    """A text as Moodle must have it so that a star is no wildcard."""
    return text.replace("*", "\\*")


def _option(answer: Weighed, *, correct: bool) -> dict[str, Any]:
    return {"text": answer.text, "image": answer.image, "correct": correct, "feedback": answer.feedback}


def _whole(draft: Draft, answer: Weighed) -> int:
    """The weight in whole percent, 1..100."""
    rounded = max(1, min(100, int(answer.percent + Fraction(1, 2))))
    if abs(answer.percent - rounded) > Fraction(51, 100):
        draft.changed(f"Zaokrąglono wagę odpowiedzi: {_listed([answer])}.")
    return rounded


def _without_repeats(draft: Draft, answers: Sequence[Weighed]) -> list[Weighed]:
    """The answers without those that differ in case and spaces alone: of them the first counts, as in Moodle."""
    kept: dict[str, Weighed] = {}
    repeated = [answer for answer in answers if kept.setdefault(same(answer.text), answer) is not answer]
    if repeated:
        draft.changed(f"Pominięto odpowiedzi, które różnią się tylko wielkością liter: {_listed(repeated)}.")
    return list(kept.values())


def _note_feedback_of(draft: Draft, answers: Sequence[Weighed]) -> None:
    if lost := [answer for answer in answers if answer.feedback]:
        draft.changed(f"Pominięto informację zwrotną do odpowiedzi: {_listed(lost)}.")


def _listed(answers: Sequence[Weighed]) -> str:
    """The answers with their weights, for a sentence."""
    shown = [f"{html.unescape(answer.text)[:40]} ({written(_rounded(answer.percent))}%)" for answer in answers[:5]]
    return ", ".join(shown) + (" i inne" if len(answers) > len(shown) else "")


def _rounded(weight: Fraction) -> Decimal:
    return (Decimal(weight.numerator) / weight.denominator).quantize(Decimal("0.01"))
