"""The only writers of attempts at quizzes: start, save an answer, submit.

Each verb is one transaction with the enrolment's row locked (to save an answer, the attempt's), and idempotent. What a
question is and what an answer is worth is passed in as functions: records know neither kinds nor keys.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from . import recording
from .models import Answer, Attempt, Enrolment
from .outline import Item, Outcome, Outline, Status

# As the column keeps it. Rounded down, so that no score reaches a pass mark by rounding.
SHARE = Decimal("0.0001")

# A question as it is frozen in an attempt: see `Attempt.questions`.
Asked = Mapping[str, Any]
Value = Any
Grade = Callable[[Asked, Value], Fraction]
Merge = Callable[[Asked, Value, Value], Value]


class NothingToAsk(ValueError):
    """A quiz without questions cannot be attempted."""


class AttemptsExhausted(Exception):
    """All attempts that the quiz allows are used."""


class AttemptClosed(Exception):
    """The attempt was submitted: nothing in it changes any more."""


class UnknownQuestion(LookupError):
    """The attempt does not ask that question."""


@dataclass(frozen=True, slots=True)
class FrozenQuestion:
    """A question of the bank as it stands now: `question` is its number in the bank, `data` holds its key."""

    question: int
    revision: int | None
    title: str
    kind: str
    points: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """The quiz's settings as they stand now. `pass_mark` is a share of 0..1; 0 `attempts_allowed` is no limit."""

    pass_mark: Decimal
    attempts_allowed: int = 0
    shuffle: bool = True
    review: str = "key"
    counts: str = "best"


def start(
    *,
    enrolment: Enrolment,
    outline: Outline,
    item: Item,
    questions: Sequence[FrozenQuestion],
    rules: Rules,
    now: datetime,
) -> Attempt:
    """Open an attempt, with its questions and rules frozen; the one that is open already is given back.

    Raises `NothingToAsk`, `AttemptsExhausted`. The database allows one open attempt and each number once.
    """
    if not questions:
        raise NothingToAsk(item.id)
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        earlier = list(locked.attempts.filter(item=item.id).defer("questions"))
        if opened := next((attempt for attempt in earlier if attempt.submitted_at is None), None):
            return opened
        if 0 < rules.attempts_allowed <= len(earlier):
            raise AttemptsExhausted(item.id)
        attempt = Attempt.objects.create(
            enrolment=locked,
            page_id=item.page_id,
            item=item.id,
            number=max((attempt.number for attempt in earlier), default=0) + 1,
            title=item.title,
            revision=item.revision_id,
            seed=secrets.randbelow(2**31),
            questions=[{"id": str(uuid4()), **asdict(question)} for question in questions],
            rules={**asdict(rules), "pass_mark": str(rules.pass_mark)},
            started_at=now,
        )
        begun = Outcome(item_id=item.id, status=Status.IN_PROGRESS, at=now)
        recording.record(enrolment=locked, outline=outline, outcome=begun)
    return attempt


def save_answer(
    attempts: models.QuerySet[Attempt], *, question_id: UUID, read: Callable[[Asked], Value], now: datetime
) -> None:
    """Keep the newest answer to one question of the one attempt that `attempts` finds. Two queries.

    `read` makes the answer from the frozen question; what it raises leaves everything as it was. Raises
    `Attempt.DoesNotExist`, `AttemptClosed`, `UnknownQuestion`.
    """
    with transaction.atomic():
        attempt = _open(attempts)
        asked = next((asked for asked in attempt.questions if asked["id"] == str(question_id)), None)
        if asked is None:
            raise UnknownQuestion(question_id)
        _write([_answer(attempt, asked, read(asked), now)])


def save_answers(
    attempts: models.QuerySet[Attempt], *, answers: Mapping[UUID, Value], merge: Merge, now: datetime
) -> None:
    """Keep what a form sent for many questions, no blank over an answer. Raises as `save_answer`."""
    with transaction.atomic():
        attempt = _open(attempts)
        values = _merged(attempt, answers, merge)
        _write([_answer(attempt, asked, values[asked["id"]], now) for asked in attempt.questions])


def submit(
    attempts: models.QuerySet[Attempt],
    *,
    answers: Mapping[UUID, Value],
    grade: Grade,
    merge: Merge,
    outline: Outline,
    now: datetime,
) -> Attempt:
    """Close the one attempt that `attempts` finds: save what came, grade what is saved, record what it is worth.

    An attempt that was submitted before comes back unchanged. Raises `Attempt.DoesNotExist`, and `UnknownItem` where
    the quiz is no part of the course any more.
    """
    with transaction.atomic():
        attempt = _locked(attempts)
        if attempt.submitted_at is not None:
            return attempt
        values = _merged(attempt, answers, merge)
        shares = {asked["id"]: grade(asked, values[asked["id"]]) for asked in attempt.questions}
        rows = [_answer(attempt, asked, values[asked["id"]], now) for asked in attempt.questions]
        for row in rows:
            row.score = floor_share(shares[str(row.question)])
        _write(rows, "score")
        attempt.submitted_at = now
        attempt.score = floor_share(total(attempt.questions, shares))
        attempt.passed = attempt.score >= pass_mark(attempt)
        attempt.save(update_fields=["submitted_at", "score", "passed"])
        recording.record(enrolment=attempt.enrolment, outline=outline, outcome=_outcome(attempt, now))
    return attempt


def total(questions: Iterable[Asked], shares: Mapping[str, Fraction]) -> Fraction:
    """The share of all points that these shares of the questions' points make."""
    questions = list(questions)
    points = sum(asked["points"] for asked in questions)
    return sum((shares[asked["id"]] * asked["points"] for asked in questions), Fraction(0)) / points


def floor_share(share: Fraction) -> Decimal:
    """An exact share as it is kept."""
    return (Decimal(share.numerator) / share.denominator).quantize(SHARE, rounding=ROUND_FLOOR)


def pass_mark(attempt: Attempt) -> Decimal:
    """The pass mark that held when the attempt was started, as a share of 0..1."""
    return Decimal(attempt.rules["pass_mark"])


def counted(scores: Sequence[Decimal], counts: str) -> Decimal:
    """The score that counts, of the submitted attempts in their order: the best, the last, the first or the average."""
    if counts == "last":
        return scores[-1]
    if counts == "first":
        return scores[0]
    if counts == "average":
        return (sum(scores, Decimal(0)) / len(scores)).quantize(SHARE, rounding=ROUND_FLOOR)
    return max(scores)


def _outcome(attempt: Attempt, now: datetime) -> Outcome:
    """What the attempts so far are worth by the rule that counts."""
    submitted = Attempt.objects.filter(enrolment=attempt.enrolment_id, item=attempt.item, score__isnull=False)
    scores = [score for score in submitted.order_by("number").values_list("score", flat=True) if score is not None]
    score = counted(scores, attempt.rules["counts"])
    status = Status.COMPLETED if score >= pass_mark(attempt) else Status.IN_PROGRESS
    return Outcome(item_id=attempt.item, status=status, at=now, score=score)


def _locked(attempts: models.QuerySet[Attempt]) -> Attempt:
    return attempts.select_related("enrolment").select_for_update(of=("self", "enrolment")).get()


def _open(attempts: models.QuerySet[Attempt]) -> Attempt:
    """The attempt, locked alone and read as far as an answer needs: people save ten answers for each submission."""
    attempt = attempts.select_for_update(of=("self",)).only("questions", "submitted_at").get()
    if attempt.submitted_at is not None:
        raise AttemptClosed(attempt.pk)
    return attempt


def _merged(attempt: Attempt, answers: Mapping[UUID, Value], merge: Merge) -> dict[str, Value]:
    """The saved answers with those that came, by the questions' ids. Raises `UnknownQuestion`."""
    known = {asked["id"] for asked in attempt.questions}
    came = {str(question): value for question, value in answers.items()}
    if unknown := came.keys() - known:
        raise UnknownQuestion(*unknown)
    saved = {str(answer.question): answer.value for answer in attempt.answers.all()}
    return {
        asked["id"]: merge(asked, saved.get(asked["id"]), came[asked["id"]])
        if asked["id"] in came
        else saved.get(asked["id"])
        for asked in attempt.questions
    }


def _answer(attempt: Attempt, asked: Asked, value: Value, now: datetime) -> Answer:
    return Answer(attempt=attempt, question=UUID(asked["id"]), source=asked["question"], value=value, saved_at=now)


def _write(rows: Sequence[Answer], *more: str) -> None:
    """One statement for all rows: an insert that updates what is there."""
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["attempt", "question"],
        update_fields=["value", "saved_at", *more],
    )
