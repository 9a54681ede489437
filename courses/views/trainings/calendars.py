"""Trainings for calendars: one to take away, feeds of all and of one's own, and where those are found."""

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_http_methods, require_safe

from courses.models import TrainingPage
from courses.trainings import access
from courses.trainings.terms import announced
from elearning.accounts.models import User
from elearning.records import calendar_feeds, calendar_files
from elearning.records.calendar_files import Entry
from elearning.records.calendar_site import calendar_site
from elearning.records.models import Registration
from elearning.records.places import TAKES_PLACE, Standing

TYPE = "text/calendar; charset=utf-8"
# How long a training stays in the calendar of all after its end, and how old an answer may be.
SHOWN_AFTERWARDS = timedelta(days=90)
KEPT_SECONDS = 300
# A training one waits for may still be one's own.
EXPECTED = [*TAKES_PLACE, Standing.RESERVED]
# What no calendar shows; the programme is read from `days`.
UNSHOWN = ("about", "rules", "questions", "criteria", "materials", "survey", "directions", "accessibility")


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of one training, for whoever may see its page."""
    page = get_object_or_404(TrainingPage.objects.select_related("training_book"), slug=slug)
    if not access.may_open(request.user, page) or not page.days:
        raise Http404
    entry = _entry(page)
    text = calendar_files.event(entry.training, site=calendar_site(), sequence=entry.sequence, stamp=entry.stamp)
    return _answer(request, text, f"{page.slug}.ics")


def _public(now: datetime) -> QuerySet[TrainingPage]:
    return _published().filter(ends_at__gte=now - SHOWN_AFTERWARDS).order_by("starts_at", "pk")


def _etag_of_all(request: HttpRequest) -> str:
    """What changes with every publishing and every change told. One query: calendars ask often, and rarely for news."""
    shown = _public(timezone.now()).values_list(
        "pk", "last_published_at", "training_book__sequence", "training_book__announced_at"
    )
    return _digest(repr(list(shown)))


@require_safe
@condition(etag_func=_etag_of_all)
def feed_of_all(request: HttpRequest) -> HttpResponse:
    """The calendar of all published trainings, coming ones and those of the last months. Two queries."""
    entries = map(_entry, _public(timezone.now()))
    text = calendar_files.feed(entries, site=calendar_site(), name="Modele Kooperacji: szkolenia")
    response = _file(text, "szkolenia.ics")
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


@require_safe
def own_feed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The calendar of one person's trainings, for whoever knows its key. Three queries."""
    owner = calendar_feeds.owner_of(key)
    if owner is None:
        raise Http404
    own = Registration.objects.of_person(owner).filter(standing__in=EXPECTED).order_by("pk")
    registrations = {registration.training_id: registration for registration in own}
    pages = _published().filter(pk__in=registrations).order_by("starts_at", "pk")
    entries = [_entry(page, registrations[page.pk]) for page in pages]
    text = calendar_files.feed(entries, site=calendar_site(), name="Moje szkolenia")
    response = _answer(request, text, "moje-szkolenia.ics")
    patch_cache_control(response, private=True)
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """The addresses of calendars to subscribe to; a POST makes a new one of one's own and ends the old."""
    user = cast(User, request.user)
    key = calendar_feeds.key_of(user)
    if request.method == "POST":
        calendar_feeds.renew(user)
        done = "Masz nowy adres kalendarza. Poprzedni już nie działa." if key else "Masz swój adres kalendarza."
        messages.success(request, done)
        return redirect("trainings:calendar_settings")
    own = settings.BASE_URL + reverse("trainings:own_feed", args=[key]) if key else ""
    context = {"own_address": own, "public_address": settings.BASE_URL + reverse("trainings:feed")}
    return render(request, "courses/trainings/calendar_settings.html", context)


def _published() -> QuerySet[TrainingPage]:
    """With their books, without what no calendar shows."""
    return TrainingPage.objects.live().select_related("training_book").defer(*UNSHOWN)


def _entry(page: TrainingPage, registration: Registration | None = None) -> Entry:
    """The training as a calendar shows it, told last when it was published, announced or one's standing changed."""
    book = getattr(page, "training_book", None)
    told = [
        page.last_published_at or page.latest_revision_created_at,
        book.announced_at if book else None,
        registration.changed_at if registration else None,
    ]
    return Entry(
        training=announced(page),
        stamp=max((moment for moment in told if moment), default=timezone.now()),
        sequence=book.sequence if book else 0,
        attendee=registration,
    )


def _answer(request: HttpRequest, text: str, name: str) -> HttpResponse:
    """The file, or that it has not changed since the calendar asked last."""
    response = _file(text, name)
    etag = _digest(text)
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return cast(HttpResponse, answer)


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=TYPE, headers=headers)


def _digest(text: str) -> str:
    return f'"{blake2b(text.encode(), digest_size=16).hexdigest()}"'
