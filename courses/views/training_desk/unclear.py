"""„Niejasne wpisy” on the organiser’s desk: whose stays in a meeting these are, said by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural
from elearning.records import attendance_import, unclear_stays
from elearning.records.models import MeetingStay, Registration
from elearning.records.places import Standing
from elearning.records.unclear_stays import Group, Settlement

from .entrance import frame, organised_by, paged, query_without_page
from .reports import below

TWO = "Zaznaczona jest jedna osoba, a\xa0wpisana inna. Zaznacz „Inna osoba” albo usuń wpis."
TITLE = "Niejasne wpisy"
PER_PAGE = 20
MOST_SETTLED = 50  # shown below the queue
NOBODY, ANOTHER = "nobody", "another"
LIST_ID = "zapisane-osoby"  # of the one list of people that all groups share
CHOOSE = "Wpisz nazwisko i\xa0wybierz osobę z\xa0podpowiedzi."
UNKNOWN = "Nie ma takiej osoby w\xa0zapisach. Wpisz nazwisko i\xa0wybierz osobę z\xa0podpowiedzi."
GONE = "Te wpisy rozstrzygnięto już wcześniej. Sprawdź listę poniżej."


class GroupForm(forms.Form):
    """Whose the stays of one group are; nothing chosen leaves them waiting."""

    def __init__(self, data: Any = None, *, group: Group, people: Mapping[str, int]) -> None:
        """`people` are all to choose from: their keys by the words that the list of suggestions shows."""
        super().__init__(data, prefix=f"g{group.key}")
        self.people = people
        offered = [(str(person.pk), words_of(person)) for person in group.candidates]
        self.fields["whose"] = forms.ChoiceField(
            label=f"Czyje to wpisy: {group.name or group.email}?",
            required=False,
            widget=forms.RadioSelect,
            choices=[
                *offered,
                (ANOTHER, "Inna osoba z\xa0zapisów, wpisana niżej"),
                (NOBODY, "To nikt z\xa0zapisanych"),
            ],
        )
        self.fields["person"] = forms.CharField(
            label="Nazwisko albo e-mail innej osoby z\xa0zapisów",
            required=False,
            max_length=1000,
            widget=forms.TextInput(attrs={"list": LIST_ID, "autocomplete": "off"}),
        )
        self.fields["stays"] = forms.CharField(
            widget=forms.HiddenInput, initial=" ".join(str(key) for key in sorted(group.keys))
        )

    def clean_person(self) -> int | None:
        """The key of the person whose words or address were typed. Raises `ValidationError` for anybody else."""
        typed = " ".join(self.cleaned_data["person"].split())
        if not typed:
            return None
        found = self.people.get(typed) or self.people.get(typed.casefold())
        if found is None:
            raise forms.ValidationError(UNKNOWN)
        return found

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("whose") == ANOTHER and not found.get("person") and "person" not in self.errors:
            self.add_error("person", CHOOSE)
        if found.get("whose") not in {ANOTHER, "", None} and found.get("person"):
            self.add_error("person", TWO)
        return found

    def settlement(self) -> Settlement | None:
        """What was decided; None where nothing was. A person from the list counts without the choice before it too."""
        whose, person = self.cleaned_data.get("whose"), self.cleaned_data.get("person")
        shown = frozenset(int(key) for key in self.cleaned_data.get("stays", "").split() if key.isdecimal())
        if whose == NOBODY:
            return Settlement(shown, None)
        if whose and whose != ANOTHER:
            return Settlement(shown, int(whose))
        return Settlement(shown, person) if person else None


@dataclass(frozen=True, slots=True)
class Question:
    """One group of the queue with its form."""

    group: Group
    form: GroupForm


@require_http_methods(["GET", "HEAD", "POST"])
def unclear(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue, some at a time, and what was settled last."""
    page, person = organised_by(request, pk)
    groups = unclear_stays.waiting(page.pk)
    part = paged(groups, PER_PAGE, request)
    words = {
        words_of(each): each for each in sorted(attendance_import.people_of(page.pk), key=attendance_import.by_name)
    }
    people = {each.email.casefold(): each.pk for each in words.values()} | {key: each.pk for key, each in words.items()}
    data = request.POST if request.method == "POST" else None
    shown = [group for group in groups if f"g{group.key}-stays" in request.POST] if data else list(part.object_list)
    questions = [Question(group, GroupForm(data, group=group, people=people)) for group in shown]
    errors = []
    if data is not None:
        if all(question.form.is_valid() for question in questions):
            return _settle(request, page, person, questions)
        errors = [
            {"href": f"#{field.id_for_label}", "text": f"{question.group.name or question.group.email}: {error}"}
            for question in questions
            for field in question.form
            for error in field.errors
        ]
    context = {
        **frame(page, TITLE, below=below(page)),
        "questions": questions,
        "errors": errors,
        "total": len(groups),
        "list_id": LIST_ID,
        "people": list(words),
        "page_obj": part,
        "query": query_without_page(request),
        "settled": unclear_stays.settled(page.pk, MOST_SETTLED),
    }
    return render(request, "courses/training_desk/unclear.html", context)


def words_of(person: Registration) -> str:
    """A registration in a list to choose from: „Nowak Jan, PCPR A, jan@example.org”; without a place, its standing."""
    facts = [f"{person.last_name} {person.first_name}".strip(), person.institution_label, person.email]
    if person.standing != Standing.ADMITTED:
        facts.append(f"stan zgłoszenia: {person.get_standing_display()}")
    return " ".join(", ".join(filter(None, facts)).split())


def _settle(request: HttpRequest, page: TrainingPage, person: User, questions: Sequence[Question]) -> HttpResponse:
    decided = [decision for question in questions if (decision := question.form.settlement()) is not None]
    sent = {name for name in request.POST if name.endswith("-stays")}
    outcome = unclear_stays.settle(training_of(page), decided, by=person)
    if outcome.kept:
        words = plural(outcome.kept, "wpis jest rozstrzygnięty,wpisy są rozstrzygnięte,wpisów jest rozstrzygniętych")
        messages.success(request, f"{outcome.kept}\xa0{words}.")
    for text in _told(outcome.taken):
        messages.warning(request, text)
    if len(sent) > len(questions):
        messages.warning(request, GONE)
    elif not decided:
        messages.info(request, "Nic nie wybrano, więc nic się nie zmieniło.")
    return redirect(request.get_full_path())


def _told(taken: Sequence[MeetingStay]) -> list[str]:
    """Who else settled it meanwhile, once for each name."""
    found = {}
    for stay in taken:
        whose = stay.registration.name if stay.registration else "nikt z\xa0zapisanych"
        found[stay.name or stay.email] = f"rozstrzygnęła to już osoba: {stay.settled_by}. Wynik: {whose}."
    return [f"„{name}”: {words}" for name, words in found.items()]
