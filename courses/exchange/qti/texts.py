"""Interactions with something to type."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias, TypeGuard

from courses.exchange import weighed
from courses.exchange.base import LeftOut
from courses.exchange.cloze import exact_number
from courses.exchange.draft import TOKEN, gap_token
from courses.exchange.weighed import Weighed, decimal
from courses.exchange.xml_tree import Child, Element

from .body import Body
from .feedback import Feedback
from .scoring import Declaration, Scoring

Mapped: TypeAlias = tuple[str, dict[str, Any]]

BLANK = "_____"
# A field at the end of the text or in a paragraph of its own: the text reads on without it.
ALONE = re.compile("<p>\ufdd0\\d+\ufdd1</p>|(?:<br/>)*\\s*\ufdd0\\d+\ufdd1(?=</p>$)")
LIMIT = re.compile(r"(min|max)-words-(\d{1,6})")


def entries(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, feedback: Feedback) -> Mapped:
    """Fields in a text: a number, a short text, or gaps."""
    declarations = [scoring.keyed(interaction) for interaction in found]
    source = _marked(item, body)
    if len(found) > 1 or "gap" in found[0].get("class").split():
        return "gaps", {"text": _gaps(source, found, declarations, scoring, body)}
    if declarations[0].is_number:
        data = _number(declarations[0], scoring, body, feedback)
        return "number", {"text": _without_field(body, source), **data}
    answers = _accepted(declarations[0], body, feedback)
    is_plain = all(answer.is_right and not answer.feedback for answer in answers)
    if is_plain and "short-text" not in found[0].get("class").split() and not ALONE.search(body.draft.rich(source)):
        return "gaps", {"text": body.draft.with_gaps(source, [[answer.text for answer in answers]])}
    ignore = "ignore-diacritics" in found[0].get("class").split()
    stars = [Weighed(weighed.with_stars(answer.text), answer.percent, answer.feedback) for answer in answers]
    data = weighed.short_text(body.draft, stars, ignore_diacritics=ignore)
    return "short_text", {"text": _without_field(body, source), **data}


def extended_text(item: Element, found: Sequence[Element], scoring: Scoring, body: Body, _feedback: Feedback) -> Mapped:
    """A text that a person grades."""
    if scoring.declaration(found[0]).points:
        body.draft.changed("Odpowiedź oceni człowiek, a nie reguły z pliku.")
    text = body.draft.rich(TOKEN.sub("", _marked(item, body)))
    notes = [child for block in body.scorer for child in (block.first("contentBody") or block).children]
    criteria = [row for part in notes if _is_criteria(part) for row in part.elements("li")]
    guidance = [part for part in notes if not _is_criteria(part)]
    limits = dict(LIMIT.findall(found[0].get("class")))
    return "open_text", {
        "text": text,
        "guidance": body.rich(guidance),
        "criteria": body.draft.criteria([_criterion(body, element) for element in criteria]),
        "min_words": int(limits.get("min", 0)),
        "max_words": int(limits.get("max", 0)),
    }


def _is_criteria(part: Child) -> TypeGuard[Element]:
    """Whether this part of the notes for the grader is the list that our export makes of criteria."""
    return isinstance(part, Element) and "criteria" in part.get("class").split()


def _marked(item: Element, body: Body) -> str:
    """The body as HTML with a token for each field, in their order."""
    count = 0

    def stand(element: Element) -> str | None:
        nonlocal count
        if not element.name.endswith("Interaction"):
            return None
        prompt = element.first("prompt")
        count += 1
        return (f"<div>{body.html(prompt.children)}</div>" if prompt else "") + gap_token(count - 1)

    item_body = item.first("itemBody")
    return body.html(item_body.children, stand) if item_body else ""


def _without_field(body: Body, source: str) -> str:
    return TOKEN.sub(BLANK, ALONE.sub("", body.draft.rich(source)))


def _accepted(declaration: Declaration, body: Body, feedback: Feedback) -> list[Weighed]:
    """The accepted texts with their weights."""
    if declaration.is_cased or not declaration.points:
        body.draft.changed("Wielkość liter przestała mieć znaczenie.")
    points = declaration.points or dict.fromkeys(declaration.correct, Fraction(1))
    most = max(points.values())
    return [Weighed(text, 100 * worth / most, feedback.of_text(text)) for text, worth in points.items() if worth > 0]


def _number(declaration: Declaration, scoring: Scoring, body: Body, feedback: Feedback) -> dict[str, Any]:
    values = declaration.right()
    if len({decimal(value) for value in values}) != 1:
        raise LeftOut("Liczba musi mieć dokładnie jedną poprawną odpowiedź.")
    tolerance = scoring.tolerance(declaration, decimal(values[0]))
    answer = Weighed(values[0], Fraction(100), feedback.of_text(values[0]))
    return weighed.number(body.draft, [(answer, tolerance)], unit=body.unit)


def _gaps(
    source: str, found: Sequence[Element], declarations: Sequence[Declaration], scoring: Scoring, body: Body
) -> str:
    gaps = [
        _words(interaction, declaration, scoring, body)
        for interaction, declaration in zip(found, declarations, strict=True)
    ]
    if len({max(declaration.points.values(), default=Fraction(1)) for declaration in declarations}) > 1:
        body.draft.changed("Luki miały różne wagi, teraz każda daje tyle samo punktów.")
    return body.draft.with_gaps(source, gaps)


def _words(interaction: Element, declaration: Declaration, scoring: Scoring, body: Body) -> list[str]:
    right = declaration.right()
    if declaration.is_number:
        if any(scoring.tolerance(declaration, decimal(value)) for value in right):
            raise LeftOut("Luka z liczbą i tolerancją nie ma u nas odpowiednika.")
        return [word for value in right for word in exact_number(value)]
    if interaction.name == "inlineChoiceInteraction":
        shown = {element.get("identifier"): body.plain(element) for element in interaction.elements("inlineChoice")}
        listed = ", ".join(text for text in shown.values() if text)[:300]
        body.draft.changed(f"Listę do wyboru zastąpiła luka do wpisania. Na liście były: {listed}.")
        return [shown[key] for key in right if key in shown]
    if declaration.is_cased or not declaration.points:
        body.draft.changed("Wielkość liter przestała mieć znaczenie.")
    if set(declaration.points) - set(right):
        body.draft.changed("Pominięto odpowiedzi w lukach za część punktów.")
    return right


def _criterion(body: Body, element: Element) -> dict[str, Any]:
    points = element.first("span")
    text = [child for child in element.children if child is not points]
    return {
        "text": body.draft.plain(body.html(text)),
        "points": int(points.text()) if points and points.text().isdecimal() else 0,
    }
