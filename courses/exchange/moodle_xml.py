"""Moodle XML (docs.moodle.org/en/Moodle_XML_format): from its elements to questions."""

import base64
import binascii
from collections.abc import Iterator

from .base import Found, LeftOut, Problem, Progress, Step
from .categories import from_moodle
from .draft import Draft
from .moodle_question import MoodleQuestion
from .moodle_types import TYPES, left_out_type
from .xml_tree import Element

# What Moodle writes by itself, in English and Polish: whoever leaves it out loses nothing.
DEFAULTS = frozenset(
    (
        "",
        "Your answer is correct.",
        "Your answer is partially correct.",
        "Your answer is incorrect.",
        "Twoja odpowiedź jest poprawna.",
        "Twoja odpowiedź jest częściowo poprawna.",
        "Twoja odpowiedź jest niepoprawna.",
        "Twoja odpowiedź jest prawidłowa.",
        "Twoja odpowiedź jest częściowo prawidłowa.",
        "Twoja odpowiedź jest nieprawidłowa.",
    )
)
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def steps(root: Element) -> Iterator[Step]:
    """The questions of a quiz, one after the other; also of a single question without its quiz."""
    questions = [root] if root.name == "question" else list(root.elements("question"))
    category: tuple[str, ...] = ()
    for number, element in enumerate(questions, start=1):
        if element.get("type") == "category":
            name = element.first("category", "text") or element.first("category")
            category = from_moodle(name.text() if name else "")
        else:
            yield from _question(element, category)
        yield Progress(number, len(questions))


def _question(element: Element, category: tuple[str, ...]) -> Iterator[Found | Problem]:
    kind = element.get("type") or "bez typu"
    name = element.first("name", "text") or element.first("name")
    title = name.text().strip() if name else ""
    place = f"wiersz {element.line}" + (f", „{title[:60]}”" if title else "")
    draft = Draft(place, kind, _files(element))
    draft.tags = [_text(tag) for tag in (element.first("tags") or Element("")).elements("tag")]
    try:
        if kind not in TYPES:
            raise LeftOut(left_out_type(kind))
        question = MoodleQuestion(element, draft)
        ours, data = TYPES[kind](question)
        _note_what_goes(element, draft)
        texts = {"text": data.pop("text", None) or question.rich("questiontext")}
        yield from draft.question(ours, title, {**texts, "feedback": question.feedback, **data}, category)
    except LeftOut as reason:
        yield draft.left_out(str(reason))


def _files(element: Element) -> dict[str, bytes]:
    """The files that a question carries in itself, by the address its texts use for them."""
    files = {}
    for file in element.walk():
        if file.name == "file" and file.get("encoding", "base64") == "base64":
            path = file.get("path", "/").strip("/")
            address = "/".join(part for part in ("@@PLUGINFILE@@", path, file.get("name")) if part)
            try:
                files[address] = base64.b64decode(file.text())
            except (binascii.Error, ValueError):
                continue
    return files


def _note_what_goes(element: Element, draft: Draft) -> None:
    """Note what every Moodle question may have and none of ours has."""
    combined = [part for name in COMBINED for part in element.elements(name)]
    if any(draft.plain(_text(part)) not in DEFAULTS for part in combined):
        draft.changed("Pominięto informacje zwrotne dla odpowiedzi poprawnej, częściowej i błędnej.")
    if any(_text(hint).strip() for hint in element.elements("hint")):
        draft.changed("Pominięto podpowiedzi do kolejnych prób.")
    grade = element.first("defaultgrade")
    if grade and grade.text().strip().rstrip("0").rstrip(".") not in ("", "1"):
        draft.changed(f"Liczba punktów ({grade.text().strip()[:10]}) należy u nas do testu, a nie do pytania.")


def _text(element: Element) -> str:
    text = element.first("text")
    return text.text() if text else ""
