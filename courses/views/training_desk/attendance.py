"""„Obecność” on the organiser’s desk: who was there block by block, and decisions where the sources differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import attendance_grid
from courses.trainings.access import may_organise
from courses.trainings.attendance_forms import FilterForm
from courses.trainings.attendance_grid import Resolutions
from courses.trainings.terms import training_of
from elearning.records import attendance as verbs
from elearning.records import attendance_import, unclear_stays
from elearning.records.models import AttendanceMark, Registration
from elearning.records.training import Training

from .attendance_decisions import Answers, answers_of, blank, keep
from .attendance_paper import PAPER, paper
from .entrance import frame, looked_at, organised_by, paged, query_without_page
from .reports import GRID, below

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the grid was asked for, and the differences in it by person and block."""

    training: Training
    people: Mapping[int, Registration]
    resolutions: Resolutions
    filters: FilterForm
    wanted: Sequence[tuple[int, UUID]]


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid with the differences above it. The same address has the paper list and the history of one person."""
    if request.GET.get("tryb") == PAPER:
        return paper(request, pk)
    page = looked_at(request, pk)
    if request.GET.get("osoba", "").isdecimal():
        return _history(request, page, int(request.GET["osoba"]))
    chosen = _chosen(request, page)
    if request.method == "POST":
        _page, by = organised_by(request, pk)
        answers = answers_of(request.POST, chosen.wanted, chosen.people, chosen.resolutions)
        if answers.is_valid():
            keep(request, chosen.training, answers, by=by)
            return redirect(request.get_full_path())
    else:
        answers = blank(chosen.wanted, chosen.people, chosen.resolutions)
    return _grid(request, page, chosen, answers)


def _chosen(request: HttpRequest, page: TrainingPage) -> Chosen:
    """What the address asks for. The sources may differ about breaks too, so all blocks of a day are looked at."""
    training = training_of(page)
    people = {person.pk: person for person in attendance_grid.people_of(training)}
    resolutions = verbs.presences(training)
    filters = FilterForm(request.GET, days=attendance_grid.days_of(training))
    filters.is_valid()
    days = [day for day in training.schedule.days if filters.day is None or day.id == filters.day.id]
    blocks = {block.id for day in days for block in day.blocks}
    wanted = attendance_grid.differing(resolutions, people, blocks)
    return Chosen(training, people, resolutions, filters, wanted)


def _grid(request: HttpRequest, page: TrainingPage, chosen: Chosen, answers: Answers) -> HttpResponse:
    days = (chosen.filters.day,) if chosen.filters.day else attendance_grid.days_of(chosen.training)
    blocks = [(day, block) for day in days for block in day.blocks]
    differ = {key for key, _block in chosen.wanted}
    only = chosen.filters.only_differences
    part = paged([person for key, person in chosen.people.items() if not only or key in differ], PER_PAGE, request)
    context = {
        **frame(page, GRID),
        "filters": chosen.filters,
        "blocks": blocks,
        "rows": attendance_grid.rows_of(
            part.object_list, [block for _day, block in blocks], chosen.resolutions, chosen.training
        ),
        "page_obj": part,
        "query": query_without_page(request),
        "answers": answers,
        "number": len(chosen.wanted),
        "waiting": unclear_stays.number_waiting(page.pk),
        "may_organise": may_organise(request.user, page),
        "has_meeting": not attendance_import.refusal(chosen.training),
        "day": chosen.filters.day,
        "paper": PAPER,
    }
    return render(request, "courses/training_desk/attendance.html", context)


def _history(request: HttpRequest, page: TrainingPage, registration: int) -> HttpResponse:
    """All that was ever said of one person, block by block: who, when, by which source."""
    person = get_object_or_404(Registration.objects.select_related("institution"), pk=registration, training=page.pk)
    marks = AttendanceMark.objects.filter(registration=person).select_related("by", "report")
    resolutions = verbs.presences_of(person)
    ordered = sorted(marks.order_by("at", "pk"), key=lambda mark: (mark.day, mark.topic, mark.block))
    parts = []
    for block, said in groupby(ordered, key=lambda mark: mark.block):
        told = list(said)
        parts.append({"first": told[0], "marks": told, "cell": attendance_grid.cell_of(resolutions.get(block))})
    context: dict[str, Any] = {
        **frame(page, f"Historia obecności: {person.name}", below=below(page)),
        "person": person,
        "parts": parts,
    }
    return render(request, "courses/training_desk/attendance_history.html", context)
