"""Why something about a registration is refused, in words for whoever asked."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from .places import Admission, Entry, Lack, taken
from .training import Clause, Training, Window
from .training_words import moment_in_words


class Refusal(StrEnum):
    NOT_YET = "not_yet"
    CLOSED = "closed"
    PAST = "past"
    CALLED_OFF = "called_off"
    NEEDS_ACCOUNT = "needs_account"
    BY_INVITATION = "by_invitation"
    MISSING_CLAUSE = "missing_clause"
    GONE = "gone"  # never confirmed, and forgotten
    ENDED = "ended"  # cancelled, rejected or lapsed
    NOT_OFFERED = "not_offered"
    OFFER_LAPSED = "offer_lapsed"
    NOT_WAITING = "not_waiting"  # for the organiser's decision
    FULL = "full"
    QUOTA = "quota"


TEXTS = {
    Refusal.CLOSED: "Zapisy są już zamknięte.",
    Refusal.PAST: "To wydarzenie już się odbyło.",
    Refusal.CALLED_OFF: "To wydarzenie jest odwołane.",
    Refusal.NEEDS_ACCOUNT: "Na to wydarzenie zapiszesz się po zalogowaniu. Zaloguj się albo załóż konto.",
    Refusal.BY_INVITATION: (
        "Na to wydarzenie zapisują się osoby zaproszone. Podaj adres, na który przyszło zaproszenie."
    ),
    Refusal.GONE: "Tego zgłoszenia już nie ma, bo nikt go nie potwierdził. Zapisz się jeszcze raz.",
    Refusal.ENDED: "To zgłoszenie jest już zamknięte. Jeśli zapisy trwają, możesz zapisać się jeszcze raz.",
    Refusal.NOT_OFFERED: "W\xa0tym zgłoszeniu nie ma miejsca do potwierdzenia.",
    Refusal.OFFER_LAPSED: "Termin potwierdzenia minął i\xa0miejsce przepadło.",
    Refusal.NOT_WAITING: "To zgłoszenie nie czeka na decyzję.",
}


class Refused(Exception):
    """A verb was refused and changed nothing; `text` says why, in Polish."""

    def __init__(self, reason: Refusal, text: str = "") -> None:
        self.reason, self.text = reason, text or TEXTS[reason]
        super().__init__(reason)


def ask_window(training: Training, now: datetime) -> None:
    """Raises `Refused` unless one can register at that moment."""
    window = training.window(now)
    if window is Window.NOT_YET and training.opens_at:
        raise Refused(Refusal.NOT_YET, f"Zapisy zaczną się {moment_in_words(training.opens_at)}.")
    if window is not Window.OPEN:
        raise Refused(Refusal(window))


def ask_not_over(training: Training, now: datetime) -> None:
    """Raises `Refused` where the training took place or is called off."""
    window = training.window(now)
    if window in {Window.PAST, Window.CALLED_OFF}:
        raise Refused(Refusal(window))


def ask_clauses(training: Training, accepted: Sequence[Clause]) -> None:
    """Raises `Refused` unless every required text was accepted in the version of now."""
    given = {(clause.key, clause.version) for clause in accepted}
    missing = [one.title for one in training.clauses if one.required and (one.key, one.version) not in given]
    if missing:
        raise Refused(Refusal.MISSING_CLAUSE, f"Zaznacz wymagane zgody: {', '.join(missing)}.")


def lacking(lack: Lack, rules: Admission, entries: Sequence[Entry], group: int | None) -> Refused:
    """That there is no place for somebody of that group, with the figures."""
    if lack is Lack.CAPACITY:
        return Refused(Refusal.FULL, f"Wszystkie miejsca są zajęte: {taken(entries)} z\xa0{rules.capacity}.")
    held = taken(entry for entry in entries if entry.group == group)
    quota = rules.quotas[group] if group is not None else 0
    return Refused(Refusal.QUOTA, f"Wszystkie miejsca tej instytucji są zajęte: {held} z\xa0{quota}.")
