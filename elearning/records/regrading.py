"""The only writer of regrades: results worked out anew after a question of the bank has changed.

Nothing of it happens by itself. `plan` says first whose result would change and how; `apply` does that and nothing
else, and writes down who did it and why. A completion is never taken away.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from elearning.accounts.models import User

from . import attempts
from .attempt_rules import Asked, FrozenQuestion, floor_share, total
from .attempts import Grade
from .marking import exact_shares
from .models import Answer, Attempt, Regrade
from .outline import Item, Outline

# Attempts read or changed at once: what one transaction holds while learners wait to save.
BATCH = 50

# Whether an answer to the first question, as it was frozen, can be read as an answer to the second.
Reads = Callable[[Asked, Asked], bool]


class NoReason(ValueError):
    """A regrade needs a reason."""


@dataclass(frozen=True, slots=True)
class Side:
    """What an attempt says before or after: the question's version, the answer's share, the attempt's score."""

    revision: int | None
    share: Decimal | None
    score: Decimal | None
    passed: bool | None

    def plain(self) -> dict[str, Any]:
        """As the log keeps it: shares and scores are texts, „0.3333”."""
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Taken:
    """Whose attempt it is; without its questions, which are heavy."""

    attempt: int
    number: int
    learner: str


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt that would get another version of the question, and perhaps another result."""

    taken: Taken
    question: str
    before: Side
    after: Side

    @property
    def is_felt(self) -> bool:
        """Whether the answer or the attempt would be worth something else."""
        return replace(self.before, revision=None) != replace(self.after, revision=None)

    @property
    def loses_pass(self) -> bool:
        return bool(self.before.passed and not self.after.passed)

    def plain(self) -> dict[str, Any]:
        """As `Regrade.changes` keeps it."""
        return {
            "attempt": self.taken.attempt,
            "question": self.question,
            "before": self.before.plain(),
            "after": self.after.plain(),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a regrade would do. `unreadable` are attempts it would leave, `open` counts those not submitted yet."""

    item: Item
    question: FrozenQuestion
    changes: Sequence[Change] = ()
    unreadable: Sequence[Taken] = ()
    open: int = 0

    @property
    def felt(self) -> list[Change]:
        """The changes that somebody would notice."""
        return [change for change in self.changes if change.is_felt]

    @property
    def fingerprint(self) -> str:
        """The same for the same plan: what a person has seen is what is applied."""
        facts = [self.question.question, self.question.revision, [change.plain() for change in self.changes]]
        return sha256(repr(facts).encode()).hexdigest()


@dataclass(slots=True)
class _Log:
    """The row of a regrade, written with its first change and completed with each batch."""

    row: Regrade
    changes: list[dict[str, Any]] = field(default_factory=list)

    def add(self, changes: Sequence[Change]) -> None:
        if changes:
            self.changes += [change.plain() for change in changes]
            self.row.changes = self.changes
            self.row.save()


def plan(*, outline: Outline, item: Item, question: FrozenQuestion, grade: Grade, reads: Reads) -> Plan:
    """Which submitted attempts at a quiz would change, and how, with this version of a question. Changes nothing.

    Attempts that have this version already are left out. Three queries for each batch, and one.
    """
    asking = Attempt.objects.filter(page=item.page_id, item=item.id, enrolment__course=outline.course_id)
    answered = Answer.objects.filter(attempt=OuterRef("pk"), source=question.question)
    submitted = asking.filter(Exists(answered), submitted_at__isnull=False)
    changes: list[Change] = []
    unreadable: list[Taken] = []
    for attempt in _with_answers(submitted.select_related("enrolment__user").order_by("pk")):
        taken = Taken(attempt.pk, attempt.number, str(attempt.enrolment.user))
        for asked in _older(attempt, question):
            if reads(asked, _newer(asked, question)):
                changes.append(_change(taken, attempt, asked, question, grade))
            else:
                unreadable.append(taken)
    opened = asking.filter(submitted_at=None).values_list("questions", flat=True)
    still_open = sum(any(asked["question"] == question.question for asked in questions) for questions in opened)
    return Plan(item, question, changes, unreadable, still_open)


def apply(plan: Plan, *, outline: Outline, grade: Grade, by: User, reason: str, now: datetime) -> Regrade | None:
    """Do what a plan says, attempt by attempt, and log it; None where nothing of it was left to do.

    Attempts that have changed since the plan was made are left as they are. Raises `NoReason`, and `UnknownItem` where
    the quiz is not published.
    """
    if not reason.strip():
        raise NoReason
    log = _Log(
        Regrade(
            page_id=plan.item.page_id,
            item=plan.item.id,
            question=plan.question.question,
            title=plan.question.title,
            reason=reason,
            made_by=by,
            made_at=now,
        )
    )
    for start in range(0, len(plan.changes), BATCH):
        with transaction.atomic():
            planned = plan.changes[start : start + BATCH]
            log.add([change for change in planned if _carry_out(change, plan.question, outline, grade, now)])
    return log.row if log.changes else None


def _carry_out(change: Change, question: FrozenQuestion, outline: Outline, grade: Grade, now: datetime) -> bool:
    """Change one attempt, locked, if it is still as the plan has found it; whether it was."""
    attempt = attempts.locked(Attempt.objects.filter(pk=change.taken.attempt))
    answers = {str(answer.question): answer for answer in attempt.answers.prefetch_related("marks")}
    asked = next((asked for asked in _older(attempt, question) if asked["id"] == change.question), None)
    if asked is None or _side(attempt, asked, answers[change.question]) != change.before:
        return False
    attempt.questions = _replaced(attempt, asked, question)
    attempt.save(update_fields=["questions"])
    if not change.is_felt:
        return True
    answer = answers[change.question]
    answer.score = change.after.share
    answer.save(update_fields=["score"])
    attempts.settle(attempt, shares=exact_shares(attempt, answers.values(), grade), outline=outline, at=now)
    return True


def _change(taken: Taken, attempt: Attempt, asked: Asked, question: FrozenQuestion, grade: Grade) -> Change:
    """What the attempt would say. Where the answer is worth the same, so is the attempt."""
    answers = {str(answer.question): answer for answer in attempt.answers.all()}
    mine = answers[asked["id"]]
    before = _side(attempt, asked, mine)
    exact = grade(_newer(asked, question), mine.value)
    after = replace(before, revision=question.revision, share=_kept(exact))
    shares = {**exact_shares(attempt, answers.values(), grade), asked["id"]: exact}
    known = {key: share for key, share in shares.items() if share is not None}
    if after.share != before.share and len(known) == len(shares):
        score = floor_share(total(attempt.questions, known))
        after = replace(after, score=score, passed=score >= attempts.pass_mark(attempt))
    return Change(taken, asked["id"], before, after)


def _side(attempt: Attempt, asked: Asked, answer: Answer) -> Side:
    return Side(asked["revision"], answer.score, attempt.score, attempt.passed)


def _kept(share: Fraction | None) -> Decimal | None:
    return None if share is None else floor_share(share)


def _older(attempt: Attempt, question: FrozenQuestion) -> list[Asked]:
    """The question as the attempt froze it, where that was another version; a quiz asks a question once."""
    return [
        asked
        for asked in attempt.questions
        if asked["question"] == question.question and asked["revision"] != question.revision
    ]


def _newer(asked: Asked, question: FrozenQuestion) -> Asked:
    """The frozen question in its new version; its place in the attempt and its points stay."""
    return {**asked, **{name: value for name, value in asdict(question).items() if name != "points"}}


def _replaced(attempt: Attempt, asked: Asked, question: FrozenQuestion) -> list[Asked]:
    return [_newer(asked, question) if other["id"] == asked["id"] else other for other in attempt.questions]


def _with_answers(found: QuerySet[Attempt]) -> Iterator[Attempt]:
    """Attempts with their answers and marks, a batch at a time: their questions are tens of kilobytes each."""
    answers = Answer.objects.prefetch_related("marks")
    return found.prefetch_related(Prefetch("answers", answers)).iterator(chunk_size=BATCH)
