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
from courses.questions.base import ALL, NOTHING
from elearning.records.attempt_rules import Rules
from elearning.records.models import Attempt
from elearning.records.receipts import Stamp

Asked = Mapping[str, Any]

PAGE_NAME = 36  # characters: a UUID
MAX_NUMBER = 2**31  # what the columns hold
MAX_DIGITS = len(str(MAX_NUMBER))  # Python refuses to read thousands of them

# No keyboard types it, and PostgreSQL keeps it in no text.
NUL = "\0"
HAS_NUL = "W odpowiedzi jest znak, którego nie da się zapisać. Wpisz ją jeszcze raz."


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
    version: int = 0
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
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, and the mark of the person who had to judge it, if there is one."""

    value: Any = None
    share: Fraction | None = None
    comment: str = ""


NOT_GIVEN = Given()


def field(question_id: str) -> str:
    """The name of a question's field in a form."""
    return f"q-{question_id}"


def seen_field(question_id: str) -> str:
    """The name of the field that tells which version of an answer a page was looking at; 0 for none."""
    return f"seen-{question_id}"


def question_of(asked: Asked) -> Question:
    """The question that was frozen."""
    return load(asked["kind"], asked["data"])


def grade(asked: Asked, value: Any) -> Fraction | None:
    """What an answer to a frozen question is worth, as a share of its points; None where a person has to say."""
    question = question_of(asked)
    if question.graded_by_person and question.is_answered(value):
        return None
    return question.grade(value).share


def merge(asked: Asked, saved: Any, came: Any) -> Any:
    """What to keep when a form comes after saved answers."""
    return question_of(asked).merge(saved, came)


def merged(attempt: Attempt, saved: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    """The saved answers with those that came, by the questions' ids: what a submission now would grade."""
    new = {asked["id"]: merge(asked, saved.get(asked["id"]), came[asked["id"]]) for asked in _of(attempt, came)}
    return {**saved, **new}


def rules_of(attempt: Attempt) -> Rules:
    """The rules that an attempt froze."""
    return Rules.of(attempt.rules)


def read(asked: Asked, form: QueryDict) -> Answer:
    """The answer that a form holds for a frozen question. Raises `InvalidAnswer`."""
    posted = _posted(field(asked["id"]), form)
    if any(NUL in value for values in posted.values() for value in values):
        raise InvalidAnswer(HAS_NUL)
    return question_of(asked).parse(posted)


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


def seen(attempt: Attempt, form: QueryDict) -> dict[UUID, int]:
    """Which version of each answer the page of a form was looking at; nothing for a question it says nothing of."""
    versions = {asked["id"]: form.get(seen_field(asked["id"]), "") for asked in attempt.questions}
    return {UUID(question): int(version) for question, version in versions.items() if _is_number(version)}


def stamp(question_id: str, form: QueryDict) -> Stamp:
    """What a page says of itself and of the answer it sends. Raises ValueError for what no page of ours sends."""
    page = form.get("page", "")
    if len(page) > PAGE_NAME or NUL in page:
        raise ValueError(page)
    return Stamp(page=page, sequence=_number(form.get("sequence")), seen=_number(form.get(seen_field(question_id))))


def sheets(
    attempt: Attempt,
    values: Mapping[str, Any],
    errors: Mapping[str, InvalidAnswer] | None = None,
    *,
    versions: Mapping[str, int] | None = None,
) -> list[Sheet]:
    """All questions of an attempt to be answered, filled with these answers, by the questions' ids."""
    found = [
        replace(_sheet(attempt, number, asked, values.get(asked["id"])), version=(versions or {}).get(asked["id"], 0))
        for number, asked in enumerate(attempt.questions, 1)
    ]
    return [_with_error(attempt, sheet, (errors or {}).get(sheet.id)) for sheet in found]


def reviews(attempt: Attempt, given: Mapping[str, Given], *, level: str) -> list[Review]:
    """All questions of a submitted attempt as they were answered.

    With the level „answers” nothing more than that; „feedback” adds how the answers did and what is said to them,
    „key” the right answers too.
    """
    return [
        _review(number, asked, given.get(asked["id"], NOT_GIVEN), level=level)
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


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MAX_DIGITS


def _number(text: str | None) -> int:
    number = int(text or 0)
    if not 0 <= number < MAX_NUMBER:
        raise ValueError(text)
    return number


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


def _review(number: int, asked: Asked, given: Given, *, level: str) -> Review:
    question = question_of(asked)
    plain = Review(number=number, prompt=question.prompt, given=question.describe(given.value))
    if level not in {"feedback", "key"}:
        return plain
    verdict, share, parts = _judged(question, given)
    waits = verdict is Verdict.WAITING
    return replace(
        plain,
        verdict=verdict,
        points="" if waits else f"{_decimal(share * asked['points'])} z\xa0{asked['points']}\xa0pkt",
        key=question.describe_key() if level == "key" else (),
        parts=tuple(part for part in parts if part.feedback),
        feedback=question.feedback,
        comment=given.comment,
    )


def _judged(question: Question, given: Given) -> tuple[Verdict, Fraction, tuple[Part, ...]]:
    """How an answer did: by the question's own rule, or by a person's mark where one is needed."""
    if question.graded_by_person and question.is_answered(given.value):
        if given.share is None:
            return Verdict.WAITING, NOTHING, ()
        return _verdict(given.share), given.share, ()
    score = question.grade(given.value)
    return question.verdict(given.value), score.share, score.parts


def _verdict(share: Fraction) -> Verdict:
    """How a person's mark reads in one word."""
    if share == ALL:
        return Verdict.CORRECT
    return Verdict.PARTIAL if share else Verdict.WRONG


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
