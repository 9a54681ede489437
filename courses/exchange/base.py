"""What all formats of questions have in common: what was found in a file, what was wrong, what was written."""

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

# How an image stands in rich text until the caller has stored it: one form, so that it can be found again.
IMAGE = re.compile(r'<img src="(exchange:\d+)" alt="([^"]*)"/>')

# As wide as the fields of the bank: what is longer is named, never cut.
MAX_TITLE = 150  # characters
MAX_CATEGORY = 100  # characters of one level
MAX_TAG = 100  # characters


class Format(StrEnum):
    """The formats we write; we read some more."""

    GIFT = "gift"
    MOODLE_XML = "moodle_xml"
    QTI_2_1 = "qti_2_1"
    QTI_3_0 = "qti_3_0"


class Effect(StrEnum):
    """What a problem means for the import."""

    BROKEN = "broken"  # the file cannot be trusted: nothing of it may be imported
    LEFT_OUT = "left_out"  # this item is not among the questions found
    CHANGED = "changed"  # the question was found, but something in it is not as it was


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a text refers to. `source` is what stands in the text, unique within one question.

    `alt` is as in the text, "" where the author gave none. `media_type` comes from the content, not from the name.
    """

    source: str
    name: str
    alt: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A question: what a reader found, and what a writer writes.

    `data` is what `courses.questions.load` reads; `category` goes from the top level down, () where there is none.
    """

    kind: str
    title: str
    data: Mapping[str, Any]
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    place: str = ""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to tell a person. `place` is a line or an element; `kind` is the type in the words of the format."""

    place: str
    kind: str
    reason: str
    effect: Effect

    @property
    def is_fatal(self) -> bool:
        """Whether nothing of the file may be imported."""
        return self.effect is Effect.BROKEN


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader is, in items of the file."""

    done: int
    total: int


Step: TypeAlias = Found | Problem | Progress
# Told how many items of how many are read.
Watcher: TypeAlias = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. `format` names it for people, "" where it was not recognised."""

    format: str
    found: tuple[Found, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each kind were found."""
        return dict(Counter(question.kind for question in self.found))

    @property
    def is_broken(self) -> bool:
        """Whether nothing of the file may be imported, whatever was found."""
        return any(problem.is_fatal for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Written:
    """A file to send. `problems` names what is not in it, or not in a form that other programs read."""

    content: bytes
    suffix: str
    media_type: str
    problems: tuple[Problem, ...] = ()


class Broken(Exception):
    """The file cannot be trusted. The message is a Polish sentence for the editor."""

    def __init__(self, reason: str, *, place: str = "", kind: str = "") -> None:
        super().__init__(reason)
        self.problem = Problem(place, kind, reason, Effect.BROKEN)


class LeftOut(Exception):
    """An item that makes no question of ours. The message is a Polish sentence for the editor."""


def with_images(
    question: Found, markup: Callable[[Image, str], str], picture: Callable[[Image, str], Any]
) -> dict[str, Any]:
    """The question's data with its images as the caller keeps them.

    `markup` gives what stands for an image in rich text, `picture` what stands for the image of an option; both are
    given the image and its description in this place.
    """
    images = {image.source: image for image in question.images}

    def in_text(found: re.Match[str]) -> str:
        alt = html.unescape(found[2])
        return markup(images[found[1]], alt) if found[1] in images else alt

    def kept(value: Any) -> Any:
        if isinstance(value, str):
            return IMAGE.sub(in_text, value)
        if isinstance(value, Mapping):
            image = images.get(str(value.get("src")))
            return picture(image, value["alt"]) if image else {name: kept(part) for name, part in value.items()}
        return [kept(part) for part in value] if isinstance(value, Sequence) else value

    return {name: kept(value) for name, value in question.data.items()}
