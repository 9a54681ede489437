"""What an organiser has to do now about one training, from what is known of it. Pure: no query, the time is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from elearning.cms.templatetags.polish import plural
from elearning.records.schedule import Mode

from .desk_numbers import Figures

# The link into a meeting is asked for so long before it begins.
LINK_WANTED = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a training is like now. `earned` have earned a certificate and have none yet; None where none are given."""

    starts_at: datetime | None
    ends_at: datetime | None
    mode: Mode
    is_live: bool
    is_called_off: bool
    has_registration: bool
    is_automatic: bool
    by_invitation: bool
    capacity: int | None
    has_link: bool
    has_materials: bool
    has_recording: bool
    has_survey: bool
    reports: int
    invited: int
    unclear: int
    earned: int | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what it is, and the name of the page where it is done."""

    text: str
    page: str


def tasks(known: Known, now: datetime) -> list[Task]:
    """The tasks in the order in which they are best done."""
    if known.is_called_off:
        return []
    is_over = known.ends_at is not None and known.ends_at < now
    after = [*_attendance(known), *_after(known)] if is_over else []
    return [*_before(known, now), *_places(known, is_over=is_over), *after]


def _before(known: Known, now: datetime) -> Iterator[Task]:
    if known.starts_at is None:
        yield Task("Dodaj program: dni i\xa0bloki", "edit")
    if not known.is_live:
        yield Task("To szkic. Opublikuj stronę, gdy będzie gotowa", "edit")
    if known.starts_at is None or known.starts_at < now:
        return
    if known.mode is not Mode.ON_SITE and not known.has_link and known.starts_at - now < LINK_WANTED:
        yield Task("Dodaj link do spotkania", "edit")
    if known.is_live and known.by_invitation and not known.invited:
        yield Task("Zaproś pierwsze osoby. Bez zaproszenia nikt się nie zapisze", "invitations")


def _places(known: Known, *, is_over: bool) -> Iterator[Task]:
    figures = known.figures
    if figures.numbers.pending:
        waiting = plural(figures.numbers.pending, "zgłoszenie czeka,zgłoszenia czekają,zgłoszeń czeka")
        yield Task(f"{figures.numbers.pending} {waiting} na decyzję", "pending")
    if is_over or known.is_automatic or not figures.numbers.reserved:
        return
    free = figures.numbers.reserved if known.capacity is None else known.capacity - figures.numbers.taken
    if free > 0:
        places = plural(free, "wolne miejsce,wolne miejsca,wolnych miejsc")
        yield Task(f"{free} {places}, na liście rezerwowej: {figures.numbers.reserved}. Przenieś osoby", "reserved")


def _attendance(known: Known) -> Iterator[Task]:
    figures = known.figures
    if known.has_registration and figures.numbers.admitted:
        if known.mode is not Mode.ON_SITE and not known.reports:
            yield Task("Wczytaj raport obecności ze spotkania", "report")
        elif not figures.present and not known.reports:
            yield Task("Uzupełnij obecność", "attendance")
    if known.unclear:
        yield Task(f"Niejasne osoby w\xa0raporcie: {known.unclear}", "unclear")
    if figures.conflicts:
        yield Task(f"Rozbieżności w\xa0obecności: {figures.conflicts}", "attendance")


def _after(known: Known) -> Iterator[Task]:
    if known.earned:
        people = plural(known.earned, "osoba spełnia,osoby spełniają,osób spełnia")
        yield Task(f"Wystaw zaświadczenia: {known.earned} {people} warunki", "certificates")
    if known.mode is not Mode.ON_SITE and not known.has_recording:
        yield Task("Dodaj nagranie", "edit")
    elif not known.has_materials:
        yield Task("Dodaj materiały", "edit")
    if known.has_registration and not known.has_survey:
        yield Task("Dodaj ankietę ewaluacyjną", "edit")
