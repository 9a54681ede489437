"""Checking in by the code of the day. Looking at the page marks nothing: cameras open links by themselves."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import check_in_codes
from courses.trainings.dates import day_in_words
from courses.trainings.terms import training_of
from elearning.accounts.limits import may_try
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.attendance import Scan, ScanState
from elearning.records.models import Registration
from elearning.records.places import Standing
from elearning.records.schedule import Day
from elearning.records.training import CHECK_IN_BEFORE, Training

TRIES, SECONDS = 20, 600
UNKNOWN = "Nie znamy takiego adresu z\xa0takim kodem. Sprawdź jedno i\xa0drugie w\xa0wiadomości o\xa0zapisie."
TOO_MANY = "Za dużo prób z\xa0tej sieci. Odczekaj 10\xa0minut albo powiedz o\xa0tym osobie prowadzącej."


class KeyForm(forms.Form):
    """What somebody without an account shows: the address and the six signs of the registration."""

    email = forms.EmailField(label="Adres e-mail ze zgłoszenia", error_messages={"required": "Podaj adres e-mail."})
    code = forms.CharField(
        label="Kod zgłoszenia",
        max_length=12,
        help_text="Sześć znaków z\xa0wiadomości o\xa0zapisie.",
        error_messages={"required": "Podaj kod zgłoszenia."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Door:
    """The training and the day whose code was scanned."""

    page: TrainingPage
    training: Training
    day: Day


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """The button, or why there is none; posted, the presence of the person who is signed in or gives the own code."""
    door = _door(code)
    now = timezone.now()
    if (state := _time_of(door, now)) is not ScanState.CHECKED_IN:
        return _told(request, door, Scan(state, _opens(door)))
    if not isinstance(request.user, User):
        return _by_key(request, door)
    registration = _own(door, request.user)
    if registration is None:
        return _told(request, door, Scan(ScanState.NO_PLACE))
    if request.method == "POST":
        return _told(request, door, attendance.scan(door.training, door.day, registration, now), registration)
    if registration.standing != Standing.ADMITTED:
        return _told(request, door, Scan(ScanState.NO_PLACE), registration)
    if first := attendance.scanned_at(registration, door.day):
        return _told(request, door, Scan(ScanState.ALREADY, first), registration)
    return render(request, "courses/trainings/check_in.html", {**_context(door), "registration": registration})


def _by_key(request: HttpRequest, door: Door) -> HttpResponse:
    """For somebody who is not signed in: the way to log in, and the form for those without an account."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not may_try(request, action="check-in", limit=TRIES, seconds=SECONDS):
            form.add_error(None, TOO_MANY)
        elif registration := _known(door, form.cleaned_data["email"], form.cleaned_data["code"]):
            scan = attendance.scan(door.training, door.day, registration, timezone.now())
            return _told(request, door, scan, registration)
        else:
            form.add_error(None, UNKNOWN)
    log_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return render(request, "courses/trainings/check_in.html", {**_context(door), "form": form, "log_in_url": log_in})


def _told(request: HttpRequest, door: Door, scan: Scan, registration: Registration | None = None) -> HttpResponse:
    """The page that says what became of it. A reload asks anew, so a page too early comes right by itself."""
    context = {**_context(door), "scan": scan, "registration": registration}
    return render(request, "courses/trainings/checked_in.html", context)


def _context(door: Door) -> dict[str, object]:
    return {"page": door.page, "day": day_in_words(door.day), "date": door.day.date, "today": timezone.localdate()}


def _door(code: str) -> Door:
    """Raises `Http404` for a code that is none, or whose day is gone from the programme."""
    found = check_in_codes.read(code)
    page = TrainingPage.objects.live().filter(pk=found[0]).first() if found else None
    if found is None or page is None:
        raise Http404
    training = training_of(page)
    day = training.day(found[1])
    if day is None:
        raise Http404
    return Door(page, training, day)


def _opens(door: Door) -> datetime:
    return door.day.starts_at - CHECK_IN_BEFORE


def _time_of(door: Door, now: datetime) -> ScanState:
    """Whether the code works at that moment, whoever scans it; `CHECKED_IN` stands for yes."""
    if door.training.is_called_off:
        return ScanState.CALLED_OFF
    if now < _opens(door):
        return ScanState.EARLY
    return ScanState.OVER if now >= door.day.ends_at else ScanState.CHECKED_IN


def _own(door: Door, user: User) -> Registration | None:
    """The registration of whoever is signed in: the one with a place, if there is one."""
    found = list(Registration.objects.of_person(user).filter(training=door.page.pk).order_by("-pk"))
    return next((one for one in found if one.standing == Standing.ADMITTED), found[0] if found else None)


def _known(door: Door, email: str, code: str) -> Registration | None:
    """The registration with that address and code. Both have to be right; nothing tells which of them is not."""
    signs = "".join(letter for letter in code.upper() if letter.isalnum())
    found = Registration.objects.open().filter(training=door.page.pk, email__iexact=email.strip())
    return next((one for one in found if constant_time_compare(one.short_code, signs)), None)
