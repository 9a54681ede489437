"""What the page of a training says of registration to somebody who is not registered: state, next step, figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from courses.models import TrainingPage
from courses.trainings.dates import moment_in_words
from courses.trainings.gate import Gate
from courses.trainings.places import Places
from elearning.cms.templatetags.polish import plural
from elearning.records.registration import Numbers
from elearning.records.training import Training

RESERVE = "Możesz zapisać się na listę rezerwową. Napiszemy, gdy zwolni się miejsce."
APPROVAL = "O\xa0przyjęciu zdecyduje organizator i\xa0napiszemy Ci o\xa0tym."
CONFIRMATION = "Nie musisz mieć konta. Po zapisie poprosimy o\xa0potwierdzenie adresu e-mail."
AT_ONCE = "Zapiszesz się jednym formularzem. Odpowiedź przyjdzie na Twój adres e-mail."
ACCOUNT = "Do zapisu potrzebujesz konta na platformie. Zaloguj się albo załóż konto."
INVITED = "Zapiszą się tylko osoby zaproszone. Swój link znajdziesz w\xa0zaproszeniu."
NOT_HERE = "Na to wydarzenie nie zapisujesz się na platformie. O\xa0szczegóły zapytaj organizatora."


@dataclass(frozen=True, slots=True)
class SignUp:
    """`kind` and `icon` are those of `Places`. With `is_open` there is the button „Zapisz się”."""

    title: str
    text: str
    kind: str = ""
    icon: str = ""
    is_open: bool = False


def sign_up(page: TrainingPage, training: Training, places: Places, gate: Gate, *, is_known: bool) -> SignUp:
    """For who meets that gate; `is_known` is whether they are signed in. No query."""
    title = places.text[:1].upper() + places.text[1:]
    is_open = gate in (Gate.OPEN, Gate.NEEDS_ACCOUNT)
    return SignUp(title, _text(page, training, places, gate, is_known), places.kind, places.icon, is_open)


def _text(page: TrainingPage, training: Training, places: Places, gate: Gate, is_known: bool) -> str:
    match gate:
        case Gate.CALLED_OFF | Gate.PAST:
            return ""
        case Gate.NOT_HERE:
            return NOT_HERE
        case Gate.BY_INVITATION:
            return INVITED
        case Gate.NOT_YET:
            return "Zajrzyj tu wtedy albo dodaj termin do kalendarza."
        case Gate.CLOSED:
            closed = training.closes_at or training.schedule.starts_at
            return f"Zapisy trwały do: {moment_in_words(closed)}." if closed else ""
        case Gate.NEEDS_ACCOUNT:
            return ACCOUNT
        case _:
            return _how(page, places, is_known)


def _how(page: TrainingPage, places: Places, is_known: bool) -> str:
    if page.approval:
        return APPROVAL
    if places.is_full:
        return RESERVE
    return AT_ONCE if is_known else CONFIRMATION


def figures(page: TrainingPage, numbers: Numbers) -> Iterator[dict[str, str]]:
    """Places and the window of registration, as the component `facts` takes them. No query."""
    if not page.has_registration:
        return
    if page.capacity:
        yield {"label": "Liczba miejsc", "value": str(page.capacity)}
    if numbers.reserved:
        people = plural(numbers.reserved, "osoba,osoby,osób")
        yield {"label": "Lista rezerwowa", "value": f"{numbers.reserved}\xa0{people}"}
    if page.registration_opens_at:
        yield {"label": "Zapisy od", "value": moment_in_words(page.registration_opens_at)}
    closes = page.registration_closes_at or page.starts_at
    if closes:
        yield {"label": "Zapisy do", "value": moment_in_words(closes)}
