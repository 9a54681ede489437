"""A training as records and messages know it: its schedule, who may register and how, what a certificate asks for.

Content builds a `Training`, as it builds an `Outline` of a course; the verbs of `registration` take it. Pure.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from .outline import CertificateTerms
from .places import Admission
from .presence import PresenceRule
from .schedule import Day, Schedule

# The link into a meeting is shown, and a code of the day works, from so long before.
JOIN_BEFORE = timedelta(minutes=30)
CHECK_IN_BEFORE = timedelta(minutes=30)


class Window(StrEnum):
    """Whether one can register now, and why not."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    PAST = "past"
    CALLED_OFF = "called_off"


class AnswerKind(StrEnum):
    """How an extra question of a registration form is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraQuestion:
    """A question of the organiser. `id` survives rewording; `choices` are for the two kinds that have them."""

    id: UUID
    text: str
    kind: AnswerKind
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A text that is accepted at registration, in one version; `version` counts from 1."""

    key: UUID
    title: str
    text: str
    version: int
    required: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that gives points on a reserve list by criteria, said by the applicant."""

    id: UUID
    text: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One training, webinar, conference or meeting, as its published page says.

    `uid` names it in calendars for ever. `kind` is in words of the screen. `opens_at` and `closes_at` bound the
    registration; without them it is open until the training begins. `needed` is the share of all teaching hours that
    a certificate asks for, None where there are no certificates. `contact` is a name, an address and a telephone
    number as one line. `reminders` are days before the beginning.
    """

    page_id: int
    uid: UUID
    kind: str
    schedule: Schedule
    admission: Admission
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    is_called_off: bool = False
    called_off_reason: str = ""
    needs_account: bool = False
    by_invitation: bool = False
    questions: tuple[ExtraQuestion, ...] = ()
    clauses: tuple[Clause, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    presence: PresenceRule = field(default_factory=PresenceRule)
    needed: Decimal | None = None
    certificate: CertificateTerms | None = None
    contact: str = ""
    reminders: tuple[int, ...] = ()
    revision_id: int | None = None

    @property
    def title(self) -> str:
        return self.schedule.title

    @property
    def url(self) -> str:
        """The address of its page, beginning and ending with a slash."""
        return self.schedule.url

    def registration_url(self, token: UUID) -> str:
        """The page of one registration, for whoever has the link."""
        return f"{self.url}-/zgloszenie/{token}/"

    def window(self, now: datetime) -> Window:
        """Whether one can register at that moment."""
        starts, ends = self.schedule.starts_at, self.schedule.ends_at
        if self.is_called_off:
            return Window.CALLED_OFF
        if ends is not None and ends <= now:
            return Window.PAST
        if self.opens_at is not None and now < self.opens_at:
            return Window.NOT_YET
        closes = self.closes_at or starts
        return Window.CLOSED if closes is not None and closes <= now else Window.OPEN

    def day(self, key: UUID) -> Day | None:
        """The day with that id."""
        return next((day for day in self.schedule.days if day.id == key), None)

    def may_join(self, now: datetime) -> bool:
        """Whether the link into the meeting is shown now to those who were admitted: from 30 minutes before a day."""
        return any(day.starts_at - JOIN_BEFORE <= now < day.ends_at for day in self.schedule.days)

    def points_of(self, met: frozenset[UUID]) -> int:
        """The points of the criteria somebody says to meet."""
        return sum(criterion.points for criterion in self.criteria if criterion.id in met)
