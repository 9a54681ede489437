"""What the state of a registration means for the person, in words: where it stands and what happens next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from courses.models import TrainingPage
from courses.trainings.dates import moment_in_words
from elearning.accounts.models import User
from elearning.cms.models.base import page_path
from elearning.records import attendance
from elearning.records.models import Registration
from elearning.records.places import Standing
from elearning.records.registration_reasons import Reason
from elearning.records.training import Training, Window

BADGES = {
    Standing.UNCONFIRMED: "warning",
    Standing.OFFERED: "warning",
    Standing.ADMITTED: "success",
    Standing.RESERVED: "accent",
    Standing.PENDING: "accent",
}
HAPPENED = {
    Reason.REGISTERED: "Wysłano formularz.",
    Reason.ADDRESS_CONFIRMED: "Potwierdzono adres e-mail.",
    Reason.FREE_PLACE: "Zwolniło się miejsce i\xa0przyszła kolej na to zgłoszenie.",
    Reason.OFFER_LAPSED: "Minął termin potwierdzenia miejsca.",
    Reason.ACCEPTED: "Potwierdzono udział.",
    Reason.APPROVED: "Organizator przyjął zgłoszenie.",
    Reason.PROMOTED: "Organizator przyznał miejsce z\xa0listy rezerwowej.",
    Reason.REJECTED: "Organizator nie przyjął zgłoszenia.",
    Reason.BY_PERSON: "Zrezygnowano z\xa0udziału.",
    Reason.BY_ORGANISER: "Organizator anulował zgłoszenie.",
}


@dataclass(frozen=True, slots=True)
class State:
    """`kind` is that of a callout. `action` is what the page’s button does, with its `label`; empty for none."""

    kind: str
    title: str
    text: str
    action: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history; `note` is what the organiser wrote."""

    at: datetime
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """One registration as the panel lists it. `url` is its page; times are empty where the programme has none."""

    registration: Registration
    page: TrainingPage
    url: str

    @property
    def state(self) -> str:
        """Where it stands, in two or three words."""
        return "odwołane" if self.page.called_off else self.registration.get_standing_display()

    @property
    def badge(self) -> str:
        return "error" if self.page.called_off else BADGES.get(Standing(self.registration.standing), "")

    def is_past(self, now: datetime) -> bool:
        return self.page.ends_at is not None and self.page.ends_at <= now


def state_of(training: Training, registration: Registration, now: datetime, *, position: int | None = None) -> State:
    """`position` is the place on the reserve list, counted from 1. No query."""
    window = training.window(now)
    if registration.is_open and window is Window.CALLED_OFF:
        return State("warning", "To wydarzenie jest odwołane", training.called_off_reason)
    if registration.is_open and window is Window.PAST:
        return _past(registration)
    return _present(training, registration, position)


def _past(registration: Registration) -> State:
    if registration.standing == Standing.ADMITTED:
        return State("info", "To wydarzenie już się odbyło", "Poniżej jest to, co po nim zostało.")
    return State("info", "To wydarzenie już się odbyło", "To zgłoszenie nie dostało miejsca.")


def _present(training: Training, registration: Registration, position: int | None) -> State:
    match Standing(registration.standing):
        case Standing.UNCONFIRMED:
            text = "Naciśnij przycisk, aby potwierdzić, że to Twój adres. Dopiero wtedy przyjmiemy zgłoszenie."
            return State("important", "Potwierdź swój adres e-mail", text, "potwierdz", "Potwierdzam adres")
        case Standing.PENDING:
            text = "Organizator rozpatruje zgłoszenia. O\xa0decyzji napiszemy w\xa0wiadomości."
            return State("info", "Czekasz na decyzję organizatora", text)
        case Standing.ADMITTED:
            text = "Nic więcej nie musisz robić. Przypomnimy o\xa0wydarzeniu w\xa0wiadomości."
            return State("success", "Masz miejsce", text if training.reminders else "Nic więcej nie musisz robić.")
        case Standing.RESERVED:
            return _reserved(training, position)
        case Standing.OFFERED:
            until = moment_in_words(registration.offered_until) if registration.offered_until else ""
            text = f"Potwierdź udział do: {until}. Później miejsce przejdzie na następną osobę."
            return State("important", "Zwolniło się miejsce dla Ciebie", text, "przyjmij", "Potwierdzam udział")
        case _:
            return _ended(registration)


def _reserved(training: Training, position: int | None) -> State:
    title = "Jesteś na liście rezerwowej" if position is None else f"Jesteś na liście rezerwowej, miejsce {position}"
    if not training.admission.automatic:
        return State(
            "info", title, "Gdy zwolni się miejsce, organizator wybierze osobę z\xa0listy. Napiszemy do Ciebie."
        )
    order = "O\xa0kolejności decydują punkty za kryteria. " if training.admission.by_points else ""
    if training.admission.offer_lasts is None:
        text = f"{order}Gdy zwolni się miejsce, przejdzie na pierwszą osobę z\xa0listy. Napiszemy do Ciebie."
    else:
        text = (
            f"{order}Gdy zwolni się miejsce, napiszemy do pierwszej osoby z\xa0listy i\xa0poprosimy o\xa0potwierdzenie."
        )
    return State("info", title, text)


def _ended(registration: Registration) -> State:
    match Standing(registration.standing):
        case Standing.REJECTED:
            return State(
                "info", "Organizator nie przyjął zgłoszenia", "Powód, jeśli go podał, jest w\xa0historii zgłoszenia."
            )
        case Standing.LAPSED:
            text = "Termin potwierdzenia minął i\xa0miejsce przeszło na następną osobę."
            return State("info", "Miejsce nie zostało potwierdzone", text)
        case _:
            return State("info", "Zgłoszenie jest anulowane", "Nie masz już miejsca na tym wydarzeniu.")


def history_of(registration: Registration) -> list[Happened]:
    """What happened to a registration, the first thing first. One query."""
    return [
        Happened(move.at, f"{HAPPENED[Reason(move.reason)]} Stan: {move.get_to_standing_display()}.", move.note)
        for move in registration.moves.all()
    ]


def presence_in_words(training: Training, registration: Registration, now: datetime) -> str:
    """What presence came to once the training is over; nothing where nobody wrote any down. Two queries at most."""
    if registration.standing != Standing.ADMITTED or training.window(now) is not Window.PAST:
        return ""
    if not attendance.presences_of(registration):
        return ""
    verdict = attendance.verdict_of(training, registration)
    return f"Obecność: {verdict.figures}." if training.needed is None else verdict.reason


def own_trainings(user: User) -> list[OwnTraining]:
    """The trainings that a person registered for, the soonest first. Two queries.

    Of several registrations for one training the newest counts.
    """
    found = {
        registration.training_id: registration
        for registration in Registration.objects.of_person(user).order_by("registered_at", "pk")
    }
    pages = TrainingPage.objects.filter(pk__in=found).order_by("starts_at", "pk").defer_streamfields()
    return [OwnTraining(found[page.pk], page, _url(page, found[page.pk])) for page in pages]


def _url(page: TrainingPage, registration: Registration) -> str:
    return f"{page_path(page)}-/zgloszenie/{registration.token}/"


def coming(trainings: Iterable[OwnTraining], now: datetime) -> Sequence[OwnTraining]:
    """Those that are not over."""
    return [training for training in trainings if not training.is_past(now)]


def past(trainings: Iterable[OwnTraining], now: datetime) -> Sequence[OwnTraining]:
    """Those that are over, the latest first."""
    return [training for training in trainings if training.is_past(now)][::-1]
