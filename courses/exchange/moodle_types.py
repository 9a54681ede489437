"""The types of Moodle's questions in our kinds: many to many, so the mapping lives with the format."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from . import weighed
from .base import LeftOut
from .cloze import read_gaps
from .draft import gap_token
from .moodle_question import MoodleQuestion
from .weighed import Weighed, decimal
from .xml_tree import Element

# A kind of ours and its data; `text` only where it is not the question's own.
Mapped: TypeAlias = tuple[str, dict[str, Any]]

WORD_GAP = re.compile(r"\[\[(\d{1,3})\]\]")
TRUE = frozenset(("true", "1", "prawda"))

LEFT_OUT_TYPES: Mapping[str, str] = {
    "description": "Opis nie jest pytaniem.",
    "random": "Losowanie pytań ustawia się w teście, a nie w bazie.",
    "calculated": "Pytanie z losowanymi liczbami nie ma u nas odpowiednika.",
    "calculatedmulti": "Pytanie z losowanymi liczbami nie ma u nas odpowiednika.",
    "calculatedsimple": "Pytanie z losowanymi liczbami nie ma u nas odpowiednika.",
}


def left_out_type(kind: str) -> str:
    """Why a type has no kind of ours."""
    return LEFT_OUT_TYPES.get(kind, f"Typ „{kind[:40]}” nie ma u nas odpowiednika.")


def _multichoice(question: MoodleQuestion) -> Mapped:
    answers = list(question.answers())
    if question.is_on("single") or question.element.first("single") is None:
        return weighed.single_choice(question.draft, answers)
    return "multiple_choice", weighed.multiple_choice(question.draft, answers)


def _truefalse(question: MoodleQuestion) -> Mapped:
    answers = list(question.answers())
    right = [answer for answer in answers if answer.is_right]
    if len(right) != 1:
        raise LeftOut("Nie wiadomo, czy zdanie jest prawdziwe, czy fałszywe.")
    parts = [(_truth_word(answer), answer.feedback) for answer in answers if answer.feedback]
    if parts:
        question.draft.changed("Osobne informacje zwrotne do „Prawda” i „Fałsz” połączono w jedno wyjaśnienie.")
    joined = "".join(f"<p>Odpowiedź „{word}”:</p>{feedback}" for word, feedback in parts)
    return "true_false", {"answer": right[0].text.lower() in TRUE, "feedback": question.feedback + joined}


def _truth_word(answer: Weighed) -> str:
    return "Prawda" if answer.text.lower() in TRUE else "Fałsz"


def _shortanswer(question: MoodleQuestion) -> Mapped:
    if question.text("usecase") == "1":
        question.draft.changed("Wielkość liter przestała mieć znaczenie.")
    ignore = question.is_on("ignorediacritics")
    return "short_text", weighed.short_text(
        question.draft, list(question.answers(typed=True)), ignore_diacritics=ignore
    )


def _numerical(question: MoodleQuestion) -> Mapped:
    answers = list(question.answers(typed=True))
    elements = question.element.elements("answer")
    margins = [question.bare(element.first("tolerance")) or "0" for element in elements]
    units = [question.bare(unit.first("unit_name")) for unit in question.element.walk() if unit.name == "unit"]
    if len(units) > 1:
        question.draft.changed(f"Została jedna jednostka, {units[0]}. Pominięto: {', '.join(units[1:])[:200]}.")
    if question.text("unitgradingtype", "0") not in ("", "0"):
        question.draft.changed("Jednostka nie jest już oceniana.")
    pairs = [(answer, _margin(margin)) for answer, margin in zip(answers, margins, strict=True)]
    return "number", weighed.number(question.draft, pairs, unit=units[0] if units else "")


def _margin(text: str) -> Decimal:
    return abs(decimal(text))


def _matching(question: MoodleQuestion) -> Mapped:
    pairs, extra = [], []
    for element in question.element.elements("subquestion"):
        left, right = question.plain(element), question.bare(element.first("answer"))
        if left and right:
            pairs.append({"left": left, "right": right})
        elif right:
            extra.append(right)
        elif left:
            raise LeftOut(f"Element „{left[:60]}” nie ma pasującej odpowiedzi.")
    rights = {pair["right"] for pair in pairs}
    return "matching", {"pairs": pairs, "extra": [text for text in dict.fromkeys(extra) if text not in rights]}


def _ordering(question: MoodleQuestion) -> Mapped:
    answers = sorted(question.answers(), key=lambda answer: answer.percent)
    if any(answer.image for answer in answers):
        raise LeftOut("Elementy do ułożenia są obrazami, a u nas są tekstem.")
    if any(answer.feedback for answer in answers):
        question.draft.changed("Pominięto informacje zwrotne do elementów.")
    if question.text("gradingtype").upper() not in ("ABSOLUTE_POSITION", "ABSOLUTE", "ABS"):
        question.draft.changed("Kolejność będzie oceniana inaczej: punkty daje każdy element na swoim miejscu.")
    if question.text("selecttype").upper() not in ("ALL", "EXACT"):
        question.draft.changed("Pytanie pokazywało część elementów, teraz pokaże wszystkie.")
    return "ordering", {"items": [answer.text for answer in answers]}


def _essay(question: MoodleQuestion) -> Mapped:
    draft = question.draft
    if question.text("attachments", "0") not in ("", "0"):
        draft.changed("Do odpowiedzi nie można u nas dołączyć plików.")
    if draft.plain(question.html(question.element.first("responsetemplate"))):
        draft.changed("Pominięto szablon odpowiedzi.")
    listed = question.element.first("criteria")
    criteria = [_criterion(question, row) for row in (listed.elements("criterion") if listed else ())]
    grade = decimal(question.text("defaultgrade") or "1")
    ours = question.element.first("guidance")
    return "open_text", {
        "guidance": draft.rich(question.html(ours)) if ours else question.rich("graderinfo"),
        "criteria": draft.criteria(criteria, points=min(100, max(1, round(grade)))),
        "min_words": _limit(question.text("minwordlimit")),
        "max_words": _limit(question.text("maxwordlimit")),
    }


def _criterion(question: MoodleQuestion, element: Element) -> dict[str, Any]:
    points = element.get("points")
    return {"text": question.bare(element), "points": int(points) if points.isdecimal() else points}


def _limit(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _cloze(question: MoodleQuestion) -> Mapped:
    return "gaps", {"text": read_gaps(question.draft, question.html(question.element.first("questiontext")))}


def _words_into_text(question: MoodleQuestion) -> Mapped:
    """Gaps filled from a list: gapselect names its words selectoption, ddwtos dragbox."""
    words = [question.bare(option) for option in question.element.elements("selectoption", "dragbox")]
    source = question.html(question.element.first("questiontext"))
    gaps: list[list[str]] = []

    def token(found: re.Match[str]) -> str:
        if not 1 <= int(found[1]) <= len(words):
            raise LeftOut(f"Luka [[{found[1]}]] nie ma swojego słowa na liście.")
        gaps.append([words[int(found[1]) - 1]])
        return gap_token(len(gaps) - 1)

    marked = WORD_GAP.sub(token, source)
    question.draft.changed(
        f"Słów nie wybiera się już z listy, tylko wpisuje. Na liście były: {', '.join(words)[:300]}."
    )
    return "gaps", {"text": question.draft.with_gaps(marked, gaps)}


TYPES: Mapping[str, Callable[[MoodleQuestion], Mapped]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _words_into_text,
    "ddwtos": _words_into_text,
}
