"""The only writer of marks: what a person says an answer is worth, and what follows from it.

A mark is one transaction with the attempt and its enrolment locked, and idempotent. Marks are only added: the newest of
an answer holds. What a question is, is passed in as functions, as in `attempts`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from elearning.accounts.models import User
from elearning.notifications import outbox

from . import attempts
from .attempt_rules import Asked, floor_share
from .attempts import Grade
from .models import Answer, Attempt, Mark
from .outline import Outline


class WrongPoints(ValueError):
    """Points that a criterion does not have; `criteria` are the places of the wrong ones, from 0."""

    def __init__(self, criteria: Sequence[int]) -> None:
        super().__init__(*criteria)
        self.criteria = criteria


class NotToBeMarked(ValueError):
    """The attempt is still open, or the answer is graded without a person."""


class OwnAnswer(Exception):
    """Nobody marks one's own answer."""


class OwnSecondOpinion(Exception):
    """The person who asked for a second opinion cannot give it."""


class ResultKnown(Exception):
    """The attempt has its result: a mark can be corrected, but the result does not wait for a second opinion again."""


class MarkedMeanwhile(Exception):
    """Somebody has marked the answer since the page was opened: `mark` is what the person has not seen."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark.pk)
        self.mark = mark


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person gives an answer: `points` for each criterion, whole numbers from 0 to that of `maxima`.

    `seen` is the number of the newest mark that the person has seen.
    """

    points: tuple[int, ...]
    maxima: tuple[int, ...]
    comment: str = ""
    second_opinion: bool = False
    seen: int | None = None

    @property
    def share(self) -> Fraction:
        return Fraction(sum(self.points), sum(self.maxima))


def waiting() -> QuerySet[Answer]:
    """The answers that wait for a person's mark; those with a mark wait for a second opinion."""
    return Answer.objects.filter(score=None, attempt__submitted_at__isnull=False, attempt__score=None)


def waiting_for(person: User) -> QuerySet[Answer]:
    """Those of them that this person can mark: not one's own, nor those whose second opinion the person asked for."""
    newest = Mark.objects.filter(answer=OuterRef("pk")).order_by("-pk").values("marked_by")[:1]
    found = waiting().exclude(attempt__enrolment__user=person.pk).annotate(newest_by=Subquery(newest))
    return found.filter(Q(newest_by=None) | ~Q(newest_by=person.pk))


def marked() -> QuerySet[Answer]:
    """The answers that have their mark."""
    marks = Mark.objects.values("answer")
    return Answer.objects.filter(pk__in=marks, score__isnull=False)


def mark(
    answer: Answer, judgement: Judgement, *, by: User, outline: Outline, grade: Grade, now: datetime
) -> tuple[Mark, bool]:
    """Add a mark; the mark, and whether it is new: a repeated request gets the one that was made.

    With the last mark an attempt gets its result, and its learner a message. A second opinion that is asked for lets
    the answer wait until somebody else has marked it. Raises `WrongPoints`, `NotToBeMarked`, `OwnAnswer`,
    `OwnSecondOpinion`, `ResultKnown`, `MarkedMeanwhile`, and `UnknownItem` where the quiz is not published.
    """
    if wrong := _wrong(judgement):
        raise WrongPoints(wrong)
    with transaction.atomic():
        attempt = attempts.locked(Attempt.objects.filter(pk=answer.attempt_id))
        rows = list(attempt.answers.prefetch_related("marks"))
        row = next(row for row in rows if row.pk == answer.pk)
        newest = newest_mark(row)
        if newest and _repeats(newest, judgement, by):
            return newest, False
        _refuse(attempt, row, judgement, by=by, grade=grade)
        share = None if judgement.second_opinion else judgement.share
        made = Mark.objects.create(
            answer=row,
            marked_by=by,
            marked_at=now,
            points=list(judgement.points),
            out_of=sum(judgement.maxima),
            share=floor_share(judgement.share),
            comment=judgement.comment,
            second_opinion=judgement.second_opinion,
        )
        row.score = None if share is None else floor_share(share)
        row.save(update_fields=["score"])
        waited = attempt.score is None
        shares = {**exact_shares(attempt, rows, grade), str(row.question): share}
        if attempts.settle(attempt, shares=shares, outline=outline, at=now) and waited:
            _tell(attempt, outline)
    return made, True


def newest_mark(answer: Answer) -> Mark | None:
    """The mark that holds. No query where marks are prefetched."""
    return max(answer.marks.all(), key=lambda made: made.pk, default=None)


def exact_shares(attempt: Attempt, answers: Iterable[Answer], grade: Grade) -> dict[str, Fraction | None]:
    """What each answer of a submitted attempt is worth before it is rounded, by the questions' ids.

    By the newest mark or, where no person has marked, by `grade`; None where the answer waits. The answers come with
    their marks.
    """
    rows = {str(answer.question): answer for answer in answers}
    return {asked["id"]: _exact(asked, rows[asked["id"]], grade) for asked in attempt.questions}


def asked_of(attempt: Attempt, answer: Answer) -> Asked:
    """The frozen question that an answer answers."""
    return next(asked for asked in attempt.questions if asked["id"] == str(answer.question))


def _exact(asked: Asked, answer: Answer, grade: Grade) -> Fraction | None:
    if answer.score is None:
        return None
    made = newest_mark(answer)
    return made.exact if made else grade(asked, answer.value)


def _wrong(judgement: Judgement) -> list[int]:
    pairs = zip(judgement.points, judgement.maxima, strict=True)
    return [place for place, (given, most) in enumerate(pairs) if not 0 <= given <= most]


def _repeats(newest: Mark, judgement: Judgement, by: User) -> bool:
    """Whether the request is the very one that made the newest mark: a double click, a retry, Back and again."""
    made = (newest.marked_by_id, tuple(newest.points), newest.comment, newest.second_opinion)
    return made == (by.pk, judgement.points, judgement.comment, judgement.second_opinion)


def _refuse(attempt: Attempt, row: Answer, judgement: Judgement, *, by: User, grade: Grade) -> None:
    """Raises where this person cannot make this mark now."""
    if attempt.submitted_at is None or grade(asked_of(attempt, row), row.value) is not None:
        raise NotToBeMarked(row.pk)
    if attempt.enrolment.user_id == by.pk:
        raise OwnAnswer(row.pk)
    if judgement.second_opinion and attempt.score is not None:
        raise ResultKnown(attempt.pk)
    newest = newest_mark(row)
    if newest is None:
        return
    if newest.second_opinion and newest.marked_by_id == by.pk:
        raise OwnSecondOpinion(newest.pk)
    if newest.pk != judgement.seen:
        raise MarkedMeanwhile(newest)


def _tell(attempt: Attempt, outline: Outline) -> None:
    """One message for each attempt, whatever is corrected later."""
    item = outline.item(attempt.item)
    outbox.queue(
        key=f"attempt-marked:{attempt.pk}",
        user=attempt.enrolment.user,
        template="records/messages/attempt_marked",
        context={"quiz": item.title, "course": outline.title, "number": attempt.number, "path": item.url},
    )
