"""„Powtórz w innym terminie”: the form, and the draft that comes of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import AdminDateInput

from courses.models import TrainingPage
from courses.trainings.copying import copied, first_day

from .entrance import frame, organised_by

MAY_NOT_ADD = "Możesz zmieniać to szkolenie, ale nie możesz dodać następnego."


class CopyForm(forms.Form):
    """What differs in the copy."""

    tytul = forms.CharField(label="Tytuł", max_length=255, error_messages={"required": "Wpisz tytuł."})
    pierwszy_dzien = forms.DateField(
        label="Pierwszy dzień",
        widget=AdminDateInput,
        help_text="O\xa0tyle samo dni przesuniemy pozostałe dni i\xa0zapisy. Godziny się nie zmienią.",
        error_messages={"required": "Podaj pierwszy dzień.", "invalid": "Podaj datę, na przykład 2027-03-18."},
    )
    z_linkiem = forms.BooleanField(
        label="Zachowaj link do spotkania",
        required=False,
        help_text="Zaznacz, gdy nowe spotkanie będzie pod tym samym adresem.",
    )

    def clean_pierwszy_dzien(self) -> Any:
        day = self.cleaned_data["pierwszy_dzien"]
        if day < timezone.localdate():
            raise forms.ValidationError("Ten dzień już minął. Podaj późniejszy.")
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; once it is filled in, the draft."""
    page, person = organised_by(request, pk)
    if not page.get_parent().permissions_for_user(person).can_add_subpage():
        raise PermissionDenied(MAY_NOT_ADD)
    form = CopyForm(request.POST or None, initial={"tytul": page.title})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = copied(page, title=typed["tytul"], on=typed["pierwszy_dzien"], keeps_link=typed["z_linkiem"], by=person)
        messages.success(request, f"Utworzyliśmy szkic: {made.title}. Sprawdź go i\xa0opublikuj.")
        return redirect("wagtailadmin_pages:edit", made.pk)
    return _shown(request, page, form)


def _shown(request: HttpRequest, page: TrainingPage, form: CopyForm) -> HttpResponse:
    if not page.join_url:
        del form.fields["z_linkiem"]
    context = {**frame(page, "Powtórz w\xa0innym terminie"), "form": form, "first_day": first_day(page)}
    return render(request, "courses/training_desk/copy.html", context, status=422 if form.errors else 200)
