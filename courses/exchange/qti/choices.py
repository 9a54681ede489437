"""Interactions with something to choose, pair or put in order."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from courses.exchange import weighed
from courses.exchange.base import LeftOut
from courses.exchange.weighed import Weighed
from courses.exchange.xml_tree import Element

from .body import Body
from .feedback import Feedback
from .scoring import Declaration, Scoring

Mapped: TypeAlias = tuple[str, dict[str, Any]]

BLANK = "_____"
TRUTHS = {"true": True, "false": False}
TRUTH_WORDS = {"true": True, "prawda": True, "t": True, "false": False, "fałsz": False, "f": False}


def choice(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, feedback: Feedback) -> Mapped:
    """One choice or several."""
    interaction = found[0]
    declaration = scoring.keyed(interaction)
    text = _text(item, body)
    options = {element.get("identifier"): element for element in interaction.elements("simpleChoice")}
    is_single = declaration.cardinality == "single" or (
        interaction.get("maxChoices") == "1" and len(declaration.right()) == 1
    )
    if is_single and (truth := _truth(options, declaration, body)) is not None:
        return "true_false", {"text": text, "answer": truth}
    answers = _answers(options, declaration, body, feedback, is_single=is_single)
    if is_single:
        kind, data = weighed.single_choice(body.draft, answers)
        return kind, {"text": text, **data}
    if not scoring.is_mapped(declaration) and len(declaration.right()) > 1:
        body.draft.changed("Punkty dawała tylko w pełni poprawna odpowiedź, teraz da je też jej część.")
        return "multiple_choice", {"text": text, "options": _options(options, declaration, answers)}
    return "multiple_choice", {"text": text, **weighed.multiple_choice(body.draft, answers)}


def inline_choice(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, feedback: Feedback) -> Mapped:
    """One choice in the middle of a sentence."""
    declaration = scoring.keyed(found[0])
    text = _text(item, body, blank=BLANK)
    options = {element.get("identifier"): element for element in found[0].elements("inlineChoice")}
    shown = {key: element for key, element in options.items() if element.text().strip()}
    kind, data = weighed.single_choice(body.draft, _answers(shown, declaration, body, feedback, is_single=True))
    return kind, {"text": text, **data}


def match(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, _feedback: Feedback) -> Mapped:
    """Pairs. Each thing on the left must belong to one on the right."""
    declaration = scoring.keyed(found[0])
    sets = [
        {element.get("identifier"): body.plain(element) for element in side.elements("simpleAssociableChoice")}
        for side in found[0].elements("simpleMatchSet")
    ]
    pairs = [key.split() for key in _right_pairs(declaration)]
    if len(sets) != 2 or any(len(pair) != 2 for pair in pairs):
        raise LeftOut("Plik nie podaje par do dopasowania.")
    lefts, rights, pairs = _sided(sets, pairs)
    _note_points(body, scoring, declaration)
    used = {right for _left, right in pairs}
    return "matching", {
        "text": _text(item, body),
        "pairs": [{"left": lefts[left], "right": rights[right]} for left, right in pairs],
        "extra": [text for key, text in rights.items() if key not in used],
    }


def order(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, _feedback: Feedback) -> Mapped:
    """Things to put in order."""
    declaration = scoring.keyed(found[0])
    items = {element.get("identifier"): body.plain(element) for element in found[0].elements("simpleChoice")}
    if sorted(declaration.correct) != sorted(items):
        raise LeftOut("Poprawna kolejność nie obejmuje wszystkich elementów.")
    if not scoring.is_by_place():
        body.draft.changed("Kolejność będzie oceniana inaczej: punkty daje każdy element na swoim miejscu.")
    return "ordering", {"text": _text(item, body), "items": [items[key] for key in declaration.correct]}


def _text(item: Element, body: Body, blank: str = "") -> str:
    """The text of the item; where the interaction stood, its prompt."""

    def stand(element: Element) -> str | None:
        if not element.name.endswith("Interaction"):
            return None
        prompt = element.first("prompt")
        return blank or (f"<div>{body.html(prompt.children)}</div>" if prompt else "")

    item_body = item.first("itemBody")
    return body.draft.rich(body.html(item_body.children, stand)) if item_body else ""


def _truth(options: dict[str, Element], declaration: Declaration, body: Body) -> bool | None:
    """Whether the sentence is true, where the choices are true and false and have no feedback; else None."""
    if {key.lower() for key in options} != set(TRUTHS) or any(options[key].find("feedbackInline") for key in options):
        return None
    for key, element in options.items():
        if TRUTH_WORDS.get(body.plain(element).lower()) is not TRUTHS[key.lower()]:
            return None
    return TRUTHS[declaration.right()[0].lower()]


def _answers(
    options: dict[str, Element], declaration: Declaration, body: Body, feedback: Feedback, *, is_single: bool
) -> list[Weighed]:
    """The options with their weights in percent of all points."""
    points = declaration.points or dict.fromkeys(declaration.correct, Fraction(1))
    positive = [value for value in points.values() if value > 0]
    whole = max(positive, default=Fraction(1)) if is_single else sum(positive, Fraction(0)) or Fraction(1)
    answers = []
    for key, element in options.items():
        text, image = body.option(element)
        worth = 100 * points.get(key, Fraction(0)) / whole
        answers.append(Weighed(text, worth, feedback.of_choice(element), image))
    return answers


def _options(options: dict[str, Element], declaration: Declaration, answers: Sequence[Weighed]) -> list[dict[str, Any]]:
    """The options by the key, where the points of the mapping do not count."""
    right = declaration.correct or declaration.right()
    return [
        {"text": answer.text, "image": answer.image, "correct": key in right, "feedback": answer.feedback}
        for key, answer in zip(options, answers, strict=True)
    ]


def _right_pairs(declaration: Declaration) -> list[str]:
    return [key for key, points in declaration.points.items() if points > 0] or declaration.correct


def _sided(
    sets: list[dict[str, str]], pairs: list[list[str]]
) -> tuple[dict[str, str], dict[str, str], list[list[str]]]:
    """Left sides, right sides, pairs in the order of the left. Raises `LeftOut` where no side is paired just once."""
    sides = (0, 1) if sorted(pair[0] for pair in pairs) == sorted(sets[0]) else (1, 0)
    lefts, rights = sets[sides[0]], sets[sides[1]]
    by_left = {pair[sides[0]]: pair[sides[1]] for pair in pairs}
    if len(by_left) != len(pairs) or set(by_left) != set(lefts) or not set(by_left.values()) <= set(rights):
        raise LeftOut("Element do dopasowania ma kilka poprawnych odpowiedzi albo żadnej.")
    return lefts, rights, [[left, by_left[left]] for left in lefts]


def _note_points(body: Body, scoring: Scoring, declaration: Declaration) -> None:
    if not scoring.is_mapped(declaration):
        body.draft.changed("Punkty dawała tylko w pełni poprawna odpowiedź, teraz da je też jej część.")
    elif len(set(declaration.points.values())) > 1:
        body.draft.changed("Pary miały różne wagi, teraz każda dobra para daje tyle samo punktów.")
