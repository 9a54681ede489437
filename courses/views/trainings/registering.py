"""Registering for a training: the form, by invitation too, and what stands before it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import TrainingPage
from courses.trainings import registration_letters
from courses.trainings.access import may_open
from courses.trainings.dates import day_in_words, moment_in_words
from courses.trainings.gate import Gate, gate
from courses.trainings.registration_form import RegistrationForm
from courses.trainings.terms import training_of
from elearning.accounts.limits import may_try
from elearning.accounts.models import User
from elearning.records import registration as registering
from elearning.records.models import Invitation, Registration
from elearning.records.places import Standing
from elearning.records.training import Training

# Registrations without an account from one network in an hour: an office that registers everybody shares one.
TRIES, HOUR = 60, 3600
TOO_MANY = (
    "Z\xa0tej sieci przyszło w\xa0ostatniej godzinie bardzo dużo zgłoszeń."
    " Odczekaj godzinę albo zapisz się z\xa0kontem. To, co wpisano, zostało w\xa0formularzu."
)
ALREADY = "Masz już zgłoszenie na to wydarzenie. Nie trzeba zapisywać się drugi raz."
RESERVE = {
    False: "Zapisujesz się na listę rezerwową. Gdy zwolni się miejsce, przejdzie na pierwszą osobę z\xa0listy.",
    True: "Zapisujesz się na listę rezerwową. O\xa0kolejności na niej decydują punkty za kryteria pierwszeństwa.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A training that this person may open. `person` is None without an account, `invitation` without a link of one."""

    request: HttpRequest
    page: TrainingPage
    training: Training
    person: User | None
    invitation: Invitation | None = None

    @property
    def known_email(self) -> str:
        """The address that needs not be asked for: an invitation may have come to another one than the account's."""
        if self.person is None:
            return ""
        return self.invitation.email if self.invitation else self.person.email


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, or what stands before it. Twelve queries at most besides session and user, and what registering takes.

    The answer to a stranger says the same about an address that is known and one that is new.
    """
    place = _place(request, slug)
    if place.person is not None and place.training.by_invitation:
        invited = Invitation.objects.filter(training=place.page, email__iexact=place.person.email).first()
        place = replace(place, invitation=invited)
    return _registering(place)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, slug: str, token: UUID) -> HttpResponse:
    """The same for who came by the link of an invitation: filled in beforehand, the address known to be theirs."""
    place = _place(request, slug)
    found = Invitation.objects.filter(training=place.page, token=token).select_related("registration").first()
    if found is None:
        raise Http404
    return _registering(replace(place, invitation=found))


@never_cache
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """That a letter is on its way. It knows nobody and tells nothing."""
    page = _open_page(request, slug)
    return render(request, "courses/trainings/sent.html", {"page": page, "url": training_of(page).url})


def _open_page(request: HttpRequest, slug: str) -> TrainingPage:
    page = TrainingPage.objects.select_related("project").filter(slug=slug).first()
    if page is None or not may_open(request.user, page):
        raise Http404
    return page


def _place(request: HttpRequest, slug: str) -> Place:
    page = _open_page(request, slug)
    person = request.user if isinstance(request.user, User) else None
    return Place(request, page, training_of(page), person)


def _registering(place: Place) -> HttpResponse:
    if own := _own(place):
        return _already(place, own)
    found = gate(
        place.page, place.training, place.request.user, timezone.now(), is_invited=place.invitation is not None
    )
    if found is not Gate.OPEN:
        return _closed(place, found)
    is_sent = place.request.method == "POST"
    form = RegistrationForm(
        place.request.POST if is_sent else None,
        training=place.training,
        person=place.person,
        invitation=place.invitation,
    )
    if not is_sent:
        return _form(place, form)
    if not form.is_valid():
        return _form(place, form, status=422)
    if place.person is None and not may_try(place.request, action="register", limit=TRIES, seconds=HOUR):
        return _form(place, form, status=429, notice=TOO_MANY)
    return _registered(place, form)


def _own(place: Place) -> Registration | None:
    """The registration that this visitor already has: of the account, or of the invitation whose link they hold.

    One whose address nobody confirmed is not theirs yet: registering takes its place.
    """
    if place.person is not None:
        known = Registration.objects.open().exclude(standing=Standing.UNCONFIRMED)
        return known.of_person(place.person).filter(training=place.page).first()
    made = place.invitation.registration if place.invitation else None
    return made if made and made.is_open and _is_invited_address(place, made.email) else None


def _is_invited_address(place: Place, email: str) -> bool:
    """Whether the link of the invitation came to that address, which is then known to be the visitor's."""
    return place.invitation is not None and place.invitation.email.lower() == email.lower()


def _registered(place: Place, form: RegistrationForm) -> HttpResponse:
    try:
        done = registering.register(place.training, _applicant(place, form))
    except registering.Refused as refusal:
        return _refused(place, form, refusal)
    own = done.registration
    is_theirs = place.person is not None or _is_invited_address(place, own.email)
    if is_theirs and own.standing != Standing.UNCONFIRMED:
        _say(place, is_new=done.is_new)
        return redirect("trainings:registration", place.page.slug, own.token)
    if not done.is_new:
        registration_letters.remind_of_link(place.training, own, timezone.now())
    return redirect("trainings:sent", place.page.slug)


def _refused(place: Place, form: RegistrationForm, refusal: registering.Refused) -> HttpResponse:
    """What changed while the form was open; an institution without places set aside is said at its field."""
    if refusal.reason is registering.Refusal.BY_INVITATION:
        form.add_error("institution", refusal.text)
        return _form(place, form, status=422)
    return _form(place, form, status=409, notice=refusal.text)


def _applicant(place: Place, form: RegistrationForm) -> registering.Applicant:
    person, typed = place.person, form.cleaned_data
    return registering.Applicant(
        first_name=person.first_name if person else typed["first_name"],
        last_name=person.last_name if person else typed["last_name"],
        email=place.known_email or typed["email"],
        institution_id=form.institution_id,
        institution_name=typed["institution_name"],
        function=typed["function"],
        accessibility_needs=typed["accessibility_needs"],
        answers=form.answers(),
        criteria=form.criteria(),
        clauses=form.clauses(),
        user=person,
        invitation=place.invitation,
    )


def _say(place: Place, *, is_new: bool) -> None:
    if is_new:
        messages.success(place.request, "Mamy Twoje zgłoszenie. Wiadomość o\xa0nim jest już w\xa0drodze.")
    else:
        messages.info(place.request, ALREADY)


def _already(place: Place, own: Registration) -> HttpResponse:
    """That there is a registration already; a form that was sent twice leads straight to it."""
    if place.request.method == "POST":
        _say(place, is_new=False)
        return redirect("trainings:registration", place.page.slug, own.token)
    context = {**_context(place), "own_url": place.training.registration_url(own.token), "registration": own}
    return render(place.request, "courses/trainings/already.html", context)


def _closed(place: Place, found: Gate) -> HttpResponse:
    """Why there is no form, and what to do next. What was sent did nothing, so its answer is no success."""
    here = urlencode({"next": place.request.path})
    opens, closes = place.training.opens_at, place.training.closes_at
    context = {
        **_context(place),
        "gate": found.value,
        "opens": moment_in_words(opens) if opens else "",
        "closes": moment_in_words(closes) if closes else "",
        "login_url": f"{reverse('account_login')}?{here}",
        "signup_url": f"{reverse('account_signup')}?{here}",
    }
    return render(
        place.request, "courses/trainings/closed.html", context, status=409 if place.request.method == "POST" else 200
    )


def _form(place: Place, form: RegistrationForm, *, status: int = 200, notice: str = "") -> HttpResponse:
    context = {
        **_context(place),
        "form": form,
        "person": place.person,
        "known_email": place.known_email,
        "notice": notice,
        "is_full": _is_full(place.training),
        "reserve_text": RESERVE[place.training.admission.by_points],
    }
    return render(place.request, "courses/trainings/register.html", context, status=status)


def _is_full(training: Training) -> bool:
    """Whether who registers now comes to the reserve list: those who wait there already go first. One query."""
    capacity = training.admission.capacity
    if capacity is None or training.admission.approval:
        return False
    known = registering.numbers([training.page_id])[training.page_id]
    return capacity - known.taken <= known.reserved


def _context(place: Place) -> dict[str, Any]:
    return {
        "page": place.page,
        "training": place.training,
        "days": [day_in_words(day) for day in place.training.schedule.days],
        "crumbs": [
            {"title": "Szkolenia", "url": reverse("trainings:list")},
            {"title": place.page.title, "url": place.training.url},
            {"title": "Zapis", "url": ""},
        ],
    }
