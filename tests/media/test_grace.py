"""How long the recording of a live event may lack captions. No database."""

from datetime import date, timedelta

import pytest

from media.grace import CaptionState, caption_state, days_left

EVENT = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("day", "state", "may_publish"),
    [
        (0, CaptionState.NOT_DUE, True),
        (9, CaptionState.NOT_DUE, True),
        (10, CaptionState.REMINDED, True),
        (13, CaptionState.REMINDED, True),
        (14, CaptionState.LAST_DAY, True),
        (15, CaptionState.OVERDUE, False),
        (400, CaptionState.OVERDUE, False),
    ],
)
def test_a_recording_waits_fourteen_days(day: int, state: CaptionState, may_publish: bool) -> None:
    today = EVENT + timedelta(days=day)
    assert caption_state(has_captions=False, recorded_live_on=EVENT, today=today) is state
    assert state.may_publish is may_publish
    assert days_left(recorded_live_on=EVENT, today=today) == 14 - day


def test_the_days_are_those_of_the_calendar_over_a_change_of_the_clock() -> None:
    """The night of 25 October has an hour more."""
    assert caption_state(has_captions=False, recorded_live_on=EVENT, today=date(2026, 11, 3)) is CaptionState.LAST_DAY


def test_a_film_that_was_no_live_event_may_not_wait() -> None:
    state = caption_state(has_captions=False, recorded_live_on=None, today=EVENT)
    assert state is CaptionState.MISSING
    assert not state.may_publish


def test_an_event_that_is_yet_to_come_gives_no_grace() -> None:
    state = caption_state(has_captions=False, recorded_live_on=EVENT, today=EVENT - timedelta(days=1))
    assert state is CaptionState.MISSING


@pytest.mark.parametrize("recorded", [None, EVENT, EVENT - timedelta(days=100), EVENT + timedelta(days=100)])
def test_with_captions_no_date_matters(recorded: date | None) -> None:
    state = caption_state(has_captions=True, recorded_live_on=recorded, today=EVENT)
    assert state is CaptionState.PRESENT
    assert state.may_publish
