"""„Wpisz z listy papierowej”: what the signed list of one day says, person by person."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from courses.trainings import attendance_grid
from courses.trainings.attendance_forms import PaperForm, RestForm
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural
from elearning.records import attendance
from elearning.records.attendance import Refused, Voice
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from elearning.records.schedule import Day
from elearning.records.training import Training

from .entrance import frame, organised_by, paged, query_without_page
from .reports import below

PAPER = "papier"
PER_PAGE = 100
TITLE = "Wpisz z\xa0listy papierowej"
NOTHING = "Nic się nie różni od tego, co już zapisano."


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a day, some people at a time. Only what was changed is kept, and never in place of anything else."""
    page, by = organised_by(request, pk)
    training = training_of(page)
    days = attendance_grid.days_of(training)
    day = _day(days, request.GET.get("dzien", ""))
    people = [person for person in attendance_grid.people_of(training) if person.standing == Standing.ADMITTED]
    part = paged(people, PER_PAGE, request)
    data = request.POST if request.method == "POST" else None
    shown = [person for person in people if f"r{person.pk}-was" in data] if data else list(part)
    said = attendance_grid.on_paper([person.pk for person in shown], [block.id for block in day.blocks])
    forms = [PaperForm(data, person=person, said=said.get(person.pk, "")) for person in shown]
    rest = RestForm(data)
    if data is not None and all(form.is_valid() for form in (*forms, rest)):
        _keep(request, training, day, forms, rest.presence, by=by)
        return redirect(request.get_full_path())
    context = {
        **frame(page, TITLE, below=below(page)),
        "day": day,
        "days": days,
        "forms": forms,
        "rest": rest,
        "page_obj": part,
        "query": query_without_page(request),
        "paper": PAPER,
    }
    return render(request, "courses/training_desk/attendance_paper.html", context)


def _day(days: Sequence[Day], key: str) -> Day:
    """The day of the address, the first one where it names none. Raises `Http404` where there is no such."""
    found = [day for day in days if str(day.id) == key] if key else list(days)
    if not found:
        raise Http404("Nie ma takiego dnia w\xa0programie.")
    return found[0]


def _keep(
    request: HttpRequest,
    training: Training,
    day: Day,
    forms: Sequence[PaperForm],
    rest: Presence | None,
    *,
    by: User,
) -> None:
    changed = {form.person.pk: said for form in forms if (said := form.changed(rest)) is not None}
    blocks = [block.id for block in day.blocks]
    try:
        attendance.mark_all(training, changed, blocks, Voice(source=Source.PAPER, by=by))
    except Refused as error:
        messages.error(request, f"Nic nie zapisano. {error}")
        return
    if not changed:
        messages.info(request, NOTHING)
        return
    words = plural(len(changed), "osobę,osoby,osób")
    messages.success(request, f"Lista papierowa: zapisano {len(changed)}\xa0{words}.")
