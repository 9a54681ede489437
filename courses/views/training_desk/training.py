"""One training on the desk: its numbers, what has to be done now, and the way to everything else about it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import TrainingPage
from courses.trainings.access import may_organise
from courses.trainings.dates import day_in_words, moment_in_words
from courses.trainings.desk_log import entries
from courses.trainings.desk_numbers import Figures, figures, to_certify, unclear
from courses.trainings.terms import training_of
from courses.trainings.todo import Known, Task, tasks
from elearning.records.models import AttendanceReport, Invitation
from elearning.records.schedule import Day, Mode
from elearning.records.training import Training, Window

from .entrance import frame, looked_at

WINDOWS = {
    Window.OPEN: "trwają",
    Window.NOT_YET: "jeszcze się nie zaczęły",
    Window.CLOSED: "zakończone",
    Window.PAST: "zakończone, wydarzenie minęło",
    Window.CALLED_OFF: "zamknięte, wydarzenie jest odwołane",
}


@dataclass(frozen=True, slots=True)
class DayLinks:
    """A day with its papers: the list to sign, the code on the wall, the list on a phone."""

    words: str
    sheet: str
    code: str
    roll: str


@require_safe
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """The page. The same queries for any number of registrations."""
    page = looked_at(request, pk)
    found, now = training_of(page), timezone.now()
    counted = figures([page.pk])[page.pk]
    may_change = may_organise(request.user, page)
    context = {
        **frame(page),
        "facts": _facts(page, found, now),
        "figures": _numbers(page, counted),
        "tasks": [
            {"text": task.text, "url": _task_url(task, page)} for task in tasks(_known(page, found, counted), now)
        ],
        "may_change": may_change,
        "may_copy": may_change and page.get_parent().permissions_for_user(request.user).can_add_subpage(),
        "days": [_day_links(page, day) for day in found.schedule.days] if may_change else [],
        "public_url": found.url if page.live else "",
        "log": entries(page, limit=10),
    }
    return render(request, "courses/training_desk/training.html", context)


def _facts(page: TrainingPage, found: Training, now: datetime) -> list[tuple[str, str]]:
    state = "odwołane" if page.called_off else "opublikowane" if page.live else "szkic"
    if page.has_unpublished_changes and page.live:
        state += ", są zmiany w\xa0szkicu"
    rows = [
        ("Rodzaj", page.get_kind_display()),
        ("Stan strony", state),
        ("Kiedy", "\n".join(day_in_words(day) for day in found.schedule.days) or "bez programu"),
        ("Gdzie", found.schedule.place or page.get_mode_display()),
        ("Zapisy", _window(page, found, now)),
        ("Godziny dydaktyczne", f"{found.schedule.hours:f}".replace(".", ",")),
    ]
    return [(label, value) for label, value in rows if value]


def _window(page: TrainingPage, found: Training, now: datetime) -> str:
    if not page.has_registration:
        return "nie na platformie"
    parts = [WINDOWS[found.window(now)]]
    if found.opens_at:
        parts.append(f"od: {moment_in_words(found.opens_at)}")
    if found.closes_at:
        parts.append(f"do: {moment_in_words(found.closes_at)}")
    return "\n".join(parts)


def _numbers(page: TrainingPage, counted: Figures) -> list[tuple[str, str]]:
    capacity = "bez limitu" if page.capacity is None else str(page.capacity)
    rows = [
        ("miejsca", capacity),
        ("przyjęte", str(counted.numbers.admitted)),
        ("do potwierdzenia miejsca", str(counted.numbers.offered)),
        ("lista rezerwowa", str(counted.numbers.reserved)),
        ("do decyzji", str(counted.numbers.pending)),
        ("niepotwierdzony adres", str(counted.numbers.unconfirmed)),
        ("rezygnacje i\xa0odmowy", str(counted.resigned)),
        ("obecne", str(counted.present)),
        ("zaświadczenia", str(counted.certificates)),
    ]
    always = {"miejsca", "przyjęte", "lista rezerwowa", "do decyzji"}
    return [(label, value) for label, value in rows if label in always or value != "0"]


def _known(page: TrainingPage, found: Training, counted: Figures) -> Known:
    """What the tasks depend on. Three queries, and one for marks where certificates are given."""
    kinds = {child.block_type for child in page.materials}
    return Known(
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        mode=Mode(page.mode),
        is_live=page.live,
        is_called_off=page.called_off,
        has_registration=page.has_registration,
        is_automatic=page.automatic_promotion,
        by_invitation=page.by_invitation,
        capacity=page.capacity,
        has_link=bool(page.join_url),
        has_materials=bool(kinds),
        has_recording="film" in kinds,
        has_survey=bool(page.survey),
        reports=AttendanceReport.objects.filter(training=page).count(),
        invited=Invitation.objects.filter(training=page).count(),
        unclear=unclear(page.pk),
        earned=len(to_certify(found)) if found.needed is not None else None,
        figures=counted,
    )


def _task_url(task: Task, page: TrainingPage) -> str:
    if task.page == "edit":
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    if task.page in {"pending", "reserved"}:
        return f"{reverse('training_desk:registrations', args=[page.pk])}?stan={task.page}"
    return reverse(f"training_desk:{task.page}", args=[page.pk])


def _day_links(page: TrainingPage, day: Day) -> DayLinks:
    return DayLinks(
        words=day_in_words(day),
        sheet=reverse("training_desk:sheet", args=[page.pk, day.id]),
        code=reverse("training_desk:code", args=[page.pk, day.id]),
        roll=reverse("trainings:roll", args=[page.slug, day.id]),
    )
