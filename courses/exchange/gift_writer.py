"""GIFT, from questions to text. What GIFT cannot say goes into a comment that our own reader understands."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from courses.questions import Question, load
from courses.questions.choices import Option
from courses.questions.gaps import Gaps
from courses.questions.matching import Matching
from courses.questions.multiple_choice import MultipleChoice
from courses.questions.number import Number
from courses.questions.open_text import OpenText
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText
from courses.questions.single_choice import SingleChoice
from courses.questions.true_false import TrueFalse

from .base import Effect, Found, LeftOut, Problem, Written
from .categories import to_moodle
from .images import addressed, as_data, option_image, own_images
from .moodle_weights import point, right_share, weight
from .rich_text import clean, one_line
from .weighed import with_stars

RESERVED = re.compile(r"[\\#=~{}:]")
SPECIAL = re.compile(r"[\\~=#{}:/\[\]*&<>]")


def write(questions: Sequence[Found]) -> Written:
    """The questions as one file. Raises `InvalidQuestion` for data that make no question."""
    blocks: list[str] = []
    problems: list[Problem] = []
    category: tuple[str, ...] = ()
    for question in questions:
        writer = _Writer(question)
        try:
            block = writer.block()
        except LeftOut as reason:
            problems.append(Problem(question.title, question.kind, str(reason), Effect.LEFT_OUT))
            continue
        if question.category != category:
            category = question.category
            blocks.append(f"$CATEGORY: {one_line(to_moodle(category))}\n")
        blocks.append(block)
        problems += [Problem(question.title, question.kind, note, Effect.CHANGED) for note in writer.notes]
    return Written("\n".join(blocks).encode(), ".gift", "text/plain; charset=utf-8", tuple(problems))


class _Writer:
    """Writes one question."""

    def __init__(self, question: Found) -> None:
        self.question = question
        self.notes: list[str] = []
        self.extra: dict[str, Any] = {}
        self.addresses = {image.source: as_data(image) for image in question.images}

    def block(self) -> str:
        loaded = load(self.question.kind, self.question.data)
        text = self._rich(loaded.text)
        if isinstance(loaded, Ordering):
            text = text.replace("{", "&#123;").replace("}", "&#125;")
        if isinstance(loaded, Gaps):
            asked = self._with_gap(text, loaded)
        else:
            asked = self._html(text) + "{" + self._answers(loaded) + "}"
        comment = self._tags()
        comment += [f"// [extra:{_json(self.extra)}]"] if self.extra else []
        title = _escaped(one_line(self.question.title))
        return "\n".join([*comment, f"::{title}::[html]{asked}", ""])

    def _tags(self) -> list[str]:
        """The tags in a comment, as Moodle reads them."""
        tags = [one_line(tag) for tag in self.question.tags if "\\" not in tag]
        if len(tags) < len(self.question.tags):
            self.notes.append("GIFT nie zapisze tagów ze znakiem \\.")
        return ["// " + " ".join("[tag:" + tag.replace("]", "\\]") + "]" for tag in tags)] if tags else []

    def _answers(self, loaded: Question) -> str:
        match loaded:
            case Ordering():
                return self._ordering(loaded)
            case SingleChoice():
                inside = self._single_choice(loaded)
            case MultipleChoice():
                inside = self._multiple_choice(loaded)
            case TrueFalse():
                inside = "TRUE" if loaded.answer else "FALSE"
            case Matching():
                inside = self._matching(loaded)
            case _:
                inside = self._written(loaded)
        return inside + self._general(loaded)

    def _written(self, loaded: Question) -> str:
        match loaded:
            case Number():
                return self._number(loaded)
            case ShortText():
                return self._short_text(loaded)
            case OpenText():
                return self._open_text(loaded)
            case _:
                raise LeftOut("GIFT nie ma takiego rodzaju pytania.")

    def _single_choice(self, loaded: SingleChoice) -> str:
        return "".join(
            "\n\t" + ("=" if option.correct else _wrong(option.text)) + self._option(option)
            for option in loaded.options
        )

    def _multiple_choice(self, loaded: MultipleChoice) -> str:
        share, notes = right_share(sum(option.correct for option in loaded.options))
        self.notes += notes
        return "".join(
            f"\n\t~%{share if option.correct else f'-{share}'}%{self._option(option)}" for option in loaded.options
        )

    def _option(self, option: Option) -> str:
        image = _escaped(addressed(option_image(option, self.question), self.addresses))
        return f"{_plain_as_html(option.text)} {image}".rstrip() + self._feedback(option.feedback)

    def _number(self, loaded: Number) -> str:
        if loaded.unit:
            self.extra["unit"] = loaded.unit
            self.notes.append("GIFT nie zna jednostek: inne programy jej nie zobaczą.")
        return f"#{point(loaded.answer)}:{point(loaded.tolerance)}"

    def _matching(self, loaded: Matching) -> str:
        rows = [(_plain_as_html(pair.left), pair.right) for pair in loaded.pairs]
        rows += [("", right) for right in loaded.extra]
        return "".join(f"\n\t={left} -> {_escaped(one_line(right))}" for left, right in rows)

    def _ordering(self, loaded: Ordering) -> str:
        if feedback := self._rich(loaded.feedback):
            self.extra["feedback"] = addressed(feedback, self.addresses)
            self.notes.append("Układanie w GIFT nie ma wyjaśnienia: inne programy go nie zobaczą.")
        items = [SPECIAL.sub(_entity, one_line(item.text)) for item in loaded.items]
        return f">{len(items)} ALL VERTICAL ABSOLUTE_POSITION SHOW\n" + "\n".join(items) + "\n"

    def _short_text(self, loaded: ShortText) -> str:
        if loaded.ignore_diacritics:
            self.extra["ignore_diacritics"] = True
            self.notes.append("GIFT nie wybacza braku polskich znaków: inne programy będą ich wymagać.")
        answers = []
        for accepted in loaded.accepted:
            share, notes = weight(accepted.percent)
            self.notes += notes
            text = _typed(accepted.text)
            answers.append(f"\n\t=%{share}%{text}{self._feedback(accepted.feedback)}")
        return "".join(answers)

    def _open_text(self, loaded: OpenText) -> str:
        self.extra |= {
            "criteria": [{"text": one_line(row.text), "points": row.points} for row in loaded.criteria],
            "guidance": addressed(self._rich(loaded.guidance), self.addresses),
            "min_words": loaded.min_words,
            "max_words": loaded.max_words,
        }
        self.notes.append("GIFT nie zna kryteriów, wskazówek i liczby słów: inne programy ich nie zobaczą.")
        return ""

    def _with_gap(self, text: str, loaded: Gaps) -> str:
        """The text with the answers in its middle, Moodle's missing word."""
        if len(loaded.gaps) > 1:
            raise LeftOut("GIFT ma tylko pytania z jedną luką. Wyeksportuj je jako Moodle XML.")
        before, after = single_gap(text)
        words = "".join(f"=%100%{_typed(word)} " for word in loaded.gaps[0])
        return f"{self._html(before)}{{{words}{self._general(loaded)}}}{self._html(after)}"

    def _general(self, loaded: Question) -> str:
        feedback = self._rich(loaded.feedback)
        return f"\n\t####{self._html(feedback)}" if feedback else ""

    def _feedback(self, feedback: str) -> str:
        cleaned = self._rich(feedback)
        return f"#{self._html(cleaned)}" if cleaned else ""

    def _html(self, rich: str) -> str:
        return _escaped(addressed(rich, self.addresses))

    def _rich(self, text: str) -> str:
        """The text in our marks, whatever else the editor's field keeps in it."""
        cleaned = clean(text, own_images(self.question))
        self.notes += [note for note in cleaned.notes if note not in self.notes]
        return cleaned.html


def single_gap(text: str) -> tuple[str, str]:
    """The text before the only gap and after it."""
    before, _mark, rest = text.partition("{{")
    return before, rest.partition("}}")[2]


def _wrong(text: str) -> str:
    """The mark of a wrong option; with a weight of nothing where the text itself begins like a weight."""
    return "~%0%" if text.lstrip().startswith("%") else "~"


def _typed(text: str) -> str:
    """An accepted text. Raises `LeftOut` for the arrow, which would make pairs of the answers, and has no escape."""
    if "->" in text:
        raise LeftOut("GIFT nie zapisze odpowiedzi ze znakami ->. Wyeksportuj je jako Moodle XML.")
    return ("[plain]" if text.startswith("[") else "") + _escaped(with_stars(one_line(text)))


def _plain_as_html(text: str) -> str:
    """A plain text inside a question in HTML: no mark of it means anything."""
    escaped = html.escape(one_line(text), quote=False).replace("->", "-&gt;")
    return _escaped(re.sub(r"^\[", "&#91;", escaped))


def _escaped(text: str) -> str:
    return RESERVED.sub(lambda found: "\\" + found[0], text).replace("\r", "").replace("\n", "\\n")


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _json(extra: Mapping[str, Any]) -> str:
    """JSON in which no reader of GIFT finds a tag or an id of its own."""
    return json.dumps(extra).replace("[tag:", "\\u005btag:").replace("[id:", "\\u005bid:")
