"""Questions as the parameters of our own H5P content type, H5P.AccessibleQuestionSet: plain data of its semantics.

H5P keeps plain texts escaped as HTML, and files as entries of their own; in a text, [image:1] stands for the first.
"""

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from courses.questions import Question, load
from courses.questions.choices import Option
from courses.questions.gaps import Gaps
from courses.questions.matching import Matching
from courses.questions.multiple_choice import MultipleChoice
from courses.questions.number import Number, written
from courses.questions.open_text import OpenText
from courses.questions.ordering import Ordering
from courses.questions.short_text import ShortText
from courses.questions.single_choice import SingleChoice
from courses.questions.true_false import TrueFalse
from h5p.content_types import FOLDER

from .base import IMAGE, Effect, Found, Image, LeftOut, Problem
from .images import SUFFIXES, own_images
from .rich_text import clean

LIBRARY = "H5P.AccessibleQuestionSet 1.0"

MARKS = re.compile(r"(</?)(b|i)\b")
H5P_MARKS = {"b": "strong", "i": "em"}

Params: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a quiz. `points` is 1..100; `sub_content_id` a UUID under which its results are reported."""

    found: Found
    points: int
    sub_content_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How the content plays. `pass_percentage` is 0..100, 0 for no pass mark."""

    retry: bool = True
    solutions: bool = True
    feedback: bool = True
    score: bool = True
    shuffle_options: bool = False
    shuffle_questions: bool = False
    pass_percentage: int = 0


@dataclass(slots=True)
class Content:
    """The parameters, the files they name by their paths in the content, and what is not in them."""

    params: Params
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def content(asked: Sequence[Asked], *, behaviour: Behaviour, intro: str = "", language: str = "pl") -> Content:
    """All questions as one content. `intro` is rich text. Raises `InvalidQuestion` for data that make no question."""
    made = Content({})
    questions = []
    for one in asked:
        writer = _Writer(one.found)
        try:
            params = writer.params()
        except LeftOut as reason:
            made.problems.append(Problem(one.found.title, one.found.kind, str(reason), Effect.LEFT_OUT))
            continue
        questions.append({"subContentId": one.sub_content_id, **params, "points": one.points})
        made.files |= writer.files
    made.params = {
        "intro": _marked(clean(intro).html),
        "questions": questions,
        "behaviour": {
            "enableRetry": behaviour.retry,
            "enableSolutionsButton": behaviour.solutions,
            "showFeedback": behaviour.feedback,
            "showScore": behaviour.score,
            "shuffleOptions": behaviour.shuffle_options,
            "shuffleQuestions": behaviour.shuffle_questions,
            "passPercentage": behaviour.pass_percentage,
        },
        "l10n": words(language),
    }
    return made


def question(kind: str, data: Mapping[str, Any]) -> Params:
    """One question without images. Raises `InvalidQuestion` and `LeftOut`."""
    return _Writer(Found(kind=kind, title="", data=data)).params()


@cache
def words(language: str) -> dict[str, str]:
    """What learners read around the questions, by the names of the content type. Do not change what this returns."""
    folder = FOLDER / LIBRARY.replace(" ", "-")
    fields = json.loads((folder / "semantics.json").read_text("utf-8"))
    said = json.loads((folder / "language" / f"{language}.json").read_text("utf-8"))["semantics"]
    at = next(number for number, one in enumerate(fields) if one["name"] == "l10n")
    pairs = zip(fields[at]["fields"], said[at]["fields"], strict=True)
    return {one["name"]: _plain(other["default"]) for one, other in pairs}


class _Writer:
    """Writes one question, and collects the files it needs."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.images = {image.source: image for image in found.images}
        self.pictures: list[Params] = []
        self.files: dict[str, bytes] = {}

    def params(self) -> Params:
        loaded = load(self.found.kind, self.found.data)
        params = {"kind": loaded.kind, "text": self._rich(loaded.text), **self._typed(loaded)}
        params["feedback"] = self._rich(loaded.feedback)
        return {**params, "pictures": self.pictures} if self.pictures else params

    def _typed(self, loaded: Question) -> Params:
        """What only this kind has."""
        match loaded:
            case SingleChoice() | MultipleChoice():
                return {"options": [self._option(option) for option in loaded.options]}
            case TrueFalse():
                return {"isTrue": loaded.answer}
            case ShortText():
                return {"shortText": self._short_text(loaded)}
            case Matching():
                return {"matching": _matching(loaded)}
            case Ordering():
                return {"items": [_plain(item.text) for item in loaded.items]}
            case _:
                return _plainly_typed(loaded)

    def _option(self, option: Option) -> Params:
        params: Params = {
            "text": _plain(option.text),
            "correct": option.correct,
            "feedback": self._rich(option.feedback),
        }
        image = self.images.get(str((option.image or {}).get("src", "")))
        if image is not None:
            params |= {"image": self._file(image), "alt": _plain(str((option.image or {}).get("alt", "")))}
        return params

    def _short_text(self, loaded: ShortText) -> Params:
        accepted = [
            {"text": _plain(one.text), "percent": one.percent, "feedback": self._rich(one.feedback)}
            for one in loaded.accepted
        ]
        return {"accepted": accepted, "ignoreDiacritics": loaded.ignore_diacritics}

    def _rich(self, text: str) -> str:
        cleaned = clean(text, own_images(self.found)).html
        return _marked(IMAGE.sub(self._picture, cleaned))

    def _picture(self, found: re.Match[str]) -> str:
        """What stands for an image in a text. The description is escaped there as it is in our own."""
        image = self.images.get(found[1])
        if image is None:
            return found[2]
        picture = {"image": self._file(image), "alt": found[2]}
        if picture not in self.pictures:
            self.pictures.append(picture)
        return f"[image:{self.pictures.index(picture) + 1}]"

    def _file(self, image: Image) -> Params:
        name = hashlib.sha256(image.content).hexdigest()[:16]
        path = f"images/{name}.{SUFFIXES.get(image.media_type, 'bin')}"
        self.files[path] = image.content
        return {"path": path, "mime": image.media_type, "copyright": {"license": "U"}}


def _plainly_typed(loaded: Question) -> Params:
    """The kinds to type into that have nothing but plain values."""
    match loaded:
        case Gaps():
            return {}
        case Number():
            values = {"answer": written(loaded.answer), "tolerance": written(loaded.tolerance)}
            return {"number": {**values, "unit": _plain(loaded.unit)}}
        case OpenText():
            return {"openText": {"minWords": loaded.min_words, "maxWords": loaded.max_words}}
        case _:
            raise LeftOut("Nasza treść H5P nie ma takiego rodzaju pytania.")


def _matching(loaded: Matching) -> Params:
    pairs = [{"left": _plain(pair.left), "right": _plain(pair.right)} for pair in loaded.pairs]
    return {"pairs": pairs, "extra": [_plain(text) for text in loaded.extra]}


def _plain(text: str) -> str:
    return html.escape(text, quote=False)


def _marked(text: str) -> str:
    """Our rich text in the marks that H5P's filter knows."""
    return MARKS.sub(lambda found: found[1] + H5P_MARKS[found[2]], text)
