"""Invitations on the desk: who was invited and what came of it, a list of people to invite, a letter once more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings.access import may_organise
from courses.trainings.invitation_list import MOST_LINES, Line, TooLong, decoded, lines_of
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural
from elearning.cms.words import fold
from elearning.institutions.models import Institution
from elearning.records import inviting
from elearning.records.inviting import Invitee
from elearning.records.models import Invitation, Registration
from elearning.records.training import Training

from .entrance import frame, looked_at, organised_by, paged

PER_PAGE = 100
MOST_BYTES = 1_000_000
TITLE = "Zaproszenia"


class InvitationForm(forms.Form):
    """People to invite, typed or in a file."""

    lista = forms.CharField(
        label="Lista osób",
        required=False,
        max_length=MOST_BYTES,
        help_text="Jedna osoba w\xa0wierszu: imię nazwisko; e-mail; instytucja. Może być sam e-mail.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    plik = forms.FileField(
        label="albo plik CSV",
        required=False,
        help_text="Z\xa0tymi samymi kolumnami, na przykład zapisany w\xa0Excelu jako CSV.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_plik(self) -> Any:
        file = self.cleaned_data["plik"]
        if file and file.size > MOST_BYTES:
            raise ValidationError("Plik jest za duży. Podziel listę na mniejsze.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if file := cleaned.get("plik"):
            cleaned["lista"] = decoded(file.read())
        if not self.errors and not cleaned.get("lista", "").strip():
            self.add_error("lista", "Wpisz listę albo wybierz plik.")
        return cleaned


@dataclass(frozen=True, slots=True)
class Row:
    """An invitation, what came of it, and when it was last written about."""

    invitation: Invitation
    institution: str
    state: str
    written_at: datetime
    may_remind: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """The places of one institution and how many are taken."""

    name: str
    places: int
    taken: int


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """The list and the form; a posted list is shown line by line, and sent once that was confirmed."""
    if request.method != "POST":
        return _shown(request, looked_at(request, pk), InvitationForm())
    page, person = organised_by(request, pk)
    if "przypomnij" in request.POST:
        return _remind(request, page)
    form = InvitationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, page, form)
    try:
        lines = _lines(page, form.cleaned_data["lista"])
    except TooLong:
        form.add_error("lista", f"Lista jest za długa. Podziel ją na części do {MOST_LINES} wierszy.")
        return _shown(request, page, form)
    if "potwierdzam" in request.POST:
        return _invite(request, page, lines, by=person)
    context = {
        **frame(page, "Sprawdź listę", below=(TITLE, request.path)),
        "lines": lines,
        "good": sum(not line.fault for line in lines),
        "text": form.cleaned_data["lista"],
    }
    return render(request, "courses/training_desk/invite.html", context)


def _lines(page: TrainingPage, text: str) -> list[Line]:
    """The list as it would be sent. Raises `TooLong`. Two queries."""
    institutions = {fold(name): key for key, name in Institution.objects.values_list("pk", "name")}
    invited = Invitation.objects.filter(training=page.pk).values_list("email", flat=True)
    return lines_of(text, institutions, set(invited))


def _invite(request: HttpRequest, page: TrainingPage, lines: list[Line], *, by: User) -> HttpResponse:
    people = [Invitee(line.email, line.name, line.institution_id) for line in lines if not line.fault]
    made = inviting.invite(training_of(page), people, by=by, now=timezone.now())
    if made:
        words = plural(len(made), "osobę,osoby,osób")
        messages.success(request, f"Zaprosiliśmy {len(made)} {words}. Wiadomości są w\xa0drodze.")
    else:
        messages.info(request, "Na tej liście nie ma nikogo nowego. Nikogo nie zaprosiliśmy drugi raz.")
    return redirect("training_desk:invitations", page.pk)


def _remind(request: HttpRequest, page: TrainingPage) -> HttpResponse:
    """Once more to one of them, or to all who have not answered."""
    chosen: QuerySet[Invitation] = Invitation.objects.filter(training=page.pk, registration=None)
    which = request.POST["przypomnij"]
    if which != "wszystkie":
        chosen = chosen.filter(pk=int(which)) if which.isascii() and which.isdigit() else chosen.none()
    count = inviting.remind(training_of(page), list(chosen.order_by("pk")), now=timezone.now())
    if count:
        messages.success(
            request, f"Wysłaliśmy jeszcze raz: {count} {plural(count, 'zaproszenie,zaproszenia,zaproszeń')}."
        )
    else:
        messages.info(request, "Dzisiaj już wysłaliśmy te zaproszenia. Następny raz możesz jutro.")
    return redirect("training_desk:invitations", page.pk)


def _shown(request: HttpRequest, page: TrainingPage, form: InvitationForm) -> HttpResponse:
    training, may_change = training_of(page), may_organise(request.user, page)
    found = Invitation.objects.filter(training=page.pk).select_related("registration", "institution")
    part = paged(found.order_by("-invited_at", "-pk"), PER_PAGE, request)
    letters = inviting.last_letters(training)
    context = {
        **frame(page, TITLE),
        "form": form,
        "rows": [_row(invitation, letters) for invitation in part.object_list],
        "page_obj": part,
        "waiting": found.filter(registration=None).count(),
        "quotas": list(_quotas(page, training)),
        "may_change": may_change,
    }
    return render(request, "courses/training_desk/invitations.html", context, status=422 if form.errors else 200)


def _row(invitation: Invitation, letters: dict[int, datetime]) -> Row:
    registration, written = invitation.registration, letters.get(invitation.pk, invitation.invited_at)
    is_of_today = timezone.localdate(written) == timezone.localdate()
    state = f"zgłoszenie: {registration.get_standing_display()}" if registration else "bez odpowiedzi"
    institution = invitation.institution.name if invitation.institution else ""
    return Row(invitation, institution, state, written, may_remind=registration is None and not is_of_today)


def _quotas(page: TrainingPage, training: Training) -> list[Quota]:
    """The places of institutions that have their own. Two queries."""
    limits = training.admission.quotas
    names = dict(Institution.objects.filter(pk__in=limits).values_list("pk", "name"))
    holders = Registration.objects.with_place().filter(training=page.pk, institution__in=limits)
    taken = list(holders.values_list("institution", flat=True))
    return [Quota(names[key], places, taken.count(key)) for key, places in limits.items()]
