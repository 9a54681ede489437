"""An item of QTI in our kinds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from courses.exchange.base import Found, LeftOut, Problem
from courses.exchange.draft import Draft
from courses.exchange.xml_tree import Element

from .body import Body
from .choices import choice, inline_choice, match, order
from .feedback import Feedback
from .names import as_2
from .scoring import Scoring
from .texts import entries, extended_text

Files: TypeAlias = Callable[[str], bytes | None]

INLINE = frozenset(("textEntryInteraction", "inlineChoiceInteraction"))
READERS: Mapping[str, Callable[..., tuple[str, dict[str, Any]]]] = {
    "choiceInteraction": choice,
    "matchInteraction": match,
    "orderInteraction": order,
    "extendedTextInteraction": extended_text,
    "inlineChoiceInteraction": inline_choice,
}


@dataclass(frozen=True, slots=True)
class About:
    """What the manifest says of an item."""

    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


NOTHING = About()


def read_item(root: Element, path: str, files: Files, about: About = NOTHING) -> Iterator[Found | Problem]:
    """The question of an item, or why it is none. `path` is where it stands in its package, "" outside of one."""
    item = as_2(root)
    name = item.get("title") or item.get("identifier")
    place = path or f"wiersz {root.line}, „{name[:60]}”"
    draft = Draft(place, "assessmentItem")
    draft.tags = list(about.tags)
    try:
        interactions = _interactions(item)
        draft.kind = ", ".join(dict.fromkeys(interaction.name for interaction in interactions))[:80]
        kind, data = _question(item, interactions, draft, path, files)
        yield from draft.question(kind, item.get("title"), data, about.category)
    except LeftOut as reason:
        yield draft.left_out(str(reason))


def _interactions(item: Element) -> list[Element]:
    """What an item asks. Raises `LeftOut` where that is nothing, or nothing of ours."""
    if item.first("templateDeclaration"):
        raise LeftOut("Pytanie z losowanymi wartościami nie ma u nas odpowiednika.")
    if item.get("adaptive") == "true":
        raise LeftOut("Pytanie, które zmienia się w czasie odpowiadania, nie ma u nas odpowiednika.")
    body = item.first("itemBody")
    found = [element for element in body.walk() if element.name.endswith("Interaction")] if body else []
    if not found:
        raise LeftOut("Element nie zawiera pytania.")
    return found


def _question(
    item: Element, interactions: list[Element], draft: Draft, path: str, files: Files
) -> tuple[str, dict[str, Any]]:
    names = {interaction.name for interaction in interactions}
    strange = sorted(names - INLINE - READERS.keys())
    if strange:
        raise LeftOut(f"Pytanie typu {', '.join(strange)} nie ma u nas odpowiednika.")
    if len(interactions) > 1 and not names <= INLINE:
        raise LeftOut(f"Element zawiera kilka pytań naraz ({len(interactions)}). U nas każde stoi osobno.")
    scoring, body = Scoring(item), Body(draft, path, files)
    feedback = Feedback(item, scoring, body)
    if not scoring.is_usual():
        draft.changed("Reguły punktacji z pliku zastąpiła punktacja naszego rodzaju pytania.")
    reader = READERS.get(interactions[0].name, entries) if len(interactions) == 1 else entries
    kind, data = reader(item, interactions, scoring, body, feedback)
    if body.scorer and kind != "open_text":
        draft.changed("Pominięto wskazówki dla osób oceniających.")
    return kind, {**data, "feedback": feedback.general()}
