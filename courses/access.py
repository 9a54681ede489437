"""Who may open what of a course. Pure decisions; the views turn them into answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.records.models import Enrolment
from elearning.records.outline import Item, ItemState, Outline, Prerequisite


class Refusal(StrEnum):
    """Why an item of a course does not open."""

    NOT_ENROLLED = "not_enrolled"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Access:
    """Whether an item opens, and if not, why and what has to be done first."""

    refusal: Refusal | None = None
    blocked_by: Item | Prerequisite | None = None

    @property
    def allowed(self) -> bool:
        return self.refusal is None


def may_open(enrolment: Enrolment | None, state: ItemState | None) -> Access:
    """A learner opens an item when enrolled and when what has to be done before it is done."""
    if enrolment is None or enrolment.left_at is not None or state is None:
        return Access(Refusal.NOT_ENROLLED)
    if not state.is_open:
        return Access(Refusal.BLOCKED, state.blocked_by)
    return Access()


def may_enrol(outline: Outline, *, today: date) -> bool:
    """Enrolment is open within the dates the editor set, both inclusive."""
    opened = outline.opens_on is None or outline.opens_on <= today
    return opened and (outline.closes_on is None or today <= outline.closes_on)
