"""The rules of attempts at quizzes: who may start one, how long it lasts, what it is worth. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self, TypeAlias

# As the column keeps it. Rounded down, so that no score reaches a pass mark by rounding.
SHARE = Decimal("0.0001")

# A question as it is frozen in an attempt: see `Attempt.questions`.
Asked: TypeAlias = Mapping[str, Any]


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
    """The quiz's settings as they stand now, and as an attempt freezes them.

    `pass_mark` is a share of 0..1; `time_limit` and `pause` are minutes; 0 is no limit and no pause, and so is an
    empty date. `review` is what is shown after the attempt, `review_when` whether at once or after `closes_at`.
    """

    pass_mark: Decimal
    attempts_allowed: int = 0
    shuffle: bool = True
    review: str = "key"
    counts: str = "best"
    review_when: str = "at_once"
    time_limit: int = 0
    pause: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def freeze(self) -> dict[str, Any]:
        """The rules as JSON."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def of(cls, frozen: Mapping[str, Any]) -> Self:
        """The rules that an attempt froze, some of them before newer ones existed."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in frozen.items() if name in known}
        for name in ("opens_at", "closes_at"):
            if values.get(name):
                values[name] = datetime.fromisoformat(values[name])
        return cls(**{**values, "pass_mark": Decimal(values["pass_mark"])})


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one person may have beyond the rules: minutes more, attempts more, and a closing date of one's own."""

    minutes: int = 0
    attempts: int = 0
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt that was started before; `ended_at` is empty while it is open."""

    started_at: datetime
    ended_at: datetime | None


class Reason(StrEnum):
    """Why no attempt can be started now."""

    NOT_YET = "not_yet"
    CLOSED = "closed"
    EXHAUSTED = "exhausted"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Refusal:
    """That no attempt can be started now, why, and the moment that matters: opening, closing, end of the pause."""

    reason: Reason
    at: datetime | None = None


NOTHING_MORE = Allowance()


def closing(rules: Rules, allowance: Allowance = NOTHING_MORE) -> datetime | None:
    """When the quiz closes for this person: an individual date counts where it is later."""
    if rules.closes_at is None or allowance.closes_at is None:
        return rules.closes_at
    return max(rules.closes_at, allowance.closes_at)


def attempts_allowed(rules: Rules, allowance: Allowance = NOTHING_MORE) -> int:
    """How many attempts this person has in all; 0 is no limit."""
    return rules.attempts_allowed + allowance.attempts if rules.attempts_allowed else 0


def refusal(
    rules: Rules, past: Sequence[Past], *, now: datetime, allowance: Allowance = NOTHING_MORE
) -> Refusal | None:
    """Why a new attempt cannot be started now, or None. The lasting reasons come before those that pass."""
    closes = closing(rules, allowance)
    if closes is not None and now >= closes:
        return Refusal(Reason.CLOSED, closes)
    allowed = attempts_allowed(rules, allowance)
    if allowed and len(past) >= allowed:
        return Refusal(Reason.EXHAUSTED)
    if rules.opens_at is not None and now < rules.opens_at:
        return Refusal(Reason.NOT_YET, rules.opens_at)
    ended = [attempt.ended_at for attempt in past if attempt.ended_at is not None]
    over = max(ended) + timedelta(minutes=rules.pause) if ended else None
    if over is not None and now < over:
        return Refusal(Reason.PAUSE, over)
    return None


def deadline(rules: Rules, *, started_at: datetime, allowance: Allowance = NOTHING_MORE) -> datetime | None:
    """When an attempt ends by itself: after its time, and never after the quiz closes; None where neither is set."""
    limit = started_at + timedelta(minutes=rules.time_limit + allowance.minutes) if rules.time_limit else None
    ends = [moment for moment in (limit, closing(rules, allowance)) if moment is not None]
    return min(ends, default=None)


def is_over(ends_at: datetime | None, now: datetime) -> bool:
    """Whether the time of an attempt is up. The very moment of the deadline is still in time."""
    return ends_at is not None and now > ends_at


def may_review(rules: Rules, *, now: datetime, allowance: Allowance = NOTHING_MORE) -> bool:
    """Whether answers and key may be shown by now; without a closing date they may be at once."""
    closes = closing(rules, allowance)
    return rules.review_when != "closing" or closes is None or now >= closes


def total(questions: Iterable[Asked], shares: Mapping[str, Fraction]) -> Fraction:
    """The share of all points that these shares of the questions' points make."""
    questions = list(questions)
    points: int = sum(asked["points"] for asked in questions)
    return sum((shares[asked["id"]] * asked["points"] for asked in questions), Fraction(0)) / points


def floor_share(share: Fraction) -> Decimal:
    """An exact share as it is kept."""
    return (Decimal(share.numerator) / share.denominator).quantize(SHARE, rounding=ROUND_FLOOR)


def counted(scores: Sequence[Decimal], counts: str) -> Decimal:
    """The score that counts, of the submitted attempts in their order: the best, the last, the first or the average."""
    if counts == "last":
        return scores[-1]
    if counts == "first":
        return scores[0]
    if counts == "average":
        return (sum(scores, Decimal(0)) / len(scores)).quantize(SHARE, rounding=ROUND_FLOOR)
    return max(scores)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
