"""What an organiser says about presence: decisions where sources differ, and the paper list."""

from collections.abc import Sequence
from typing import Any

from django import forms

from courses.trainings.attendance_grid import Difference
from elearning.records.models import Registration
from elearning.records.models.attendance import PRESENCES
from elearning.records.presence import Presence, Source
from elearning.records.schedule import Day

ALL_DAYS = "wszystkie"
NOT_SAID = ""
VOICES = {
    Source.IMPORT: "raport ze spotkania",
    Source.PAPER: "listę papierową",
    Source.QR: "kod QR",
    Source.TRAINER: "listę osoby prowadzącej",
}


class FilterForm(forms.Form):
    """What of the grid is shown."""

    dzien = forms.ChoiceField(label="Dzień", required=False)
    tylko = forms.BooleanField(label="Tylko rozbieżności", required=False)

    def __init__(self, data: Any = None, *, days: Sequence[Day]) -> None:
        super().__init__(data)
        self.days = {str(day.id): day for day in days}
        told = [(key, f"{day.date:%d.%m.%Y}") for key, day in self.days.items()]
        self.fields["dzien"].choices = [("", "wszystkie dni"), *told]  # type: ignore[attr-defined]

    @property
    def day(self) -> Day | None:
        """The chosen day; None for all of them."""
        return self.days.get(self.cleaned_data.get("dzien") or "")

    @property
    def only_differences(self) -> bool:
        return bool(self.cleaned_data.get("tylko"))


class DecisionForm(forms.Form):
    """What counts for one person in one block. Nothing chosen decides nothing."""

    pick = forms.BooleanField(label="Zaznacz do decyzji zbiorczej", required=False)
    presence = forms.ChoiceField(label="Decyzja", required=False, widget=forms.RadioSelect, choices=PRESENCES)
    note = forms.CharField(label="Uwaga (opcjonalnie)", required=False, max_length=255)
    newest = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, difference: Difference) -> None:
        super().__init__(data, prefix=prefix_of(difference))
        self.difference = difference
        self.fields["newest"].initial = difference.mark.pk

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("note") and not found.get("presence") and not found.get("pick"):
            self.add_error("presence", "Wybierz decyzję, której dotyczy uwaga.")
        return found

    @property
    def decided(self) -> Presence | None:
        chosen = self.cleaned_data.get("presence")
        return Presence(chosen) if chosen else None


class VoiceForm(forms.Form):
    """Which source is right about all that was ticked."""

    voice = forms.ChoiceField(
        label="Dla zaznaczonych uznaj",
        required=False,
        choices=[("", "wybierz źródło"), *((source.value, words) for source, words in VOICES.items())],
    )

    @property
    def source(self) -> Source | None:
        chosen = self.cleaned_data.get("voice")
        return Source(chosen) if chosen else None


class PaperForm(forms.Form):
    """What the paper list of a day says of one person. `was` is what it said when the page was opened."""

    presence = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, choices=[(NOT_SAID, "brak wpisu"), *PRESENCES]
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, person: Registration, said: str) -> None:
        """`said` is what the paper list says of the whole day; nothing where it says nothing, or not one thing."""
        super().__init__(data, prefix=f"r{person.pk}")
        self.person = person
        self.fields["presence"].initial = self.fields["was"].initial = said
        self.fields["presence"].label = f"{person.last_name} {person.first_name}".strip()
        if said:  # what was said is never taken back, only changed
            self.fields["presence"].choices = PRESENCES  # type: ignore[attr-defined]

    def changed(self, rest: Presence | None) -> Presence | None:
        """What was typed anew; `rest` for somebody of whom nothing is said. None where nothing is to be kept."""
        chosen, was = self.cleaned_data.get("presence", ""), self.cleaned_data.get("was", "")
        if chosen == NOT_SAID:
            return rest if was == NOT_SAID else None
        return Presence(chosen) if chosen != was else None


class RestForm(forms.Form):
    """What to make of those of whom the paper list says nothing."""

    rest = forms.ChoiceField(
        label="Osoby bez wpisu na tej stronie zapisz jako",
        required=False,
        choices=[(NOT_SAID, "bez zmian"), (Presence.PRESENT.value, "obecność"), (Presence.ABSENT.value, "nieobecność")],
    )

    @property
    def presence(self) -> Presence | None:
        chosen = self.cleaned_data.get("rest")
        return Presence(chosen) if chosen else None


def prefix_of(difference: Difference) -> str:
    """What names the form of one person in one block."""
    return f"c{difference.person.pk}-{difference.block.hex}"
