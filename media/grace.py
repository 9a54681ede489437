"""How long a film may be without captions. Pure.

A film has captions when it is published. The recording of what was broadcast live may wait 14 days for them (directive
2016/2102, recital 27); the days are counted from the event, which is day 0.
"""

from datetime import date
from enum import StrEnum

GRACE_DAYS = 14
# The day on which the editors are reminded.
REMIND_ON = 10


class CaptionState(StrEnum):
    """Where a film stands with its captions: it has them, may still wait, or breaks the law."""

    PRESENT = "present"
    NOT_DUE = "waiting"
    REMINDED = "due_soon"
    LAST_DAY = "last_day"
    OVERDUE = "overdue"
    MISSING = "missing"

    @property
    def may_publish(self) -> bool:
        """Whether a film in this state may be published."""
        return self not in {CaptionState.OVERDUE, CaptionState.MISSING}


def caption_state(*, has_captions: bool, recorded_live_on: date | None, today: date) -> CaptionState:
    """The state on that day. An event that is yet to come has no recording, so it gives no grace."""
    if has_captions:
        return CaptionState.PRESENT
    if recorded_live_on is None or recorded_live_on > today:
        return CaptionState.MISSING
    left = days_left(recorded_live_on=recorded_live_on, today=today)
    if left < 0:
        return CaptionState.OVERDUE
    if left == 0:
        return CaptionState.LAST_DAY
    return CaptionState.REMINDED if left <= GRACE_DAYS - REMIND_ON else CaptionState.NOT_DUE


def days_left(*, recorded_live_on: date, today: date) -> int:
    """Days until the last one on which captions may be missing; 0 on that day, negative after it."""
    return GRACE_DAYS - (today - recorded_live_on).days
