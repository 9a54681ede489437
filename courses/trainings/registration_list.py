"""The registrations for a training as an organiser looks through them: filters and orders.

All of one training are read at once: databases neither compare Polish letters nor keep their order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms

from courses.models import TrainingPage
from elearning.cms.alphabet import alphabetical
from elearning.cms.words import fold
from elearning.records.models import AcceptedClause, Registration
from elearning.records.models.trainings import STANDINGS

EARLIEST = datetime.min.replace(tzinfo=UTC)
PLACES = {standing.value: place for place, (standing, _words) in enumerate(STANDINGS)}
ORDERS: dict[str, tuple[str, Callable[[Registration], Any]]] = {
    "numer": ("Nr", lambda one: (one.number is None, one.number, one.pk)),
    "nazwisko": ("Osoba", lambda one: (alphabetical(one.last_name), alphabetical(one.first_name), one.pk)),
    "instytucja": ("Instytucja", lambda one: (alphabetical(one.institution_label), alphabetical(one.last_name))),
    "stan": ("Stan", lambda one: (PLACES[one.standing], one.number or 0)),
    "punkty": ("Punkty", lambda one: (-one.points, one.number or 0)),
    "data": ("Zgłoszono", lambda one: (one.registered_at or EARLIEST, one.pk)),
}


@dataclass(frozen=True, slots=True)
class Book:
    """All registrations for a training, and which clauses each accepted: by the key of the clause."""

    registrations: list[Registration]
    accepted: dict[int, set[str]]
    clauses: dict[str, str]


def book_of(page: TrainingPage) -> Book:
    """Everything of one training that the list shows and filters by. Two queries."""
    registrations = list(
        Registration.objects.filter(training=page.pk).select_related("institution").defer("answers", "criteria")
    )
    accepted: dict[int, set[str]] = {}
    clauses: dict[str, str] = {}
    rows = AcceptedClause.objects.filter(registration__training=page.pk).values_list("registration_id", "key", "title")
    for registration, key, title in rows:
        accepted.setdefault(registration, set()).add(str(key))
        clauses[str(key)] = title
    return Book(registrations, accepted, clauses)


class RegistrationFilter(forms.Form):
    """What of the registrations is shown, and in which order."""

    szukaj = forms.CharField(label="Szukaj osoby lub adresu", required=False, max_length=200)
    stan = forms.ChoiceField(label="Stan", required=False, choices=[("", "wszystkie"), *STANDINGS])
    instytucja = forms.ChoiceField(label="Instytucja", required=False)
    zgoda = forms.ChoiceField(label="Zgoda", required=False)
    potrzeby = forms.BooleanField(label="Tylko z\xa0potrzebami dostępności", required=False)
    kolejnosc = forms.ChoiceField(
        required=False, choices=[(key, title) for key, (title, _order) in ORDERS.items()], widget=forms.HiddenInput
    )
    malejaco = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        names = sorted({one.institution_label for one in book.registrations} - {""}, key=alphabetical)
        self._choices("instytucja", [(name, name) for name in names])
        given = [(f"+{key}", f"udzielona: {title}") for key, title in book.clauses.items()]
        missing = [(f"-{key}", f"brak: {title}") for key, title in book.clauses.items()]
        self._choices("zgoda", [*given, *missing])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [("", "wszystkie"), *choices]

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self._typed.items() if name not in {"kolejnosc", "malejaco"})

    @property
    def order(self) -> str:
        return self._typed.get("kolejnosc") or "numer"

    @property
    def is_descending(self) -> bool:
        return bool(self._typed.get("malejaco"))

    def chosen(self) -> list[Registration]:
        """The registrations that were asked for, in the order that was asked for. A wrong choice chooses nothing."""
        found = [one for one in self.book.registrations if self._fits(one)]
        return sorted(found, key=ORDERS[self.order][1], reverse=self.is_descending)

    @property
    def _typed(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def _fits(self, one: Registration) -> bool:
        typed = self._typed
        if typed.get("stan") and one.standing != typed["stan"]:
            return False
        if typed.get("instytucja") and one.institution_label != typed["instytucja"]:
            return False
        if typed.get("potrzeby") and not one.accessibility_needs:
            return False
        return self._consents(one, typed.get("zgoda", "")) and _has_words(one, typed.get("szukaj", ""))

    def _consents(self, one: Registration, choice: str) -> bool:
        if not choice:
            return True
        return (choice[1:] in self.book.accepted.get(one.pk, ())) is (choice[0] == "+")


def _has_words(one: Registration, words: str) -> bool:
    text = fold(f"{one.name} {one.email} {one.institution_label} {one.function}")
    return all(word in text for word in fold(words).split())
