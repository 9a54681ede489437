"""„Napisz do grupy”: whom, what, the letter as the first of them gets it, and then one letter for each."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import desk_log as training_desk_log
from courses.trainings.desk_numbers import seen
from courses.trainings.letters import WORDS, Draft, letter_to, one_each, send, sendings, unknown_words
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.alphabet import alphabetical
from elearning.cms.templatetags.polish import plural
from elearning.records.models import Registration
from elearning.records.models.trainings import STANDINGS
from elearning.records.places import Standing

from .entrance import frame, organised_by

TITLE = "Napisz do grupy"
NOBODY = "Nikogo takiego nie ma. Zmień wybór osób."
CHANGED = "Od podglądu zmieniła się liczba osób. Sprawdź nowy podgląd i\xa0wyślij jeszcze raz."


class MessageForm(forms.Form):
    """A letter and whom it is for. `wysylka` is the key by which sending twice writes to nobody twice."""

    stany = forms.MultipleChoiceField(
        label="Stan zgłoszenia",
        choices=[choice for choice in STANDINGS if choice[0] != Standing.UNCONFIRMED],
        initial=[Standing.ADMITTED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zaznacz co najmniej jeden stan."},
    )
    instytucje = forms.MultipleChoiceField(
        label="Instytucje",
        required=False,
        help_text="Nic nie zaznaczaj, a\xa0napiszesz do wszystkich instytucji.",
        widget=forms.CheckboxSelectMultiple,
    )
    obecnosc = forms.ChoiceField(
        label="Obecność",
        required=False,
        choices=[
            ("", "bez znaczenia"),
            ("present", "osoby, które były co najmniej na jednym bloku"),
            ("absent", "osoby, których nie było"),
        ],
    )
    bez_ankiety = forms.BooleanField(label="Tylko osoby, które nie wypełniły ankiety", required=False)
    temat = forms.CharField(label="Temat", max_length=200, error_messages={"required": "Napisz temat."})
    tekst = forms.CharField(
        label="Treść",
        max_length=10_000,
        error_messages={"required": "Napisz treść."},
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    wysylka = forms.UUIDField(widget=forms.HiddenInput)
    ile = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, page: TrainingPage, **kwargs: Any) -> None:
        """Two queries: the registrations and who has answered the survey."""
        super().__init__(*args, **kwargs)
        self.page = page
        self.registrations = list(
            Registration.objects.filter(training=page.pk).select_related("institution", "user", "survey_receipt")
        )
        names = sorted({one.institution_label for one in self.registrations} - {""}, key=alphabetical)
        field = self.fields["instytucje"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(name, name) for name in names]
        if not names:
            del self.fields["instytucje"]
        if not page.survey:
            del self.fields["bez_ankiety"]

    def clean_temat(self) -> str:
        return _known_words(self.cleaned_data["temat"])

    def clean_tekst(self) -> str:
        return _known_words(self.cleaned_data["tekst"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.recipients:
            self.add_error("stany", NOBODY)
        return cleaned

    @property
    def recipients(self) -> list[Registration]:
        """Who gets a letter, once each. One query where presence counts."""
        typed = self.cleaned_data
        found = [one for one in self.registrations if one.standing in typed["stany"]]
        if typed.get("instytucje"):
            found = [one for one in found if one.institution_label in typed["instytucje"]]
        if typed.get("bez_ankiety"):
            found = [one for one in found if not hasattr(one, "survey_receipt")]
        if typed.get("obecnosc"):
            present = seen(self.page.pk)
            found = [one for one in found if (one.pk in present) is (typed["obecnosc"] == "present")]
        return one_each(found)

    @property
    def draft(self) -> Draft:
        return Draft(self.cleaned_data["temat"], self.cleaned_data["tekst"])


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, the preview, the sending."""
    page, person = organised_by(request, pk)
    if request.method != "POST":
        chosen = [state for state in request.GET.getlist("stan") if state in dict(STANDINGS)]
        initial = {"wysylka": uuid.uuid4(), **({"stany": chosen} if chosen else {})}
        return _form(request, page, MessageForm(page=page, initial=initial))
    form = MessageForm(request.POST, page=page)
    if not form.is_valid() or "popraw" in request.POST:
        return _form(request, page, form)
    recipients = form.recipients
    if "wyslij" not in request.POST:
        return _preview(request, page, form, recipients)
    if form.cleaned_data["ile"] != len(recipients):
        messages.warning(request, CHANGED)
        return _preview(request, page, form, recipients)
    _send(request, page, form, person)
    return redirect("training_desk:message", page.pk)


def _form(request: HttpRequest, page: TrainingPage, form: MessageForm) -> HttpResponse:
    context = {
        **frame(page, TITLE),
        "form": form,
        "words": [(f"{{{word}}}", meaning) for word, meaning in WORDS.items()],
        "sendings": sendings(page),
        "has_registrations": bool(form.registrations),
    }
    return render(request, "courses/training_desk/message.html", context, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest, page: TrainingPage, form: MessageForm, recipients: list[Registration]
) -> HttpResponse:
    letter, token = letter_to(training_of(page), recipients[0], form.draft), str(recipients[0].token)
    kept = [(name, value) for name in form.fields if name != "ile" for value in request.POST.getlist(name)]
    context = {
        **frame(page, "Podgląd wiadomości"),
        "kept": [*kept, ("ile", str(len(recipients)))],
        "count": len(recipients),
        "first": recipients[0],
        "subject": letter.subject.replace(token, "…"),
        "text": letter.body.replace(token, "…"),
        "recipients": recipients,
    }
    return render(request, "courses/training_desk/message_preview.html", context)


def _send(request: HttpRequest, page: TrainingPage, form: MessageForm, person: User) -> None:
    sending: uuid.UUID = form.cleaned_data["wysylka"]
    new = send(training_of(page), form.recipients, form.draft, sending=sending)
    if not new:
        messages.info(request, "Ta wiadomość była już wysłana. Nikt nie dostanie jej drugi raz.")
        return
    training_desk_log.sent(page, person, sending=sending, subject=form.cleaned_data["temat"], count=new)
    people = plural(new, "osoby,osób,osób")
    messages.success(request, f"Wiadomość jest w\xa0drodze do {new} {people}.")


def _known_words(text: str) -> str:
    """The text, where all its words in braces stand for something. Raises `ValidationError`."""
    if unknown := unknown_words(text):
        named = ", ".join(f"{{{word}}}" for word in unknown)
        raise ValidationError(f"Nie wiemy, co wstawić w\xa0miejsce: {named}. Popraw to albo usuń nawiasy.")
    return text
