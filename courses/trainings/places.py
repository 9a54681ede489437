"""Whether one can still get into a training, in words: what its card and its page say of registration."""

from dataclasses import dataclass
from datetime import datetime

from courses.models import TrainingPage
from courses.trainings.dates import moment_in_words
from elearning.records.registration import Numbers
from elearning.records.training import Training, Window

CALLED_OFF = "odwołane"
PAST = "już się odbyło"
NOT_HERE = "bez zapisów na platformie"
CLOSED = "zapisy zakończone"
INVITED = "tylko dla osób zaproszonych"
OPEN = "zapisy otwarte"
FULL = "brak miejsc – lista rezerwowa"


@dataclass(frozen=True, slots=True)
class Places:
    """`kind` is that of a badge and `icon` one of ours. `free` is None where there is room for all."""

    text: str
    kind: str = ""
    icon: str = ""
    free: int | None = None

    @property
    def is_full(self) -> bool:
        return self.free == 0


def free_for_newcomers(training: Training, numbers: Numbers) -> int | None:
    """The places that somebody could get who registers now; None for room for all.

    Where the organiser moves people up by hand, those on the reserve list go first. Where they move up by themselves,
    who still waits beside a free place waits for one of their institution.
    """
    free = numbers.free(training.admission.capacity)
    if free is None or training.admission.automatic:
        return free
    return max(free - numbers.reserved, 0)


def places_of(page: TrainingPage, training: Training, numbers: Numbers, now: datetime) -> Places:
    """What is said of registration at that moment. No query."""
    window = training.window(now)
    if window is Window.CALLED_OFF:
        return Places(CALLED_OFF, "error", "error")
    if window is Window.PAST:
        return Places(PAST)
    if not page.has_registration:
        return Places(NOT_HERE)
    if window is Window.NOT_YET and training.opens_at is not None:
        return Places(f"zapisy od {moment_in_words(training.opens_at)}", "accent", "calendar")
    if window is Window.CLOSED:
        return Places(CLOSED)
    return _open(training, numbers)


def _open(training: Training, numbers: Numbers) -> Places:
    if training.by_invitation:
        return Places(INVITED, "accent", "mail")
    capacity, free = training.admission.capacity, free_for_newcomers(training, numbers)
    if capacity is None or free is None:
        return Places(OPEN, "success", "check")
    if free == 0:
        return Places(FULL, "warning", "people", free)
    return Places(f"wolne miejsca: {free} z\xa0{capacity}", "success", "check", free)
