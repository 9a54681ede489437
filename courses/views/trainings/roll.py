"""The trainer’s list on a phone: one day, or a block of it. It is one form; its element saves each tick at once."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import attendance_roll
from courses.trainings.access import may_check_in, may_look
from courses.trainings.attendance_forms import RestForm
from courses.trainings.attendance_roll import CHOICES, Line, Part, Told
from courses.trainings.dates import day_in_words
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural
from elearning.records import attendance_import
from elearning.records.models import Registration
from elearning.records.schedule import Day
from elearning.records.training import Training

NOT_YOURS = "Listę obecności prowadzą osoby prowadzące i\xa0organizatorzy tego szkolenia."
LOGGED_OUT = "Twoja sesja wygasła. Zaloguj się ponownie: zaznaczenia czekają na tym urządzeniu."
SOMEBODY_ELSE = "Na tym urządzeniu zalogowała się inna osoba."
NOTHING = "Nic się nie różni od tego, co już zapisano."
UNREADABLE = "Nie rozumiemy tego zaznaczenia. Odśwież stronę."
VALUES = frozenset(value for value, _words in CHOICES)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: HttpRequest, slug: str, day: UUID) -> HttpResponse:
    """The list; posted, what was changed in it, or with `question` what was ticked of one person, answered as JSON."""
    is_tick = request.method == "POST" and "question" in request.POST
    if not isinstance(request.user, User):
        if is_tick:
            return JsonResponse({"error": LOGGED_OUT}, status=401)
        return redirect_to_login(request.get_full_path())
    part, page = _part(request, request.user, slug, day)
    if is_tick:
        return _tick(request, part)
    if request.method == "POST":
        return _save(request, page, part)
    return _list(request, page, part, attendance_roll.lines_of(part), rest=RestForm())


def _save(request: HttpRequest, page: TrainingPage, part: Part) -> HttpResponse:
    """Keep what was changed in the form, say how many people that is, and show again what was in the way."""
    lines, rest = attendance_roll.lines_of(part), RestForm(request.POST)
    if not rest.is_valid():
        return HttpResponseBadRequest(UNREADABLE)
    told = {key: one for key, one in _told(request.POST, part.training).items() if one.value not in ("", one.was)}
    if rest.presence is not None:
        silent = [line.person.pk for line in lines if not line.said and line.person.pk not in told]
        told |= dict.fromkeys(silent, Told(rest.presence.value, "", 0))
    kept = attendance_roll.keep(part, lines, told)
    if kept.number:
        words = plural(kept.number, "osoba,osoby,osób")
        messages.success(request, f"Zapisano {_clock(timezone.now())}: {kept.number}\xa0{words}.")
    elif not kept.troubles:
        messages.info(request, NOTHING)
    if not kept.troubles:
        return redirect(request.get_full_path())
    return _list(request, page, part, _as_typed(part, told, kept.troubles), rest=RestForm(), troubles=kept.troubles)


def _part(request: HttpRequest, user: User, slug: str, key: UUID) -> tuple[Part, TrainingPage]:
    """The blocks that the address names. Raises `Http404` and `PermissionDenied`."""
    page = get_object_or_404(TrainingPage.objects.select_related("project__logo_strip"), slug=slug)
    if not may_check_in(user, page):
        raise PermissionDenied(NOT_YOURS)
    training = training_of(page)
    day = _day(training, key)
    chosen = request.GET.get("blok", "")
    blocks = [block for block in day.blocks if not chosen or str(block.id) == chosen]
    if not blocks:
        raise Http404
    return Part(training=training, day=day, blocks=blocks, by=user), page


def _day(training: Training, key: UUID) -> Day:
    """The day without its breaks, in which nobody is looked for."""
    found = next((day for day in attendance_import.counted(training.schedule.days) if day.id == key), None)
    found = found or training.day(key)
    if found is None:
        raise Http404
    return found


def _tick(request: HttpRequest, part: Part) -> JsonResponse:
    if request.POST.get("person", str(part.by.pk)) != str(part.by.pk):
        return JsonResponse({"error": SOMEBODY_ELSE, "other_person": True}, status=403)
    told = {key: one for key, one in _told(request.POST, part.training).items() if one.value}
    if len(told) != 1:
        return JsonResponse({"error": UNREADABLE}, status=400)
    [key] = told
    kept = attendance_roll.keep(part, attendance_roll.lines_of(part), told)
    line = next((one for one in attendance_roll.lines_of(part) if one.person.pk == key), None)
    answer: dict[str, object] = {"time": _clock(timezone.now())}
    if line is not None:
        answer |= {"seen": line.seen, "was": line.value, "said": line.said, "differs": line.differs}
    if trouble := kept.troubles.get(key):
        answer["error"] = trouble
    return JsonResponse(answer, status=409 if trouble else 200)


def _told(sent: QueryDict, training: Training) -> dict[int, Told]:
    """What was sent, by person; keys of people of other trainings are left out. One query."""
    keys = {int(name[1:-5]) for name in sent if name[:1] == "r" and name[-5:] == "-seen" and name[1:-5].isdecimal()}
    ours = Registration.objects.filter(training=training.page_id).values_list("pk", flat=True)
    found = {}
    for key in keys & set(ours):
        value, seen = sent.get(f"r{key}", ""), sent.get(f"r{key}-seen", "")
        found[key] = Told(
            value if value in VALUES else "", sent.get(f"r{key}-was", ""), int(seen) if seen.isdecimal() else 0
        )
    return found


def _as_typed(part: Part, told: dict[int, Told], troubles: dict[int, str]) -> list[Line]:
    """The list as it is now, with what was typed where something was in the way."""
    return [
        replace(line, value=told[line.person.pk].value) if line.person.pk in troubles else line
        for line in attendance_roll.lines_of(part)
    ]


def _list(
    request: HttpRequest,
    page: TrainingPage,
    part: Part,
    lines: list[Line],
    *,
    rest: RestForm,
    troubles: dict[int, str] | None = None,
) -> HttpResponse:
    troubles = troubles or {}
    day = _day(part.training, part.day.id)
    listed = {line.person.pk for line in lines}
    errors: list[Any] = [
        {"href": f"#r{line.person.pk}", "text": f"{_name(line.person)}: {troubles[line.person.pk]}"}
        for line in lines
        if line.person.pk in troubles
    ]
    context = {
        "page": page,
        "training": part.training,
        "day": day_in_words(part.training.day(part.day.id) or day),
        "blocks": day.blocks if len(day.blocks) > 1 else (),
        "chosen": part.blocks[0] if request.GET.get("blok") else None,
        "address": request.get_full_path(),
        "lines": [(line, _name(line.person), troubles.get(line.person.pk, "")) for line in lines],
        "choices": CHOICES,
        "rest": rest,
        "errors": errors + [text for key, text in troubles.items() if key not in listed],
        "number": len(lines),
        "without": sum(not line.said for line in lines),
        "differing": sum(line.differs for line in lines),
        "may_look": may_look(request.user, page),
    }
    return render(request, "courses/trainings/roll.html", context)


def _name(person: Registration) -> str:
    return f"{person.last_name} {person.first_name}".strip()


def _clock(moment: datetime) -> str:
    return format_date(timezone.localtime(moment), "G:i")
