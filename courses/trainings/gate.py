"""Whether the registration form of a training opens for somebody now, and if not, why. Pure but for its types."""

from datetime import datetime
from enum import StrEnum

from courses.models import TrainingPage
from elearning.cms.restrictions import Person
from elearning.records.training import Training, Window


class Gate(StrEnum):
    """What stands before the form."""

    OPEN = "open"
    NOT_HERE = "not_here"  # nobody registers on the platform
    CALLED_OFF = "called_off"
    PAST = "past"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    BY_INVITATION = "by_invitation"
    NEEDS_ACCOUNT = "needs_account"


_WINDOWS = {
    Window.CALLED_OFF: Gate.CALLED_OFF,
    Window.PAST: Gate.PAST,
    Window.NOT_YET: Gate.NOT_YET,
    Window.CLOSED: Gate.CLOSED,
}


def gate(page: TrainingPage, training: Training, person: Person, now: datetime, *, is_invited: bool = False) -> Gate:
    """What this person meets who wants to register now. No query.

    Where institutions have places set aside, the form opens for all: the chosen institution decides.
    """
    window = training.window(now)
    if not page.has_registration:
        return Gate.NOT_HERE
    if window in _WINDOWS:
        return _WINDOWS[window]
    if training.by_invitation and not (is_invited or training.admission.quotas):
        return Gate.BY_INVITATION
    if training.needs_account and not person.is_authenticated:
        return Gate.NEEDS_ACCOUNT
    return Gate.OPEN
