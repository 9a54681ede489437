"""Lists of one training to take away. None has a PESEL or special categories of data: the platform has neither."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from courses.models import TrainingPage
from elearning.cms.alphabet import alphabetical
from elearning.cms.tables import Cell
from elearning.institutions.models import TerritorialUnit
from elearning.records import attendance
from elearning.records.models import Registration
from elearning.records.models.attendance import PRESENCES
from elearning.records.models.trainings import RegistrationQuerySet
from elearning.records.presence import COUNTS, Resolution
from elearning.records.schedule import Block

from .registration_form import answers_in_words
from .terms import training_of

Row = list[Cell]
DIFFER, NOTHING = "rozbieżność", "brak danych"
FUNDER_NOTE = (
    "Zgodność z\xa0szablonem SM EFS sprawdź przed wczytaniem. Puste kolumny uzupełnij w\xa0SM EFS: platforma nie zbiera"
    " tych danych."
)
FUNDER_ABOUT = "Pola SM EFS, które mamy. Bez PESEL i\xa0danych wrażliwych."
# What forms of SM EFS ask of a participant and the platform does not collect.
FUNDER_EMPTY = [
    "PESEL",
    "Płeć",
    "Wiek",
    "Wykształcenie",
    "Obywatelstwo",
    "Status na rynku pracy",
    "Telefon",
    "Niepełnosprawność",
    "Pochodzenie i\xa0mniejszości",
    "Sytuacja mieszkaniowa",
]


@dataclass(frozen=True, slots=True)
class Export:
    """A list: `key` is part of its address and file name; `rows` begins with the head."""

    key: str
    title: str
    about: str
    rows: Callable[[TrainingPage], Iterator[Row]]


def registrations(page: TrainingPage) -> Iterator[Row]:
    """Everything that was said at registration, a row for each, also for those who resigned. Three queries."""
    found = list(_registrations(page).prefetch_related("clauses"))
    asked = {row["id"]: row["question"] for one in found for row in one.answers}
    criteria = {row["id"]: row["text"] for one in found for row in one.criteria}
    clauses = {str(clause.key): clause.title for one in found for clause in one.clauses.all()}
    yield [
        *("Nr", "Stan", "Nazwisko", "Imię", "E-mail", "Instytucja", "Funkcja", "Potrzeby dostępności", "Punkty"),
        *("Zgłoszono", "Potwierdzono adres"),
        *asked.values(),
        *criteria.values(),
        *(f"Zgoda: {title}" for title in clauses.values()),
    ]
    for one in found:
        answers = {row["id"]: text for row, (_, text) in zip(one.answers, answers_in_words(one.answers), strict=True)}
        met = {row["id"] for row in one.criteria}
        accepted = {str(clause.key): f"tak, wersja {clause.version}" for clause in one.clauses.all()}
        yield [
            *(one.number or "", str(one.get_standing_display()), one.last_name, one.first_name, one.email),
            *(one.institution_label, one.function, one.accessibility_needs, one.points),
            *(_moment(one.registered_at), _moment(one.confirmed_at)),
            *(answers.get(key, "") for key in asked),
            *("tak" if key in met else "nie" for key in criteria),
            *(accepted.get(key, "nie") for key in clauses),
        ]


def presence(page: TrainingPage) -> Iterator[Row]:
    """Those with a place and how they were there in each block, with teaching hours."""
    training = training_of(page)
    blocks = [(day, block) for day in training.schedule.days for block in day.blocks]
    presences, verdicts = attendance.presences(training), attendance.verdicts(training)
    yield [
        *("Nr", "Nazwisko", "Imię", "Instytucja"),
        *(f"{day.date:%d.%m.%Y} {block.start:%H:%M} {block.topic}" for day, block in blocks),
        *("Godziny obecności", "Godziny razem", "Obecność w\xa0%"),
    ]
    for one in _with_place(page):
        verdict = verdicts.get(one.pk)
        yield [
            *(one.number or "", one.last_name, one.first_name, one.institution_label),
            *(_presence(presences.get(one.pk, {}), block) for _day, block in blocks),
            *((verdict.earned, verdict.total, round(verdict.share * 100, 1)) if verdict else ("", "", "")),
        ]


def for_funder(page: TrainingPage) -> Iterator[Row]:
    """Participants with the fields of SM EFS that the platform has; the others stand there empty."""
    training = training_of(page)
    days = [day.date for day in training.schedule.days]
    first, last = (f"{min(days):%Y-%m-%d}", f"{max(days):%Y-%m-%d}") if days else ("", "")
    presences = attendance.presences(training)
    yield [
        *("Nazwisko", "Imię", "E-mail", "Instytucja", "Typ instytucji", "Województwo instytucji", "Powiat instytucji"),
        *("Gmina instytucji", "Zatrudniony na stanowisku", "Rodzaj wsparcia", "Data rozpoczęcia udziału"),
        *("Data zakończenia udziału", "Wziął udział"),
        *FUNDER_EMPTY,
    ]
    for one in _with_place(page):
        institution = one.institution
        places = _places(institution.unit if institution else None)
        was_there = any(resolution.presence in COUNTS for resolution in presences.get(one.pk, {}).values())
        yield [
            *(one.last_name, one.first_name, one.email, one.institution_label),
            institution.get_kind_display() if institution else "",
            *(places.get(kind, "") for kind in ("voivodeship", "county", "commune")),
            *(one.function, page.get_kind_display(), first, last, "tak" if was_there else "nie"),
            *("" for _ in FUNDER_EMPTY),
        ]
    yield [FUNDER_NOTE]


def contacts(page: TrainingPage) -> Iterator[Row]:
    """Names and addresses of those with a place, in the order of the alphabet."""
    yield ["Nazwisko", "Imię", "E-mail"]
    for one in _with_place(page):
        yield [one.last_name, one.first_name, one.email]


EXPORTS = {
    each.key: each
    for each in (
        Export("zgloszenia", "Zgłoszenia", "Wszystkie dane ze zgłoszeń, pytania dodatkowe i\xa0zgody.", registrations),
        Export("obecnosc", "Obecność", "Obecność w\xa0każdym bloku i\xa0godziny dydaktyczne.", presence),
        Export(
            "finansujacy",
            "Lista dla finansującego",
            FUNDER_ABOUT,
            for_funder,
        ),
        Export("kontakty", "Lista kontaktów", "Imiona, nazwiska i\xa0adresy osób z\xa0miejscem.", contacts),
    )
}


def _registrations(page: TrainingPage) -> RegistrationQuerySet:
    return Registration.objects.filter(training=page.pk).select_related("institution").order_by("number", "pk")


def _with_place(page: TrainingPage) -> list[Registration]:
    """Those with a place in the order of the alphabet. One query."""
    found = _registrations(page).admitted().select_related("institution__unit__parent__parent")
    return sorted(found, key=lambda one: (alphabetical(one.last_name), alphabetical(one.first_name), one.pk))


def _presence(resolutions: dict[UUID, Resolution], block: Block) -> str:
    found = resolutions.get(block.id)
    if found is None or (not found.standing and found.decision is None):
        return NOTHING
    return DIFFER if found.presence is None else dict(PRESENCES)[found.presence]


def _places(unit: TerritorialUnit | None) -> dict[str, str]:
    """The names of a unit and of those above it, by their kind. No query for units that were selected."""
    found = {}
    while unit is not None:
        found[unit.kind] = unit.name
        unit = unit.parent
    return found


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
