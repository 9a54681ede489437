"""Decisions about several registrations at once: who is concerned, the note to them, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from courses.models import TrainingPage
from courses.trainings.registration_list import RegistrationFilter, book_of
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import registration as registering
from elearning.records.models import Registration
from elearning.records.places import OPEN, Standing

from .entrance import frame, organised_by

LIST = "Lista zgłoszeń"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that an organiser decides. `of` are the standings in which it can be decided."""

    key: str
    label: str
    to: Standing
    of: frozenset[Standing]
    explained: str


ACTIONS = {
    action.key: action
    for action in (
        Action(
            key="przyjmij",
            label="Przyjmij",
            to=Standing.ADMITTED,
            of=frozenset({Standing.PENDING, Standing.OFFERED}),
            explained="Kto się zmieści, dostanie miejsce. Pozostałe osoby trafią na listę rezerwową.",
        ),
        Action(
            key="przenies",
            label="Przenieś z\xa0listy rezerwowej",
            to=Standing.ADMITTED,
            of=frozenset({Standing.RESERVED}),
            explained="Każda osoba dostanie wolne miejsce, dopóki są miejsca. Kolejność listy wtedy nie obowiązuje.",
        ),
        Action(
            key="odrzuc",
            label="Odrzuć",
            to=Standing.REJECTED,
            of=frozenset({Standing.PENDING, Standing.RESERVED}),
            explained="Te osoby nie wezmą udziału. Napisz im dlaczego.",
        ),
        Action(
            key="anuluj",
            label="Anuluj zgłoszenie",
            to=Standing.CANCELLED,
            of=frozenset(OPEN),
            explained="Zwolnione miejsca przejdą na osoby z\xa0listy rezerwowej.",
        ),
    )
}


class DecisionForm(forms.Form):
    """What is decided about whom, and the note that goes to all of them."""

    dzialanie = forms.ChoiceField(choices=[(key, action.label) for key, action in ACTIONS.items()])
    zgloszenia = forms.CharField(widget=forms.HiddenInput, required=False)
    wyjasnienie = forms.CharField(
        label="Wyjaśnienie dla tych osób",
        required=False,
        max_length=1000,
        help_text="Dołączymy je do wiadomości, którą dostanie każda z\xa0tych osób.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_zgloszenia(self) -> list[int]:
        """The numbers of the registrations; what is none is left out."""
        return [int(part) for part in self.cleaned_data["zgloszenia"].split(",") if part.isascii() and part.isdigit()]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one registration."""

    registration: Registration
    text: str
    is_done: bool


def possible(action: Action, one: Registration) -> bool:
    """Whether this can be decided about a registration as it stands."""
    return one.standing in action.of


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """First who is concerned and the note; once confirmed, the decision and what became of each."""
    page, person = organised_by(request, pk)
    ids = _ids(request, page)
    form = DecisionForm({**request.POST.dict(), "zgloszenia": ",".join(map(str, ids))})
    is_valid = form.is_valid()
    if "dzialanie" in form.errors or not ids:
        back = reverse("training_desk:registrations", args=[page.pk])
        return redirect(f"{back}?{request.POST.get('filtr', '')}")
    chosen = list(Registration.objects.filter(training=page.pk, pk__in=ids).select_related("institution"))
    action = ACTIONS[form.cleaned_data["dzialanie"]]
    if is_valid and "potwierdzam" in request.POST:
        return _decided(request, page, action, _outcomes(page, chosen, action, by=person, form=form))
    concerned = [one for one in chosen if possible(action, one)]
    context = {
        **_frame(page, action),
        "form": form if "potwierdzam" in request.POST else DecisionForm(initial=form.cleaned_data),
        "action": action,
        "concerned": concerned,
        "others": [one for one in chosen if not possible(action, one)],
        "ids": ",".join(str(one.pk) for one in concerned),
    }
    return render(request, "courses/training_desk/decide.html", context, status=200 if is_valid else 422)


def _ids(request: HttpRequest, page: TrainingPage) -> Iterable[int]:
    """The registrations that were ticked, or all that the filter of the list finds."""
    if request.POST.get("zakres") == "wszystkie":
        form = RegistrationFilter(QueryDict(request.POST.get("filtr", "")), book=book_of(page))
        return [one.pk for one in form.chosen()]
    ticked = [*request.POST.getlist("zgloszenie"), *request.POST.get("zgloszenia", "").split(",")]
    return [int(number) for number in dict.fromkeys(ticked) if number.isascii() and number.isdigit()]


def _outcomes(
    page: TrainingPage, chosen: list[Registration], action: Action, *, by: User, form: DecisionForm
) -> list[Outcome]:
    note = form.cleaned_data["wyjasnienie"].replace("\r\n", "\n")
    concerned = [one for one in chosen if possible(action, one)]
    decided = registering.decide(training_of(page), concerned, to=action.to, by=by, note=note)
    outcomes = [
        Outcome(
            each.registration, each.refused.text if each.refused else _standing(each.registration), not each.refused
        )
        for each in decided
    ]
    untouched = [
        Outcome(one, f"bez zmian: {_standing(one)}", is_done=False) for one in chosen if not possible(action, one)
    ]
    return [*outcomes, *untouched]


def _decided(request: HttpRequest, page: TrainingPage, action: Action, outcomes: list[Outcome]) -> HttpResponse:
    context = {
        **_frame(page, action),
        "outcomes": outcomes,
        "done": sum(outcome.is_done for outcome in outcomes),
    }
    return render(request, "courses/training_desk/decided.html", context)


def _frame(page: TrainingPage, action: Action) -> dict[str, object]:
    return frame(page, action.label, below=(LIST, reverse("training_desk:registrations", args=[page.pk])))


def _standing(one: Registration) -> str:
    return str(one.get_standing_display())
