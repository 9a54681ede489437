"""Who was present: minutes in each block, teaching hours, the rule of a certificate, sources that differ. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from .schedule import Day

# The part of all teaching hours that a certificate of participation mostly asks for.
CERTIFICATE_SHARE = Decimal("0.8")
Interval = tuple[datetime, datetime]
TENTH_OF_PERCENT = Decimal("0.001")


class Presence(StrEnum):
    """How somebody was there in a block."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"  # was not there and had told; only people say so


# Those that give the teaching hours of a block.
COUNTS = frozenset({Presence.PRESENT, Presence.LATE})


class Span(Protocol):
    """Being there from one aware moment to another, as `meeting_reports.Stay` is."""

    @property
    def joined(self) -> datetime: ...
    @property
    def left(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceRule:
    """When a block counts. Raises `ValueError` for what cannot be a rule.

    `share` is the part of the block somebody has to be there, above 0 and up to 1. Who first came more than `lateness`
    minutes after its beginning is late. A connection lost for up to `rejoin` minutes counts as not lost.
    """

    share: Decimal = Decimal("0.75")
    lateness: int = 15
    rejoin: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or self.lateness < 0 or self.rejoin < 0:
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class InBlock:
    """How long somebody was in a block of `length`, and what that makes of it."""

    presence: Presence
    there: timedelta
    length: timedelta

    @property
    def minutes(self) -> int:
        """Whole minutes; a minute begun is none."""
        return self.there // timedelta(minutes=1)


def union(spans: Iterable[Span], *, rejoin: timedelta = timedelta(0)) -> tuple[Interval, ...]:
    """The times of being there, in UTC and in order, none twice. Breaks of up to `rejoin` are closed."""
    merged: list[Interval] = []
    for joined, left in sorted((span.joined.astimezone(UTC), span.left.astimezone(UTC)) for span in spans):
        if left <= joined:
            continue
        if merged and joined - merged[-1][1] <= rejoin:
            merged[-1] = (merged[-1][0], max(merged[-1][1], left))
        else:
            merged.append((joined, left))
    return tuple(merged)


def in_blocks(days: Iterable[Day], spans: Iterable[Span], rule: PresenceRule) -> dict[UUID, InBlock]:
    """How one person was there in every block, by its id."""
    intervals = union(spans, rejoin=timedelta(minutes=rule.rejoin))
    return {
        block.id: _in_block(day.moment(block.start), day.moment(block.end), intervals, rule)
        for day in days
        for block in day.blocks
    }


def _in_block(start: datetime, end: datetime, intervals: Sequence[Interval], rule: PresenceRule) -> InBlock:
    # Moments of one zone are subtracted as wall time; in UTC an hour is an hour when clocks change too.
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    length = max(end - start, timedelta(0))
    within = [(max(start, joined), min(end, left)) for joined, left in intervals if joined < end and left > start]
    there = sum((left - joined for joined, left in within), timedelta(0))
    if not length or Decimal(there // timedelta.resolution) < rule.share * (length // timedelta.resolution):
        return InBlock(Presence.ABSENT, there, length)
    is_late = within[0][0] - start > timedelta(minutes=rule.lateness)
    return InBlock(Presence.LATE if is_late else Presence.PRESENT, there, length)


def earned(days: Iterable[Day], presences: Mapping[UUID, Presence]) -> Decimal:
    """The teaching hours of the blocks in which somebody was there; a block without a mark gives none."""
    return sum((block.hours for day in days for block in day.blocks if presences.get(block.id) in COUNTS), Decimal(0))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether presence is enough for a certificate, with the figures. Shares are parts of 1."""

    earned: Decimal
    total: Decimal
    needed: Decimal

    @property
    def is_met(self) -> bool:
        """A training without teaching hours has nothing of which a share could be reached."""
        return self.total > 0 and self.earned >= self.needed * self.total

    @property
    def share(self) -> Decimal:
        return self.earned / self.total if self.total > 0 else Decimal(0)

    @property
    def figures(self) -> str:
        """„12 z 16 godzin dydaktycznych, czyli 75%”. Shares are cut to a tenth of a percent, never rounded up."""
        teaching = "dydaktycznej" if _is_singular(self.total) else "dydaktycznych"
        return f"{_number(self.earned)} z\xa0{_hours(self.total)} {teaching}, czyli {_percent(self.share)}"

    @property
    def reason(self) -> str:
        """„Obecność: 12 z 16 godzin dydaktycznych, czyli 75%. Zaświadczenie jest od 80%, czyli od 12,8 godziny.”"""
        if self.total <= 0:
            return "Program nie ma godzin dydaktycznych, więc nie ma z\xa0czego policzyć obecności."
        needed = f"{_percent(self.needed)}, czyli od {_hours(self.needed * self.total)}"
        return f"Obecność: {self.figures}. Zaświadczenie jest od {needed}."


def verdict(days: Sequence[Day], presences: Mapping[UUID, Presence], *, needed: Decimal = CERTIFICATE_SHARE) -> Verdict:
    """Whether somebody with these marks has a certificate that asks for the share `needed` of all teaching hours."""
    return Verdict(earned(days, presences), sum((day.hours for day in days), Decimal(0)), needed)


class Source(StrEnum):
    """Who or what says that somebody was there."""

    PAPER = "paper"  # the signed list, typed in
    QR = "qr"
    TRAINER = "trainer"  # the list on a phone
    IMPORT = "import"  # a report of a conferencing tool
    DECISION = "decision"  # a person who looked at all of it


@dataclass(frozen=True, slots=True)
class Mark:
    """What one source says of one registration in one block. Marks are only ever added.

    `by` is the person who said or imported it; empty for the person's own scan. Raises `ValueError` for a decision of
    nobody.
    """

    source: Source
    presence: Presence
    at: datetime
    by: str = ""

    def __post_init__(self) -> None:
        if self.source is Source.DECISION and not self.by:
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the marks come to. `presence` is None where nobody said anything or the sources differ.

    `standing` is what each source says now, in the order in which it was said. `decision` is the last decision of a
    person. `disputed` are the marks added after it that say otherwise: it stands, but somebody should look.
    """

    presence: Presence | None
    standing: tuple[Mark, ...] = ()
    decision: Mark | None = None
    disputed: tuple[Mark, ...] = ()

    @property
    def is_conflict(self) -> bool:
        return self.presence is None and bool(self.standing)


def resolve(marks: Sequence[Mark]) -> Resolution:
    """What the marks of one registration in one block come to, given in the order in which they were added.

    A later mark of the same source by the same person takes the place of their earlier one; nobody takes the place of
    anybody else. Reports are one voice, whoever read them in: each mark of theirs is worked out from all of them. A
    decision goes before all, and the last decision before those that came earlier.
    """
    said: dict[tuple[Source, str], Mark] = {}
    decision: Mark | None = None
    disputed: list[Mark] = []
    for mark in marks:
        if mark.source is Source.DECISION:
            decision, disputed = mark, []
            continue
        who = "" if mark.source is Source.IMPORT else mark.by
        said.pop((mark.source, who), None)
        said[mark.source, who] = mark
        if decision is not None and mark.presence is not decision.presence:
            disputed.append(mark)
    standing = tuple(said.values())
    if decision is not None:
        return Resolution(decision.presence, standing, decision, tuple(disputed))
    presences = {mark.presence for mark in standing}
    return Resolution(presences.pop() if len(presences) == 1 else None, standing)


def _number(value: Decimal) -> str:
    """„12”, „12,8”."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _hours(value: Decimal) -> str:
    """The hours after „z” and „od”: „1 godziny”, „16 godzin”, „12,8 godziny”."""
    return f"{_number(value)} {'godziny' if _is_singular(value) else 'godzin'}"


def _is_singular(value: Decimal) -> bool:
    return value == 1 or value % 1 != 0


def _percent(share: Decimal) -> str:
    return f"{_number((share.quantize(TENTH_OF_PERCENT, ROUND_DOWN)) * 100)}%"
