"""The page of a training: when and where, the programme, registration, and what stays after it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_rendition_or_not_found

from courses.models import TrainingPage
from courses.trainings import access
from courses.trainings.date_spans import days_in_words
from courses.trainings.dates import day_in_words
from courses.trainings.gate import gate
from courses.trainings.materials import is_reserved, materials_of
from courses.trainings.own_registration import State, state_of
from courses.trainings.places import places_of
from courses.trainings.programme import programme, teaching_hours
from courses.trainings.sign_up import figures, sign_up
from courses.trainings.terms import announced
from elearning.accounts.models import User
from elearning.cms.models import Project
from elearning.cms.models.base import page_path
from elearning.cms.restrictions import Person
from elearning.institutions.tracks import Track
from elearning.records import registration
from elearning.records.models import Invitation, Registration
from elearning.records.places import Standing
from elearning.records.training import Training, Window

NUMBER = re.compile(r"\+?\d[\d\s()–-]*")
STRIP = "max-1400x160"
# What the page shows besides its own row.
PARTS = ("series", "place", "programme_file", "related_course", "project__logo_strip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The registration of who looks: its state, its page, and the way into the meeting while that is open."""

    registration: Registration
    state: State
    url: str
    join_url: str

    @property
    def has_place(self) -> bool:
        return self.registration.standing == Standing.ADMITTED


@require_safe
def training(request: HttpRequest, slug: str) -> HttpResponse:
    """A training. Up to sixteen queries."""
    page = TrainingPage.objects.select_related(*PARTS).filter(slug=slug).first()
    if page is None:
        raise Http404
    if not access.may_open(request.user, page):
        return _withdrawn(request, page)
    return render(request, "courses/trainings/training.html", page_context(request.user, page, timezone.now()))


def page_context(user: Person, page: TrainingPage, now: datetime) -> dict[str, Any]:
    """What the page of a training shows to this person at that moment."""
    told = announced(page)
    days = told.schedule.days
    own, desk = _own(user, page, told, now), _desk(user, page)
    return {
        "page": page,
        "training": told,
        "days": programme(days),
        "when": days_in_words(day.date for day in days),
        "hours": teaching_hours(told.schedule.hours),
        "tracks": [] if len(page.tracks) == len(Track) else [track.label for track in page.tracks],
        "own": own,
        "is_over": told.window(now) is Window.PAST,
        "phone": _dialled(page.contact_phone),
        "desk_url": desk,
        "rolls": [] if desk else _rolls(user, page, told),
        "strip": _strip(page.project),
        **_registering(user, page, told, own, now),
        **_materials(page, own),
        **_around(page),
    }


def _registering(user: Person, page: TrainingPage, told: Training, own: Own | None, now: datetime) -> dict[str, Any]:
    numbers = registration.numbers([page.pk])[page.pk] if page.pk else registration.Numbers()
    places = places_of(page, told, numbers, now)
    found = gate(page, told, user, now, is_invited=_is_invited(user, page))
    is_registered = own is not None and own.registration.is_open
    is_coming = told.window(now) not in (Window.PAST, Window.CALLED_OFF)
    says = sign_up(page, told, places, found, is_known=user.is_authenticated)
    return {
        "is_coming": is_coming,
        "sign_up": says if is_coming and not is_registered else None,
        "figures": list(figures(page, numbers)) if is_coming else [],
    }


def _is_invited(user: Person, page: TrainingPage) -> bool:
    """Whether a form for invited people opens: to them, and where institutions have places of their own."""
    if not page.by_invitation or not page.pk:
        return False
    if page.quotas.exists():
        return True
    return isinstance(user, User) and Invitation.objects.filter(training=page.pk, email__iexact=user.email).exists()


def _own(user: Person, page: TrainingPage, told: Training, now: datetime) -> Own | None:
    """The registration of this person: the open one, else the newest. A query, one more on the reserve list."""
    if not isinstance(user, User) or not page.pk:
        return None
    mine = sorted(registration.own(user).filter(training=page.pk), key=lambda one: one.is_open, reverse=True)
    if not mine:
        return None
    found = mine[0]
    position = registration.position(told, found)
    has_place = found.standing == Standing.ADMITTED and not page.called_off
    can_join = has_place and bool(page.join_url) and told.may_join(now)
    return Own(
        registration=found,
        state=state_of(told, found, now, position=position),
        url=reverse("trainings:registration", args=[page.slug, found.token]),
        join_url=reverse("trainings:join", args=[page.slug, found.token]) if can_join else "",
    )


def _materials(page: TrainingPage, own: Own | None) -> dict[str, Any]:
    """What stays, and whether there is more for those who took part."""
    takes_part = own is not None and own.has_place
    return {
        "materials": materials_of(page, participant=takes_part) if page.slug else [],
        "has_more": not takes_part and any(is_reserved(child) for child in page.materials),
    }


def _around(page: TrainingPage) -> dict[str, Any]:
    """What else there is: the programme as a file, the course, the way to others of the series."""
    course = page.related_course if page.related_course and page.related_course.live else None
    return {
        "course": course,
        "course_url": page_path(course) if course else "",
        "file": page.programme_file,
        "list_url": reverse("trainings:list"),
    }


def _desk(user: Person, page: TrainingPage) -> str:
    """The desk of who organises it, or looks on; nothing for others. Two queries for learners, some more for staff."""
    if not isinstance(user, User) or not page.pk or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    return reverse("training_desk:training", args=[page.pk]) if access.may_look(user, page) else ""


def _rolls(user: Person, page: TrainingPage, told: Training) -> list[dict[str, str]]:
    """The list of each day on the telephone of a trainer named on the page; organisers have their desk. One query."""
    if not isinstance(user, User) or not page.pk or not page.staff.filter(pk=user.pk).exists():
        return []
    return [
        {"text": day_in_words(day), "url": reverse("trainings:roll", args=[page.slug, day.id])}
        for day in told.schedule.days
    ]


def _dialled(phone: str) -> str:
    """What a telephone dials of a number written for people, without an extension: „41 123 45 67 wew. 8”."""
    found = NUMBER.search(phone)
    return re.sub(r"[^\d+]", "", found[0]) if found else ""


def _strip(project: Project | None) -> Any:
    """The strip of signs in the size of a page; None where there is none."""
    if project is None or project.logo_strip is None:
        return None
    strip = project.logo_strip
    try:  # asking for a new one writes to the shared cache each time
        return strip.find_existing_rendition(Filter(STRIP))
    except strip.get_rendition_model().DoesNotExist:
        return get_rendition_or_not_found(strip, STRIP)


def _withdrawn(request: HttpRequest, page: TrainingPage) -> HttpResponse:
    """404 that leads people to their registrations, which stay. Raises Http404 for everybody else."""
    own = registration.own(request.user).filter(training=page.pk).first() if isinstance(request.user, User) else None
    if own is None:
        raise Http404
    context = {"title": own.training_title, "url": reverse("trainings:registration", args=[page.slug, own.token])}
    return render(request, "courses/trainings/withdrawn.html", context, status=404)
