"""What all kinds of questions have in common."""

import hashlib
import html
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Self, TypeAlias, TypeVar

from .form import MAX_ROWS, Form

# What is kept of an answer, as JSON: an option, a truth, chosen options, or a value for each part.
Answer: TypeAlias = "str | bool | list[str] | dict[str, str] | None"
# What a form sent for one question: the values by part; "" is the question itself.
Posted: TypeAlias = Mapping[str, Sequence[str]]

# Characters of one typed answer: the longest accepted alternative of the demo has 30; more is no answer to a gap.
MAX_TYPED = 500
# Options, pairs or items of one question.
MAX_PARTS = MAX_ROWS

ALL, NOTHING = Fraction(1), Fraction(0)

TAG = re.compile(r"<[^>]*>")
IMAGE = re.compile(r"<(?:embed|img)\b")
Row = TypeVar("Row")


class InvalidQuestion(ValueError):
    """The data make no question. `errors` has a Polish sentence for each wrong field; "" is the whole question."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class InvalidAnswer(ValueError):
    """What was sent is no answer to the question. The message is for the learner; `typed` is what to show again."""

    def __init__(self, message: str, typed: Answer = None) -> None:
        super().__init__(message)
        self.message = message
        self.typed = typed


class Verdict(StrEnum):
    """How an answer did, in the names of the `verdict` component."""

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    WAITING = "waiting"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was judged: a chosen option, a gap, a pair, a place. `feedback` is rich text."""

    label: str
    given: str
    expected: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth: an exact share of the question's points, 0..1, and what it is made of."""

    share: Fraction
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(ABC):
    """A question of one kind. `text` and `feedback` are rich text; `rule` tells the learner how points are given.

    `kind` is stored and never changes; `order` is the kind's place among the others where an editor picks one.

    What is `graded_by_person` is worth nothing until a person says what.
    """

    kind: ClassVar[str]
    order: ClassVar[int]
    form: ClassVar[Form]
    rule: ClassVar[str]
    graded_by_person: ClassVar[bool] = False

    text: str
    feedback: str = ""

    @property
    def prompt(self) -> str:
        """The text as it may be shown without fields to answer: rich text that does not give the key away."""
        return self.text

    @property
    def hint(self) -> str:
        """What the learner reads below the text."""
        return self.rule

    @classmethod
    @abstractmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        """Raises `InvalidQuestion`."""

    @abstractmethod
    def public(self, *, seed: str, shuffle: bool, answer: Answer = None) -> dict[str, Any]:
        """All that a browser may see before the review: no key, no feedback, no order that gives the key away.

        The same seed gives the same order. `answer` is the learner's own, to fill the fields.
        """

    @abstractmethod
    def parse(self, posted: Posted) -> Answer:
        """The answer a form sent. Raises `InvalidAnswer` for what no page of ours sends, and for what is no answer."""

    @abstractmethod
    def grade(self, answer: Answer) -> Score:
        """What the answer is worth. Anything that is no answer is worth 0."""

    @abstractmethod
    def describe(self, answer: Answer) -> tuple[str, ...]:
        """The answer in words, a line for each part; nothing where nothing was answered."""

    @abstractmethod
    def key(self) -> Answer:
        """The answer that is worth all points."""

    def describe_key(self) -> tuple[str, ...]:
        """The key in words, a line for each part."""
        return self.describe(self.key())

    def is_complete(self, answer: Answer) -> bool:
        """Whether nothing is left to answer."""
        return self.is_answered(answer)

    def is_answered(self, answer: Answer) -> bool:
        """Whether anything was answered."""
        return bool(self.describe(answer))

    def merge(self, saved: Answer, posted: Answer) -> Answer:
        """What to keep when a form comes after saved answers: a blank never takes the place of an answer."""
        if isinstance(saved, dict) and isinstance(posted, dict):
            return {**saved, **{part: value for part, value in posted.items() if value}}
        return posted if self.is_answered(posted) else saved

    def verdict(self, answer: Answer) -> Verdict:
        """How the answer did, in one word."""
        if not self.is_answered(answer):
            return Verdict.NONE
        share = self.grade(answer).share
        if share == ALL:
            return Verdict.CORRECT
        return Verdict.PARTIAL if share else Verdict.WRONG


def words(rich_text: object) -> str:
    """Rich text without its marks: whether it says anything, and what."""
    return " ".join(html.unescape(TAG.sub(" ", str(rich_text or ""))).split())


def said(rich_text: object) -> str:
    """Rich text that says or shows something; "" for marks around nothing."""
    text = str(rich_text or "")
    return text if words(text) or IMAGE.search(text) else ""


def same(text: str) -> str:
    """What two texts have in common when they read alike: case and spaces do not count."""
    return " ".join(text.split()).casefold()


def stable_id(text: str) -> str:
    """An id for a part that has none of its own. It tells no more than the text it is shown with."""
    return hashlib.sha256(same(text).encode()).hexdigest()[:12]


def shuffled(rows: Sequence[Row], *, seed: str, ids: Sequence[str]) -> list[Row]:
    """The rows in an order that depends on the seed and their ids alone, not on the order they come in."""
    marks = [hashlib.sha256(f"{seed}:{row_id}".encode()).digest() for row_id in ids]
    return [row for _mark, row in sorted(zip(marks, rows, strict=True), key=lambda pair: pair[0])]


def required_text(data: Mapping[str, Any], errors: dict[str, str]) -> str:
    """The question's text; notes the error where it says nothing."""
    text = str(data.get("text") or "")
    if not words(text):
        errors["text"] = "Wpisz treść pytania."
    return text


def rows_of(data: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """The rows of a list field; a bare text is a row with that text alone."""
    return [row if isinstance(row, Mapping) else {"text": row} for row in data.get(field) or []]


def list_error(texts: Sequence[str], *, least: int, what: str) -> str:
    """What is wrong with a list of texts, or nothing: too few, too many, empty, alike. `what` is a genitive plural."""
    if len(texts) < least:
        return f"Za mało {what}. Potrzebne są co najmniej {least}."
    if len(texts) > MAX_PARTS:
        return f"Za dużo {what}. Może ich być najwyżej {MAX_PARTS}."
    if not all(text.strip() for text in texts):
        return "Żaden z tych tekstów nie może być pusty."
    if len({same(text) for text in texts}) < len(texts):
        return "Te teksty nie mogą się powtarzać."
    return ""


def whole(value: object, *, least: int, most: int) -> int | None:
    """A whole number within these bounds, or None. A truth is no number."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        return None
    return value


def checked(errors: Mapping[str, str]) -> None:
    """Raises `InvalidQuestion` where there are errors."""
    if errors:
        raise InvalidQuestion(errors)


def one(posted: Posted, part: str = "") -> str:
    """The one value sent for a part, trimmed; "" where none was. Raises `InvalidAnswer` for several."""
    values = posted.get(part, ())
    if len(values) > 1:
        raise InvalidAnswer("Wyślij jedną odpowiedź.")
    return values[0].strip() if values else ""


def single(posted: Posted, part: str = "") -> str:
    """The one short value sent for a part, as `one`. Raises `InvalidAnswer` for a huge one too."""
    value = one(posted, part)
    if len(value) > MAX_TYPED:
        raise InvalidAnswer(f"Odpowiedź jest za długa. Może mieć najwyżej {MAX_TYPED} znaków.", typed=value[:MAX_TYPED])
    return value


def only_parts(posted: Posted, parts: Sequence[str]) -> None:
    """Raises `InvalidAnswer` where a form names a part that the question does not have."""
    if not set(posted) <= set(parts):
        raise InvalidAnswer("Tej odpowiedzi nie ma w pytaniu. Odśwież stronę.")


def chosen(answer: Answer, parts: Sequence[str]) -> dict[str, str]:
    """The parts of an answer that were filled, in the question's order; empty for anything of another shape."""
    if not isinstance(answer, dict):
        return {}
    return {part: str(answer[part]) for part in parts if answer.get(part)}
