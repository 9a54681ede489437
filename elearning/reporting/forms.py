"""Which attempts statistics are made of, as an address says it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from .queries import Choice, Scope

CHOICES = [
    (Choice.FIRST.value, "pierwsze podejście każdej osoby"),
    (Choice.LAST.value, "ostatnie podejście każdej osoby"),
    (Choice.ALL.value, "wszystkie wysłane podejścia"),
]
ACTIVITY_CHOICES = [(Choice.ALL.value, "wszystkie podejścia"), *CHOICES[:2]]
ORDERS = [
    ("test", "jak w\xa0teście"),
    ("trudne", "od najtrudniejszych"),
    ("slabe", "od najsłabiej różnicujących"),
]
# What is chosen where the address says nothing.
DEFAULTS = {"podejscia": Choice.FIRST.value, "kolejnosc": "test"}


class ScopeForm(forms.Form):
    """The choice of attempts. Nothing chosen means first attempts of all time, as Moodle does: later ones remember."""

    defaults: ClassVar = DEFAULTS

    podejscia = forms.ChoiceField(label="Które podejścia", choices=CHOICES, required=False)
    od = forms.DateField(
        label="Wysłane od", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    do = forms.DateField(
        label="Wysłane do", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, query: QueryDict) -> None:
        data = query.copy()
        for name in self.defaults.keys() & self.base_fields.keys():
            data[name] = query.get(name) or self.defaults[name]
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        since, until = found.get("od"), found.get("do")
        if since and until and since > until:
            raise ValidationError("Data „od” musi być wcześniejsza niż „do”.")
        return found

    @property
    def scope(self) -> Scope:
        """What was chosen; without what is wrong."""
        self.full_clean()
        found = self.cleaned_data if self.is_valid() else {}
        return Scope(Choice(found.get("podejscia") or self.defaults["podejscia"]), found.get("od"), found.get("do"))

    @property
    def query(self) -> str:
        """What was chosen, to be kept in addresses; nothing that is wrong or means the same when it is absent."""
        kept = QueryDict(mutable=True)
        if self.is_valid():
            for name, value in self.cleaned_data.items():
                if value and value != self.defaults.get(name):
                    kept[name] = str(value)
        return kept.urlencode()


class QuizForm(ScopeForm):
    """The choice of attempts, and the order of the table of questions."""

    kolejnosc = forms.ChoiceField(label="Kolejność pytań", choices=ORDERS, required=False)


class ActivityForm(ScopeForm):
    """The choice of attempts at an activity: all of them where nothing is chosen, by the day on which they began."""

    defaults: ClassVar = {"podejscia": Choice.ALL.value}

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        podejscia = self.fields["podejscia"]
        podejscia.choices = ACTIVITY_CHOICES  # type: ignore[attr-defined]
        self.fields["od"].label, self.fields["do"].label = "Rozpoczęte od", "Rozpoczęte do"
