"""What people did with contents: the only writers of attempts, statements and states.

Pages send what happened in batches, more than once where the network failed. An attempt has the key that the page gave
it, a statement its own; both are stored once. Scores are what the browser says; the server checks that they are
possible and who says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from h5p.django.batches import Batch, InvalidBatch, Item, Opened, Reported, Saved, Viewed
from h5p.django.models import Attempt, ContentVersion, State, Statement
from h5p.interactions import question_in_words, response_in_words
from h5p.policies import Achieved, CompletionPolicy, is_met
from h5p.xapi import Statement as Reading
from h5p.xapi import is_top_level_result

MOST_ATTEMPTS = 500  # of a person at an activity
MOST_STATEMENTS = 2000  # of an attempt
MOST_STATES = 200  # parts and kinds of data of a version
CLOCK_SKEW = timedelta(minutes=1)  # how far a browser's clock may be ahead of ours


@dataclass(frozen=True, slots=True)
class Activity:
    """The place where a content is used, with the rule by which it is completed.

    `content_version` is the id of the version that plays there now; `pass_mark` a share of 0..1.
    """

    key: UUID
    content_version: int
    title: str
    policy: CompletionPolicy
    pass_mark: Decimal = Decimal(0)
    minimum_seconds: int = 0


@dataclass(frozen=True, slots=True)
class TopLevelResult:
    """A result of the whole; `is_met` says whether the activity is completed by it. Scores as the browser said them."""

    attempt: Attempt
    is_met: bool
    at: datetime
    scaled: Decimal | None = None
    success: bool | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was stored. `attempt` is the key of the last item's attempt, `left` the seconds before it can be viewed."""

    saved: tuple[UUID, ...]
    at: datetime
    attempt: UUID | None
    results: tuple[TopLevelResult, ...] = ()
    left: int | None = None

    @property
    def is_finished(self) -> bool:
        return bool(self.results)

    @property
    def is_met(self) -> bool:
        return any(result.is_met for result in self.results)


class TooEarly(Exception):
    """The time that the activity asks for is not over; `left` is the number of seconds."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(slots=True)
class _Visit:
    """One batch on its way into the tables: who, where, when, and what is known so far."""

    user: AbstractBaseUser
    activity: Activity
    version_id: int
    now: datetime
    attempts: dict[UUID, Attempt] = field(default_factory=dict)
    number: int = 0  # of the newest attempt
    stored: set[UUID] = field(default_factory=set)  # keys of statements that are stored already
    statements: list[Statement] = field(default_factory=list)
    changed: set[UUID] = field(default_factory=set)  # keys of attempts that the batch changed
    results: list[TopLevelResult] = field(default_factory=list)


def receive(
    user: AbstractBaseUser,
    activity: Activity,
    batch: Batch,
    *,
    now: datetime,
    on_result: Callable[[TopLevelResult], None] = lambda result: None,
) -> Receipt:
    """Store a batch of this person, whole or not at all; what of it is stored already stays as it is.

    `on_result` is called for each new result of the whole, in the same transaction. Raises `InvalidBatch`, `TooEarly`.
    Four queries for statements, two for states, one for an attempt that begins.
    """
    try:
        return _receive(user, activity, batch, now, on_result)
    except IntegrityError:  # another tab began an attempt in the same moment
        return _receive(user, activity, batch, now, on_result)


def states_for(user: AbstractBaseUser, activity: UUID, version_id: int) -> dict[str, dict[str, str]]:
    """What the content saved for this person: part -> kind of data -> JSON. One query."""
    found: dict[str, dict[str, str]] = {}
    rows = State.objects.filter(user=user.pk, activity=activity, version=version_id).exclude(data="")
    for part, kind, data in rows.values_list("sub_content", "data_type", "data"):
        found.setdefault(part, {})[kind] = data
    return found


def _receive(
    user: AbstractBaseUser,
    activity: Activity,
    batch: Batch,
    now: datetime,
    on_result: Callable[[TopLevelResult], None],
) -> Receipt:
    with transaction.atomic():
        visit = _Visit(user, activity, batch.version_id, now)
        _check_version(visit)
        acts = [item for item in batch.items if not isinstance(item.what, Saved)]
        if acts:
            _look_up(visit, acts)
            for item in acts:
                _take(visit, item)
            _write(visit)
        _save_states(visit, [item.what for item in batch.items if isinstance(item.what, Saved)])
        for result in visit.results:
            on_result(result)
    last = visit.attempts.get(acts[-1].attempt) if acts else None
    opened = any(isinstance(item.what, Opened) for item in acts)
    return Receipt(
        saved=tuple(item.key for item in batch.items),
        at=now,
        attempt=last.key if last else None,
        results=tuple(visit.results),
        left=_left(visit, last) if last and opened and activity.policy is CompletionPolicy.VIEWED else None,
    )


def _check_version(visit: _Visit) -> None:
    """Whoever is in the middle of an older version goes on with it; another content's version is refused."""
    if visit.version_id == visit.activity.content_version:
        return
    siblings = ContentVersion.objects.filter(content__versions=visit.activity.content_version)
    if not siblings.filter(pk=visit.version_id).exists():
        raise InvalidBatch("version")


def _look_up(visit: _Visit, items: Sequence[Item]) -> None:
    """The attempts that the items may belong to, locked, and which statements are stored. Two queries."""
    mine = Attempt.objects.filter(user=visit.user.pk, activity=visit.activity.key)
    named = Q(key__in={item.attempt for item in items} | {_later(item) for item in items})
    newest = Q(number=Subquery(mine.order_by("-number").values("number")[:1]))
    counts = Statement.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt").annotate(n=Count("pk"))
    rows = mine.filter(named | newest).annotate(stored=Coalesce(Subquery(counts.values("n")), 0))
    for attempt in rows.select_related("version").select_for_update(of=("self",)).order_by("number"):
        visit.attempts[attempt.key] = attempt
        visit.number = attempt.number
    if keys := [item.key for item in items if isinstance(item.what, Reported)]:
        known = Statement.objects.filter(attempt__user=visit.user.pk, attempt__activity=visit.activity.key)
        visit.stored = set(known.filter(key__in=keys).values_list("key", flat=True))


def _take(visit: _Visit, item: Item) -> None:
    if item.key in visit.stored:
        return
    match item.what:
        case Reported(statement):
            attempt = _attempt(visit, item)
            if is_top_level_result(statement) and attempt.finished_at is not None:
                attempt = _begun(visit, _later(item))
            _keep(visit, attempt, item.key, statement)
        case Viewed():
            _view(visit, _attempt(visit, item))
        case _:
            _attempt(visit, item)


def _attempt(visit: _Visit, item: Item) -> Attempt:
    """The attempt an item belongs to: the one of its key, else the one that is open, else a new one."""
    found = visit.attempts.get(item.attempt)
    if found is None:
        newest = max(visit.attempts.values(), key=lambda attempt: attempt.number, default=None)
        is_open = newest is not None and newest.finished_at is None and newest.version_id == visit.version_id
        found = newest if is_open and newest else _begun(visit, item.attempt)
        visit.attempts[item.attempt] = found
    return found


def _later(item: Item) -> UUID:
    """The key of the attempt for a further result that came under the key of a finished one."""
    return uuid5(item.attempt, str(item.key))


def _begun(visit: _Visit, key: UUID) -> Attempt:
    if key in visit.attempts:
        return visit.attempts[key]
    if visit.number >= MOST_ATTEMPTS:
        raise InvalidBatch("too many attempts")
    visit.number += 1
    attempt = Attempt.objects.create(
        user_id=visit.user.pk,
        activity=visit.activity.key,
        version_id=visit.version_id,
        key=key,
        number=visit.number,
        title=visit.activity.title[:255],
        started_at=visit.now,
    )
    visit.attempts[key] = attempt
    return attempt


def _keep(visit: _Visit, attempt: Attempt, key: UUID, statement: Reading) -> None:
    """Take down a result; one of the whole ends the attempt, unless only viewing does."""
    if getattr(attempt, "stored", 0) + len(visit.statements) >= MOST_STATEMENTS:
        raise InvalidBatch("too many statements")
    visit.stored.add(key)
    is_whole = is_top_level_result(statement)
    visit.statements.append(_row(visit, attempt, key, statement, is_whole=is_whole))
    if not is_whole:
        return
    highest = attempt.version.max_score
    if highest is not None and statement.raw is not None and statement.raw > highest:
        raise InvalidBatch("score")
    attempt.raw, attempt.max = statement.raw, statement.max
    attempt.scaled = None if statement.scaled is None else Decimal(str(statement.scaled)).quantize(Decimal("0.0001"))
    attempt.success = statement.success
    attempt.seconds = _seconds(visit, attempt, statement)
    if visit.activity.policy is not CompletionPolicy.VIEWED:
        attempt.finished_at = visit.now
    achieved = Achieved(is_finished=True, scaled=attempt.scaled)
    met = is_met(visit.activity.policy, achieved, pass_mark=visit.activity.pass_mark)
    visit.changed.add(attempt.key)
    visit.results.append(TopLevelResult(attempt, met, visit.now, attempt.scaled, attempt.success))


def _row(visit: _Visit, attempt: Attempt, key: UUID, statement: Reading, *, is_whole: bool) -> Statement:
    return Statement(
        attempt=attempt,
        key=key,
        verb=statement.verb,
        sub_content=statement.sub_content,
        is_top_level=is_whole,
        question=question_in_words(statement.interaction),
        response=response_in_words(statement, get_language() or "en"),
        interaction=asdict(statement.interaction),
        raw=statement.raw,
        max=statement.max,
        success=statement.success,
        seconds=_seconds(visit, attempt, statement),
        received_at=visit.now,
    )


def _seconds(visit: _Visit, attempt: Attempt, statement: Reading) -> int | None:
    """The time reported, never longer than the attempt has lasted by our clock."""
    if statement.seconds is None:
        return None
    return int(min(statement.seconds, max((visit.now - attempt.started_at).total_seconds(), 0)))


def _view(visit: _Visit, attempt: Attempt) -> None:
    """„Mark as completed”: only where viewing completes, and not before its time. Raises `InvalidBatch`, `TooEarly`."""
    if visit.activity.policy is not CompletionPolicy.VIEWED:
        raise InvalidBatch("viewed")
    if attempt.finished_at is not None:
        return
    if left := _left(visit, attempt):
        raise TooEarly(left)
    attempt.finished_at = visit.now
    visit.changed.add(attempt.key)
    visit.results.append(TopLevelResult(attempt, True, visit.now, attempt.scaled, attempt.success))


def _left(visit: _Visit, attempt: Attempt) -> int:
    passed = int((visit.now - attempt.started_at).total_seconds())
    return max(visit.activity.minimum_seconds - passed, 0)


def _write(visit: _Visit) -> None:
    """Store what the batch brought. What people do again and again while they work is kept as it was last."""
    last: dict[tuple[UUID, str], Statement] = {}
    kept = []
    for row in visit.statements:
        if row.verb == "interacted":
            last[row.attempt.key, row.sub_content] = row
        else:
            kept.append(row)
    for row in last.values():
        row.attempt.statements.filter(verb="interacted", sub_content=row.sub_content).delete()
    Statement.objects.bulk_create([*kept, *last.values()], ignore_conflicts=True)
    for attempt in {attempt.pk: attempt for attempt in visit.attempts.values()}.values():
        if attempt.key in visit.changed:
            attempt.save(update_fields=["raw", "max", "scaled", "success", "seconds", "finished_at"])


def _save_states(visit: _Visit, states: Iterable[Saved]) -> None:
    """Keep the newest state of each part; a deleted one stays as an empty row, so that a late save is known as such."""
    newest: dict[tuple[str, str], Saved] = {}
    for state in sorted(states, key=lambda state: state.revision):
        newest[state.part, state.kind] = state
    if not newest:
        return
    mine = State.objects.filter(user=visit.user.pk, activity=visit.activity.key, version=visit.version_id)
    kept = {(part, kind): revision for part, kind, revision in mine.values_list("sub_content", "data_type", "revision")}
    if len(kept.keys() | newest.keys()) > MOST_STATES:
        raise InvalidBatch("too many states")
    latest = int((visit.now + CLOCK_SKEW).timestamp() * 1000)
    rows = [
        State(
            user_id=visit.user.pk,
            activity=visit.activity.key,
            version_id=visit.version_id,
            sub_content=part,
            data_type=kind,
            data=state.data or "",
            preload=state.preload,
            revision=min(state.revision, latest),
            saved_at=visit.now,
        )
        for (part, kind), state in newest.items()
        if min(state.revision, latest) > kept.get((part, kind), -1)
    ]
    State.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "activity", "version", "sub_content", "data_type"],
        update_fields=["data", "preload", "revision", "saved_at"],
    )
