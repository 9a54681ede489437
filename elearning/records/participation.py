"""Whether somebody took part in a training: the rule that certificates and items of courses go by. Pure."""

from datetime import datetime

from .places import Standing
from .presence import Verdict
from .training import Training

CALLED_OFF = "Wydarzenie zostało odwołane."
NOT_OVER = "Wydarzenie jeszcze się nie skończyło."
NO_DAYS = "Program nie ma ani jednego dnia."
NO_PLACE = "To zgłoszenie nie ma miejsca na wydarzeniu."
NO_CERTIFICATES = "To wydarzenie nie ma zaświadczeń. Włączysz je w\xa0edycji strony."


def refusal(training: Training, standing: str, verdict: Verdict, now: datetime) -> str:
    """Why somebody did not take part, as one or two sentences with the figures; empty for who did."""
    ends_at = training.schedule.ends_at
    if training.is_called_off:
        return CALLED_OFF
    if ends_at is None:
        return NO_DAYS
    if standing != Standing.ADMITTED:
        return NO_PLACE
    if now < ends_at:
        return NOT_OVER
    return "" if verdict.is_met else verdict.reason
