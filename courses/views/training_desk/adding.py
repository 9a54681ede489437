"""Writing down by hand who asked for a place on paper or by telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings.registration_form import RegistrationForm
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import registration as registering
from elearning.records.training import Training

from .entrance import frame, organised_by
from .registrations import LIST

ALREADY = "Z\xa0tym adresem jest już zgłoszenie. Znajdź je na liście zgłoszeń."
MAIL_HINT = "Wyślemy na niego potwierdzenie. Sprawdź go dwa razy: nikt go już nie potwierdzi."


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form as on the page of the training; its clauses are ticked from the paper that the person signed."""
    page, person = organised_by(request, pk)
    training = training_of(page)
    form = RegistrationForm(request.POST or None, training=training)
    form.fields["email"].help_text = MAIL_HINT
    if request.method == "POST" and form.is_valid() and (added := _added(form, training, by=person)):
        messages.success(request, f"Dopisaliśmy zgłoszenie: {added.name}. Stan: {added.get_standing_display()}.")
        return redirect("training_desk:registration", page.pk, added.pk)
    return _shown(request, page, form)


def _added(form: RegistrationForm, training: Training, *, by: User) -> "registering.Registration | None":
    """The new registration; where it is refused, the form says why."""
    typed = form.cleaned_data
    applicant = registering.Applicant(
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        email=typed["email"],
        institution_id=form.institution_id,
        institution_name=typed["institution_name"],
        function=typed["function"],
        accessibility_needs=typed["accessibility_needs"],
        answers=form.answers(),
        criteria=form.criteria(),
        clauses=form.clauses(),
        written_by=by,
    )
    try:
        done = registering.register(training, applicant)
    except registering.Refused as refused:
        form.add_error(None, refused.text)
        return None
    if not done.is_new:
        form.add_error("email", ALREADY)
        return None
    return done.registration


def _shown(request: HttpRequest, page: TrainingPage, form: RegistrationForm) -> HttpResponse:
    context = {
        **frame(page, "Dopisz osobę", below=(LIST, reverse("training_desk:registrations", args=[page.pk]))),
        "form": form,
    }
    return render(request, "courses/training_desk/add.html", context, status=422 if form.errors else 200)
