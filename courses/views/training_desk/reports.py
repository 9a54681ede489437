"""„Raport ze spotkania” on the organiser’s desk: a file in, a look at what it says, all of it or nothing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.models import TrainingPage
from courses.trainings import carried_files
from courses.trainings.carried_files import Tampered, TooLarge
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.cms.templatetags.polish import plural, polish_date
from elearning.records import attendance_import
from elearning.records.attendance_import import AlreadyRead, Doubt, Line, Plan, Refused, Stale
from elearning.records.meeting_reports import LARGEST, Unreadable
from elearning.records.meeting_reports.base import TITLES, Tool
from elearning.records.models import AttendanceReport
from elearning.records.models.attendance import PRESENCES
from elearning.records.training import Training

from .entrance import frame, organised_by

TITLE = "Raport ze spotkania"
GRID = "Obecność"
MOST_UNCLEAR = 100  # shown in the preview; the queue has all of them
PRESENCE = dict(PRESENCES)
ALREADY = "Ten plik wczytano już {}, o\xa0{}. Zrobiła to osoba: {}."
CHANGED = "Od czasu podglądu zmieniły się zapisy albo raporty. Sprawdź nowy podgląd i\xa0wczytaj jeszcze raz."
EXPIRED = "Podgląd nie jest już ważny. Wybierz plik jeszcze raz."
TOO_LARGE = "Plik jest za duży. Raport obecności może mieć najwyżej 5\xa0MB."


class ReportForm(forms.Form):
    """The file to look at."""

    file = forms.FileField(
        label="Plik z\xa0raportem obecności",
        help_text="Plik CSV z\xa0Teams, Zoom, Webex albo ClickMeeting, najwyżej 5\xa0MB. Może to też być tabela "
        "z\xa0kolumnami: imię i\xa0nazwisko; e-mail; od; do. Nic się nie zapisze, zanim nie zatwierdzisz podglądu.",
        max_length=255,
        error_messages={
            "required": "Wybierz plik.",
            "empty": "Plik jest pusty. Pobierz raport jeszcze raz, już po zakończeniu spotkania.",
            "max_length": "Nazwa pliku jest za długa. Zmień ją na krótszą.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return upload


class ConfirmForm(forms.Form):
    """What goes back with a preview: the file, the preview that was seen, and what to make of the missing."""

    carried = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    absent = forms.BooleanField(label="Kto nie ma wpisu w\xa0pliku, był nieobecny", required=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the preview; a cell for each block the file tells of."""

    name: str
    institution: str
    joins: int
    cells: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a file with the files read in before; then the preview; then reading in."""
    page, person = organised_by(request, pk)
    training = training_of(page)
    if request.method == "POST" and "carried" in request.POST:
        return _confirm(request, page, training, person)
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            return _look(request, page, training, upload.name or "raport.csv", upload.read())
        except (Refused, Unreadable) as error:
            form.add_error("file", str(error))
        except AlreadyRead as error:
            form.add_error("file", _already(error.report))
        except TooLarge:
            form.add_error("file", TOO_LARGE)
    return _begin(request, page, training, form)


def _begin(request: HttpRequest, page: TrainingPage, training: Training, form: ReportForm) -> HttpResponse:
    reports = AttendanceReport.objects.filter(training=page.pk).select_related("imported_by")
    context = {
        **frame(page, TITLE, below=below(page)),
        "form": form,
        "refusal": attendance_import.refusal(training),
        "reports": reports,
    }
    return render(request, "courses/training_desk/report.html", context)


def _look(
    request: HttpRequest, page: TrainingPage, training: Training, name: str, data: bytes, *, warning: str = ""
) -> HttpResponse:
    """The preview. Raises as `attendance_import.preview` and `carried_files.pack` do."""
    plan = attendance_import.preview(training, data)
    form = ConfirmForm(
        initial={"carried": carried_files.pack(name, data, place=str(page.pk)), "seen": plan.fingerprint}
    )
    if request.method == "POST" and "absent" in request.POST:
        form.initial["absent"] = True
    context = {
        **frame(page, f"{TITLE}: podgląd", below=(TITLE, request.path)),
        **_preview(plan),
        "form": form,
        "warning": warning,
        "file_name": name,
        "is_hybrid": page.mode == TrainingPage.ModeChoice.HYBRID,
    }
    return render(request, "courses/training_desk/report_preview.html", context)


def _confirm(request: HttpRequest, page: TrainingPage, training: Training, person: User) -> HttpResponse:
    """Read in what was previewed, once."""
    form = ConfirmForm(request.POST)
    try:
        name, data = carried_files.unpack(request.POST["carried"], place=str(page.pk))
        if not form.is_valid():
            raise Tampered(page.pk)
        absent = form.cleaned_data["absent"]
        seen = form.cleaned_data["seen"]
        read = attendance_import.read_in(training, data, file_name=name, by=person, seen=seen, absent=absent)
    except Tampered:
        messages.error(request, EXPIRED)
        return redirect(request.path)
    except (Refused, Unreadable) as error:
        messages.error(request, str(error))
        return redirect(request.path)
    except AlreadyRead as error:
        messages.info(request, _already(error.report))
        return redirect("training_desk:attendance", page.pk)
    except Stale:
        return _look(request, page, training, name, data, warning=CHANGED)
    messages.success(request, _success(read))
    waits = read.stays.filter(registration=None).exists()
    return redirect("training_desk:unclear" if waits else "training_desk:attendance", page.pk)


def below(page: TrainingPage) -> tuple[str, str]:
    """The step to the grid in the trail of the pages around it."""
    return GRID, reverse("training_desk:attendance", args=[page.pk])


def _preview(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "tool": TITLES[Tool(plan.report.tool)],
        "blocks": [(day.date, block) for day in plan.days for block in day.blocks],
        "rows": [_row(line) for line in plan.people],
        "unclear": [_doubt(doubt) for doubt in plan.unclear[:MOST_UNCLEAR]],
        "more_unclear": max(0, len(plan.unclear) - MOST_UNCLEAR),
    }


def _row(line: Line) -> Row:
    cells = tuple(f"{PRESENCE[there.presence]}, {there.minutes}\xa0min" for there in line.blocks.values())
    return Row(_name(line.person), line.person.institution_label, len(line.stays), cells)


def _name(person: Any) -> str:
    return f"{person.last_name} {person.first_name}".strip()


def _doubt(doubt: Doubt) -> dict[str, Any]:
    first = doubt.stays[0]
    return {
        "name": first.name,
        "email": first.email,
        "joins": len(doubt.stays),
        "reason": doubt.reason,
        "candidates": ", ".join(_name(person) for person in doubt.candidates),
    }


def _already(report: AttendanceReport) -> str:
    at = timezone.localtime(report.imported_at)
    return ALREADY.format(polish_date(at), format_date(at, "H:i"), report.imported_by)


def _success(report: AttendanceReport) -> str:
    people = report.marks.values("registration").distinct().count()
    words = plural(people, "osoby,osób,osób")
    return f"Raport jest wczytany. Dotyczy obecności {people}\xa0{words}."
