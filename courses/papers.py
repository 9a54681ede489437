"""Question papers: the questions of a quiz frozen for an attempt, and an attempt laid out to be answered or reviewed.

Knows the kinds of questions and the shape in which records freeze them, but no pages: what is frozen is all it reads.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import QueryDict

from courses.questions import Answer, InvalidAnswer, Part, Posted, Question, Verdict, load
from elearning.records.attempts import Rules
from elearning.records.models import Attempt

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question as it is answered. `widget` is what its template may show; `error` is said at the question."""

    id: str
    number: int
    points: int
    question: Question
    widget: Mapping[str, Any]
    is_answered: bool = False
    is_complete: bool = False
    saved_at: Any = None
    error: str = ""

    @property
    def field(self) -> str:
        """The name of its field in a form; a part's field adds „-” and the part's id."""
        return field(self.id)

    @property
    def template(self) -> str:
        return f"courses/questions/{self.question.kind}.html"


@dataclass(frozen=True, slots=True)
class Review:
    """One question after the attempt. Without the key, `verdict` is empty and there is nothing but the own answer."""

    number: int
    prompt: str
    given: tuple[str, ...]
    verdict: Verdict | None = None
    points: str = ""
    key: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    feedback: str = ""


def field(question_id: str) -> str:
    """The name of a question's field in a form."""
    return f"q-{question_id}"


def question_of(asked: Asked) -> Question:
    """The question that was frozen."""
    return load(asked["kind"], asked["data"])


def grade(asked: Asked, value: Any) -> Fraction:
    """What an answer to a frozen question is worth, as a share of its points."""
    return question_of(asked).grade(value).share


def merge(asked: Asked, saved: Any, came: Any) -> Any:
    """What to keep when a form comes after saved answers."""
    return question_of(asked).merge(saved, came)


def merged(attempt: Attempt, saved: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    """The saved answers with those that came, by the questions' ids: what a submission now would grade."""
    new = {asked["id"]: merge(asked, saved.get(asked["id"]), came[asked["id"]]) for asked in _of(attempt, came)}
    return {**saved, **new}


def rules_of(attempt: Attempt) -> Rules:
    """The rules that an attempt froze."""
    return Rules(**{**attempt.rules, "pass_mark": Decimal(attempt.rules["pass_mark"])})


def read(asked: Asked, form: QueryDict) -> Answer:
    """The answer that a form holds for a frozen question. Raises `InvalidAnswer`."""
    return question_of(asked).parse(_posted(field(asked["id"]), form))


def read_all(attempt: Attempt, form: QueryDict) -> tuple[dict[UUID, Answer], dict[str, InvalidAnswer]]:
    """The answers that a form holds, and by the questions' ids what is wrong with the others.

    A question of which the form has no field is left out.
    """
    answers: dict[UUID, Answer] = {}
    errors: dict[str, InvalidAnswer] = {}
    for asked in attempt.questions:
        if not _posted(field(asked["id"]), form):
            continue
        try:
            answers[UUID(asked["id"])] = read(asked, form)
        except InvalidAnswer as error:
            errors[asked["id"]] = error
    return answers, errors


def sheets(
    attempt: Attempt, values: Mapping[str, Any], errors: Mapping[str, InvalidAnswer] | None = None
) -> list[Sheet]:
    """All questions of an attempt to be answered, filled with these answers, by the questions' ids."""
    found = [
        _sheet(attempt, number, asked, values.get(asked["id"])) for number, asked in enumerate(attempt.questions, 1)
    ]
    return [_with_error(attempt, sheet, (errors or {}).get(sheet.id)) for sheet in found]


def reviews(attempt: Attempt, values: Mapping[str, Any], *, with_key: bool) -> list[Review]:
    """All questions of a submitted attempt as they were answered; what is right only `with_key`."""
    return [
        _review(number, asked, values.get(asked["id"]), with_key=with_key)
        for number, asked in enumerate(attempt.questions, 1)
    ]


def sample(kind: str, data: Mapping[str, Any], *, number: int = 1, points: int = 1) -> Sheet:
    """A question outside of any attempt, as editors preview it. Raises `InvalidQuestion`."""
    question = load(kind, data)
    widget = question.public(seed="", shuffle=False)
    return Sheet(id=f"podglad-{number}", number=number, points=points, question=question, widget=widget)


def percent(share: Decimal | None) -> int:
    """A share of 0..1 as a whole percentage, rounded down as everywhere."""
    return int((share or Decimal(0)) * 100)


def _of(attempt: Attempt, ids: Container[str]) -> list[Asked]:
    return [asked for asked in attempt.questions if asked["id"] in ids]


def _sheet(attempt: Attempt, number: int, asked: Asked, value: Any) -> Sheet:
    question = question_of(asked)
    seed = f"{attempt.seed}:{asked['id']}"
    return Sheet(
        id=asked["id"],
        number=number,
        points=asked["points"],
        question=question,
        widget=question.public(seed=seed, shuffle=attempt.rules["shuffle"], answer=value),
        is_answered=question.is_answered(value),
        is_complete=question.is_complete(value),
    )


def _with_error(attempt: Attempt, sheet: Sheet, error: InvalidAnswer | None) -> Sheet:
    """The question with its error and what was typed, if that can be shown again."""
    if error is None:
        return sheet
    widget = sheet.widget
    if error.typed is not None:
        seed = f"{attempt.seed}:{sheet.id}"
        widget = sheet.question.public(seed=seed, shuffle=attempt.rules["shuffle"], answer=error.typed)
    return replace(sheet, error=error.message, widget=widget)


def _review(number: int, asked: Asked, value: Any, *, with_key: bool) -> Review:
    question = question_of(asked)
    plain = Review(number=number, prompt=question.prompt, given=question.describe(value))
    if not with_key:
        return plain
    score = question.grade(value)
    return replace(
        plain,
        verdict=question.verdict(value),
        points=f"{_decimal(score.share * asked['points'])} z\xa0{asked['points']}\xa0pkt",
        key=question.describe_key(),
        parts=tuple(part for part in score.parts if part.feedback),
        feedback=question.feedback,
    )


def _decimal(number: Fraction) -> str:
    """At most two places, rounded down, with a comma."""
    value = (Decimal(number.numerator) / number.denominator).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
    return f"{value.normalize():f}".replace(".", ",")


def _posted(name: str, form: QueryDict) -> Posted:
    """The fields of one question, by part."""
    fields: Iterable[tuple[str, Sequence[str]]] = form.lists()
    return {
        key.removeprefix(name).removeprefix("-"): values
        for key, values in fields
        if key == name or key.startswith(f"{name}-")
    }
