"""The only writers of attempts at quizzes: start, save an answer, submit, end what is out of time.

Each verb is one transaction with the enrolment's row locked (to save an answer, the attempt's), and idempotent. What a
question is and what an answer is worth is passed in as functions: records know neither kinds nor keys. The server keeps
the time: after an attempt's deadline nothing that comes changes it any more.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models import FilteredRelation

from elearning.cms.prepared import Prepared

from . import attempt_rules, recording
from .attempt_rules import Allowance, Asked, FrozenQuestion, Past, Refusal, Rules, counted, floor_share, total
from .models import Answer, Attempt, Enrolment
from .outline import Item, Outcome, Outline, Status
from .receipts import Kept, Reception, Stamp, receive

Value = Any
# What an answer is worth as a share of 0..1; None where a person has to say.
Grade = Callable[[Asked, Value], Fraction | None]
Merge = Callable[[Asked, Value, Value], Value]

NO_STAMP = Stamp()
# What changes in the row of an answer that is saved again, and what is read of it before.
WRITTEN = ("value", "saved_at", "version", "page", "sequence")
KEPT = ("id", *WRITTEN)
# What is read of an attempt to save an answer in it, in the order of its fields; and what says that it has ended.
OPENED = ("id", "questions", "deadline_at", "submitted_at")
ENDED = ("submitted_at", "ending")


class NothingToAsk(ValueError):
    """A quiz without questions cannot be attempted."""


class StartRefused(Exception):
    """No attempt can be started now; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class AttemptClosed(Exception):
    """The attempt was submitted: nothing in it changes any more."""


class OutOfTime(Exception):
    """The time of the attempt is up: it is graded from what was saved before."""


class Overtaken(Exception):
    """Other pages have saved newer answers than a form had seen; `questions` are their ids. Nothing was changed."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(*questions)
        self.questions = questions


class UnknownQuestion(LookupError):
    """The attempt does not ask that question."""


class NewerAnswer(Exception):
    """Another page has saved an answer that this one has not seen: the person decides which of them stays."""

    def __init__(self, asked: Asked, saved: Value, version: int) -> None:
        super().__init__(asked["id"])
        self.asked, self.saved, self.version = asked, saved, version


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The answers that a form sent, by the questions' ids, and the versions it was filled with, where it says so."""

    answers: Mapping[UUID, Value] = field(default_factory=dict)
    seen: Mapping[UUID, int] = field(default_factory=dict)


class Place(NamedTuple):
    """Which attempt: whose, at the quiz of which address (without the page of its site), and its number."""

    user_id: int | None
    quiz_url: str
    number: int


@dataclass(frozen=True, slots=True)
class Saved:
    """The receipt of an answer: the moment it was kept, and the version that it is."""

    at: datetime
    version: int


def allowance_of(enrolment: Enrolment, item_id: UUID) -> Allowance:
    """What this person was granted beyond the rules of a quiz: the newest grant holds. One query."""
    granted = enrolment.extensions.filter(item=item_id).order_by("pk").last()
    if granted is None:
        return attempt_rules.NOTHING_MORE
    return Allowance(minutes=granted.minutes, attempts=granted.attempts, closes_at=granted.closes_at)


def start(
    *,
    enrolment: Enrolment,
    outline: Outline,
    item: Item,
    draw: Callable[[], Sequence[FrozenQuestion]],
    rules: Rules,
    now: datetime,
) -> Attempt:
    """Open an attempt, with its questions and rules frozen; the one that is open already is given back.

    Raises `NothingToAsk`, `StartRefused`, and what `draw` raises. The database allows one open attempt and each number
    once. An open attempt that is out of time must be ended by `submit` first: it comes back as it is.
    """
    with transaction.atomic():
        mine = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        earlier = list(mine.attempts.filter(item=item.id).defer("questions"))
        if opened := next((attempt for attempt in earlier if attempt.submitted_at is None), None):
            return opened
        allowance = allowance_of(mine, item.id)
        past = [Past(attempt.started_at, attempt.submitted_at) for attempt in earlier]
        if refusal := attempt_rules.refusal(rules, past, now=now, allowance=allowance):
            raise StartRefused(refusal)
        questions = draw()
        if not questions:
            raise NothingToAsk(item.id)
        attempt = Attempt.objects.create(
            enrolment=mine,
            page_id=item.page_id,
            item=item.id,
            number=max((attempt.number for attempt in earlier), default=0) + 1,
            title=item.title,
            revision=item.revision_id,
            seed=secrets.randbelow(2**31),
            questions=[{"id": str(uuid4()), **asdict(question)} for question in questions],
            rules=rules.freeze(),
            started_at=now,
            deadline_at=attempt_rules.deadline(rules, started_at=now, allowance=allowance),
        )
        begun = Outcome(item_id=item.id, status=Status.IN_PROGRESS, at=now)
        recording.advance(mine, outline=outline, outcome=begun)
    return attempt


def save_answer(
    place: Place,
    *,
    question_id: UUID,
    read: Callable[[Asked], Value],
    now: datetime,
    stamp: Stamp = NO_STAMP,
) -> Saved:
    """Keep the newest answer to one question of the attempt at that place. Two queries, or three.

    `read` makes the answer from the frozen question; what it raises leaves everything as it was. A repeated or
    overtaken request gets the receipt of what is kept. Raises `Attempt.DoesNotExist`, `AttemptClosed`, `OutOfTime`,
    `UnknownQuestion`, `NewerAnswer`.
    """
    with transaction.atomic():
        attempt, saved = _opened(place, question_id)
        _refuse_ended(attempt, now)
        asked = next((asked for asked in attempt.questions if asked["id"] == str(question_id)), None)
        if asked is None:
            raise UnknownQuestion(question_id)
        row = _answer(attempt, asked, read(asked), now)
        if saved is None:
            row.page, row.sequence = stamp.page, stamp.sequence
            row.save(force_insert=True)
            return Saved(now, row.version)
        reception = receive(Kept(saved.version, saved.page, saved.sequence), stamp)
        if reception is Reception.REPEATED or (reception is Reception.CONFLICT and saved.value == row.value):
            return Saved(saved.saved_at, saved.version)
        if reception is Reception.CONFLICT:
            raise NewerAnswer(asked, saved.value, saved.version)
        row.pk, row.version, row.page, row.sequence = saved.pk, saved.version + 1, stamp.page, stamp.sequence
        row.save(update_fields=WRITTEN)
    return Saved(now, row.version)


def save_answers(
    attempts: models.QuerySet[Attempt],
    *,
    came: HandedIn,
    merge: Merge,
    now: datetime,
) -> None:
    """Keep what a form sent for many questions, no blank over an answer.

    Raises as `save_answer`, and `Overtaken` instead of `NewerAnswer`.
    """
    with transaction.atomic():
        attempt = _open(attempts, now)
        saved = _saved(attempt)
        values = _merged(attempt, saved, came, merge)
        _write([_answer(attempt, asked, values[asked["id"]], now, saved) for asked in attempt.questions])


def submit(
    attempts: models.QuerySet[Attempt],
    *,
    came: HandedIn,
    grade: Grade,
    merge: Merge,
    outline: Outline,
    now: datetime,
) -> Attempt:
    """Close the one attempt that `attempts` finds: save what came, grade what is saved, record what it is worth.

    After its deadline nothing that came counts, only what was saved; the attempt then ended at its deadline. With
    answers that a person has to mark, the score stays empty until `marking.mark` has them all. An attempt that was
    submitted before comes back unchanged. Raises `Attempt.DoesNotExist`, `Overtaken`, and `UnknownItem` where the quiz
    is no part of the course any more.
    """
    with transaction.atomic():
        attempt = locked(attempts)
        if attempt.submitted_at is not None:
            return attempt
        late = attempt_rules.is_over(attempt.deadline_at, now)
        ended_at = attempt.deadline_at if late and attempt.deadline_at else now
        saved = _saved(attempt)
        values = _merged(attempt, saved, HandedIn() if late else came, merge)
        shares = {asked["id"]: grade(asked, values[asked["id"]]) for asked in attempt.questions}
        rows = [_answer(attempt, asked, values[asked["id"]], ended_at, saved) for asked in attempt.questions]
        for row in rows:
            row.score = _kept_share(shares[str(row.question)])
        _write(rows, "score")
        attempt.submitted_at = ended_at
        attempt.ending = Attempt.Ending.TIME_UP if late else Attempt.Ending.SUBMITTED
        if not settle(attempt, shares=shares, outline=outline, at=ended_at):
            attempt.save(update_fields=ENDED)
    return attempt


def settle(attempt: Attempt, *, shares: Mapping[str, Fraction | None], outline: Outline, at: datetime) -> bool:
    """Give a submitted attempt its score, once every answer has one, and record the outcome; whether it has one now.

    Inside the transaction of a verb that holds the locks of the attempt and its enrolment.
    """
    known = {question: share for question, share in shares.items() if share is not None}
    if len(known) < len(attempt.questions):
        return False
    attempt.score = floor_share(total(attempt.questions, known))
    attempt.passed = attempt.score >= pass_mark(attempt)
    attempt.save(update_fields=[*ENDED, "score", "passed"])
    recording.advance(attempt.enrolment, outline=outline, outcome=_outcome(attempt, at))
    return True


def pass_mark(attempt: Attempt) -> Decimal:
    """The pass mark that held when the attempt was started, as a share of 0..1."""
    return Decimal(attempt.rules["pass_mark"])


def locked(attempts: models.QuerySet[Attempt]) -> Attempt:
    """The one attempt that `attempts` finds, with its enrolment, both locked until the transaction ends."""
    return attempts.select_related("enrolment").select_for_update(of=("self", "enrolment")).get()


def _outcome(attempt: Attempt, at: datetime) -> Outcome:
    """What the attempts so far are worth by the rule that counts."""
    graded = Attempt.objects.filter(enrolment=attempt.enrolment_id, item=attempt.item, score__isnull=False)
    scores = [score for score in graded.order_by("number").values_list("score", flat=True) if score is not None]
    score = counted(scores, attempt.rules["counts"])
    status = Status.COMPLETED if score >= pass_mark(attempt) else Status.IN_PROGRESS
    return Outcome(item_id=attempt.item, status=status, at=at, score=score)


def _open(attempts: models.QuerySet[Attempt], now: datetime) -> Attempt:
    """The attempt, locked alone and read as far as answers need."""
    attempt = attempts.select_for_update(of=("self",)).only(*OPENED).get()
    _refuse_ended(attempt, now)
    return attempt


def _refuse_ended(attempt: Attempt, now: datetime) -> None:
    """Raises `AttemptClosed`, `OutOfTime`."""
    if attempt.submitted_at is not None:
        raise AttemptClosed(attempt.pk)
    if attempt_rules.is_over(attempt.deadline_at, now):
        raise OutOfTime(attempt.pk)


def _at(user_id: int, quiz_url: str, number: int) -> models.QuerySet[Attempt]:
    mine = Attempt.objects.filter(enrolment__user=user_id, enrolment__left_at=None, number=number)
    return mine.filter(page__url_path__endswith=quiz_url).order_by()


def _lock(user_id: int, quiz_url: str, number: int) -> models.QuerySet[Attempt, tuple[Any, ...]]:
    return _at(user_id, quiz_url, number).select_for_update(of=("self",)).values_list("pk")


def _with_answer(
    user_id: int, quiz_url: str, number: int, question_id: int
) -> models.QuerySet[Attempt, tuple[Any, ...]]:
    """The attempt together with what is kept of one answer: one query for what every saved answer needs."""
    kept = FilteredRelation("answers", condition=models.Q(answers__question=question_id))
    return _at(user_id, quiz_url, number).annotate(kept=kept).values_list(*OPENED, *(f"kept__{name}" for name in KEPT))


# People save ten answers for each submission.
LOCK, WITH_ANSWER = Prepared(_lock, 3), Prepared(_with_answer, 4)


def _opened(place: Place, question_id: UUID) -> tuple[Attempt, Answer | None]:
    """The attempt at a place, locked, and the answer that is kept. Raises `Attempt.DoesNotExist`.

    A query of PostgreSQL that waits for a row reads that row anew, but what it joins as it was before the wait: there
    the lock comes first. SQLite has locked everything when the transaction began.
    """
    if connection.features.has_select_for_update:
        LOCK.rows(*place)
    rows = WITH_ANSWER.rows(*place, question_id)
    if not rows:
        raise Attempt.DoesNotExist(place)
    opened, kept = rows[0][: len(OPENED)], rows[0][len(OPENED) :]
    attempt = Attempt.from_db(DEFAULT_DB_ALIAS, OPENED, opened)
    return attempt, Answer(**dict(zip(KEPT, kept, strict=True))) if kept[0] is not None else None


def _kept_share(share: Fraction | None) -> Decimal | None:
    return None if share is None else floor_share(share)


def _saved(attempt: Attempt) -> dict[str, Answer]:
    return {str(answer.question): answer for answer in attempt.answers.all()}


def _merged(attempt: Attempt, saved: Mapping[str, Answer], handed_in: HandedIn, merge: Merge) -> dict[str, Value]:
    """The saved answers with those that came, by the questions' ids. Raises `UnknownQuestion`, `Overtaken`."""
    came = {str(question): value for question, value in handed_in.answers.items()}
    if unknown := came.keys() - {asked["id"] for asked in attempt.questions}:
        raise UnknownQuestion(*unknown)
    values: dict[str, Value] = {}
    overtaken = []
    for asked in attempt.questions:
        question, kept = asked["id"], saved.get(asked["id"])
        values[question] = kept.value if kept else None
        if question not in came:
            continue
        value = merge(asked, values[question], came[question])
        if kept and value != kept.value and handed_in.seen.get(UUID(question), kept.version) < kept.version:
            overtaken.append(question)
        values[question] = value
    if overtaken:
        raise Overtaken(overtaken)
    return values


def _answer(
    attempt: Attempt, asked: Asked, value: Value, now: datetime, saved: Mapping[str, Answer] | None = None
) -> Answer:
    """The row of an answer; one that says what was saved before keeps its version and its time."""
    row = Answer(attempt=attempt, question=UUID(asked["id"]), source=asked["question"], value=value, saved_at=now)
    kept = (saved or {}).get(asked["id"])
    if kept:
        row.version, row.page, row.sequence = kept.version + (kept.value != value), kept.page, kept.sequence
        row.saved_at = now if kept.value != value else kept.saved_at
    return row


def _write(rows: Sequence[Answer], *more: str) -> None:
    """One statement for all rows: an insert that updates what is there."""
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["attempt", "question"],
        update_fields=[*WRITTEN, *more],
    )
