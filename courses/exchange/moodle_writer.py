"""Moodle XML, from questions to elements. What Moodle has no element for stands in one that it passes over."""

import base64
import re
from collections.abc import Sequence

from courses.questions import Question, load
from courses.questions.choices import Option
from courses.questions.gaps import GAP, Gaps
from courses.questions.matching import Matching
from courses.questions.multiple_choice import MultipleChoice
from courses.questions.number import Number
from courses.questions.open_text import Criterion, OpenText
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText
from courses.questions.single_choice import SingleChoice
from courses.questions.true_false import TrueFalse

from .base import IMAGE, Effect, Found, LeftOut, Problem, Written
from .categories import to_moodle
from .cloze import write_gap
from .images import addressed, file_names, option_image, own_images
from .moodle_weights import point, right_share, weight
from .rich_text import clean, one_line
from .weighed import with_stars
from .xml_tree import Child, Element, document


def write(questions: Sequence[Found]) -> Written:
    """The questions as one quiz. Raises `InvalidQuestion` for data that make no question."""
    quiz = Element("quiz")
    problems: list[Problem] = []
    category: tuple[str, ...] = ()
    for question in questions:
        if question.category != category:
            category = question.category
            quiz.children.append(_tag("question", _text("category", to_moodle(category)), type="category"))
        writer = _Writer(question)
        try:
            quiz.children += ["\n", writer.element(), "\n"]
        except LeftOut as reason:
            problems.append(Problem(question.title, question.kind, str(reason), Effect.LEFT_OUT))
            continue
        problems += [Problem(question.title, question.kind, note, Effect.CHANGED) for note in writer.notes]
    return Written(document(quiz), ".xml", "application/xml", tuple(problems))


class _Writer:
    """Writes one question."""

    def __init__(self, question: Found) -> None:
        self.question = question
        self.notes: list[str] = []
        self.files = file_names(question)

    def element(self) -> Element:
        loaded = load(self.question.kind, self.question.data)
        kind, children = self._typed(loaded)
        asked = self._rich("questiontext", loaded.text)
        if isinstance(loaded, Gaps):
            _write_gaps(asked, loaded)
        return _tag(
            "question",
            _text("name", one_line(self.question.title)),
            asked,
            self._rich("generalfeedback", loaded.feedback),
            _tag("defaultgrade", "1"),
            _tag("penalty", "0"),
            _tag("hidden", "0"),
            *children,
            *self._tags(),
            type=kind,
        )

    def _tags(self) -> list[Element]:
        tags = [_text("tag", one_line(tag)) for tag in self.question.tags]
        return [_tag("tags", *tags)] if tags else []

    def _typed(self, loaded: Question) -> tuple[str, list[Element]]:
        """Moodle's type and its elements."""
        match loaded:
            case SingleChoice() | MultipleChoice():
                return "multichoice", self._choices(loaded)
            case TrueFalse():
                return "truefalse", self._truth(loaded)
            case Gaps():
                return "cloze", []
            case Matching():
                return "matching", self._matching(loaded)
            case Ordering():
                return "ordering", self._ordering(loaded)
            case _:
                return self._written(loaded)

    def _written(self, loaded: Question) -> tuple[str, list[Element]]:
        """The same for what is typed."""
        match loaded:
            case Number():
                return "numerical", self._number(loaded)
            case ShortText():
                return "shortanswer", self._short_text(loaded)
            case OpenText():
                return "essay", self._open_text(loaded)
            case _:
                raise LeftOut("Moodle XML nie ma takiego rodzaju pytania.")

    def _choices(self, loaded: SingleChoice | MultipleChoice) -> list[Element]:
        if isinstance(loaded, SingleChoice):
            single, right, wrong = "true", "100", "0"
        else:
            right, notes = right_share(sum(option.correct for option in loaded.options))
            single, wrong = "false", f"-{right}"
            self.notes += notes
        answers = [self._option(option, right if option.correct else wrong) for option in loaded.options]
        return [_tag("single", single), _tag("shuffleanswers", "true"), _tag("answernumbering", "abc"), *answers]

    def _option(self, option: Option, fraction: str) -> Element:
        """An answer as plain text; one with an image as HTML, with the file of the image."""
        if not (image := option_image(option, self.question)):
            return self._answer(option.text, fraction, option.feedback)
        shown = self._rich("answer", f"{_escaped(option.text)} {image}")
        shown.attributes["fraction"] = fraction
        shown.children.append(self._rich("feedback", option.feedback))
        return shown

    def _truth(self, loaded: TrueFalse) -> list[Element]:
        rights = {"true": loaded.answer, "false": not loaded.answer}
        return [
            _tag("answer", _tag("text", word), self._rich("feedback", ""), fraction="100" if right else "0")
            for word, right in rights.items()
        ]

    def _number(self, loaded: Number) -> list[Element]:
        answer = self._answer(point(loaded.answer), "100", "")
        answer.children.append(_tag("tolerance", point(loaded.tolerance)))
        unit = _tag("unit", _tag("multiplier", "1"), _tag("unit_name", loaded.unit))
        shown = "0" if loaded.unit else "3"  # 0: may be typed after the number; 3: no unit
        return [
            answer,
            *([_tag("units", unit)] if loaded.unit else []),
            _tag("unitgradingtype", "0"),
            _tag("unitpenalty", "0.1"),
            _tag("showunits", shown),
            _tag("unitsleft", "0"),
        ]

    def _matching(self, loaded: Matching) -> list[Element]:
        rows = [(pair.left, pair.right) for pair in loaded.pairs] + [("", right) for right in loaded.extra]
        return [
            _tag("shuffleanswers", "true"),
            *(
                _tag("subquestion", _tag("text", one_line(left)), _text("answer", one_line(right)), format="plain_text")
                for left, right in rows
            ),
        ]

    def _ordering(self, loaded: Ordering) -> list[Element]:
        answers = [
            _tag("answer", _tag("text", one_line(item.text)), fraction=f"{place}.0000000", format="plain_text")
            for place, item in enumerate(loaded.items, start=1)
        ]
        return [
            _tag("layouttype", "VERTICAL"),
            _tag("selecttype", "ALL"),
            _tag("selectcount", str(len(answers))),
            _tag("gradingtype", "ABSOLUTE_POSITION"),
            _tag("showgrading", "SHOW"),
            *answers,
        ]

    def _short_text(self, loaded: ShortText) -> list[Element]:
        answers = []
        for accepted in loaded.accepted:
            share, notes = weight(accepted.percent)
            self.notes += notes
            answers.append(self._answer(with_stars(one_line(accepted.text)), share, accepted.feedback))
        if not loaded.ignore_diacritics:
            return [_tag("usecase", "0"), *answers]
        self.notes.append("Moodle nie wybacza braku polskich znaków: będzie ich wymagać.")
        return [_tag("usecase", "0"), _tag("ignorediacritics", "1"), *answers]

    def _open_text(self, loaded: OpenText) -> list[Element]:
        """Criteria stand in the notes for the grader, where Moodle shows them, and once more as our own elements."""
        listed = "".join(f"<li>{_escaped(row.text)} ({row.points} pkt)</li>" for row in loaded.criteria)
        limits = {"minwordlimit": loaded.min_words, "maxwordlimit": loaded.max_words}
        return [
            _tag("responseformat", "editor"),
            _tag("responserequired", "1"),
            _tag("responsefieldlines", "15"),
            *(_tag(name, str(limit)) for name, limit in limits.items() if limit),
            _tag("attachments", "0"),
            _tag("attachmentsrequired", "0"),
            self._rich("graderinfo", f"{loaded.guidance}<ul>{listed}</ul>"),
            _tag("responsetemplate", _tag("text"), format="html"),
            self._rich("guidance", loaded.guidance),
            _tag("criteria", *map(_criterion, loaded.criteria)),
        ]

    def _answer(self, text: str, fraction: str, feedback: str) -> Element:
        shown = _tag("text", one_line(text))
        return _tag("answer", shown, self._rich("feedback", feedback), fraction=fraction, format="plain_text")

    def _clean(self, rich: str) -> str:
        """The text in our marks, whatever else the editor's field keeps in it."""
        cleaned = clean(rich, own_images(self.question))
        self.notes += [note for note in cleaned.notes if note not in self.notes]
        return cleaned.html

    def _rich(self, name: str, rich: str) -> Element:
        """An element with rich text, and the files of the images in it."""
        text = self._clean(rich)
        used = {found[1] for found in IMAGE.finditer(text)}
        files = [
            _tag(
                "file",
                base64.b64encode(image.content).decode(),
                name=self.files[image.source],
                path="/",
                encoding="base64",
            )
            for image in self.question.images
            if image.source in used
        ]
        addresses = {source: f"@@PLUGINFILE@@/{file}" for source, file in self.files.items()}
        return _tag(name, _tag("text", addressed(text, addresses)), *files, format="html")


def _write_gaps(asked: Element, loaded: Gaps) -> None:
    """Put Moodle's questions into the text of a cloze, in place of our gaps."""
    text, gaps = asked.first("text"), iter(loaded.gaps)
    if text is not None:
        text.children = [GAP.sub(lambda _gap: write_gap(next(gaps)), _without_braces(text.text()))]


def _without_braces(text: str) -> str:
    """The text of a question with gaps in which no brace but those of gaps could start a question of Moodle's."""
    pieces = re.split(r"(\{\{.*?\}\})", text, flags=re.DOTALL)
    return "".join(
        piece if index % 2 else piece.replace("{", "&#123;").replace("}", "&#125;")
        for index, piece in enumerate(pieces)
    )


def _criterion(row: Criterion) -> Element:
    return _tag("criterion", _tag("text", one_line(row.text)), points=str(row.points))


def _escaped(text: str) -> str:
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;")


def _text(name: str, text: str) -> Element:
    return _tag(name, _tag("text", text))


def _tag(name: str, /, *children: Child, **attributes: str) -> Element:
    return Element(name, attributes, [child for child in children if child != ""])
