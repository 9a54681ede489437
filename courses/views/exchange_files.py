"""„Import i eksport pytań” in the admin: a file in, a look at what is in it, all or nothing; and files out."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods
from wagtail.admin.viewsets.base import ViewSet

from courses import exporting, importing, tasks
from courses.exchange import Effect, Problem
from courses.exchange_forms import ExportForm, TargetForm, UploadForm
from courses.models import Question, QuestionImport
from courses.questions import KINDS
from elearning.accounts.models import User

View = Callable[..., HttpResponse]
REFRESH = 2  # seconds between two looks at the progress
RECENT = 10
EFFECTS = {
    Effect.BROKEN: "nic nie można zaimportować",
    Effect.LEFT_OUT: "pominięte",
    Effect.CHANGED: "zmienione",
}


def may_exchange(user: object) -> bool:
    """Who may take questions in and out: whoever may add questions to the bank."""
    return isinstance(user, User) and user.has_perm("courses.add_question")


def editors_only(view: View) -> View:
    """Raises PermissionDenied for everybody else; the admin has asked strangers to log in before."""

    @wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponse:
        if not may_exchange(request.user):
            raise PermissionDenied("Nie masz uprawnienia do importu i eksportu pytań.")
        return view(request, **values)

    return guarded


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form for a file, the latest files, and the form for an export."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        row = importing.receive(form.cleaned_data["file"], user=cast(User, request.user))
        tasks.read_questions.enqueue(row.pk)
        return redirect("import_pytan:file", pk=row.pk)
    recent = QuestionImport.objects.select_related("uploaded_by").defer("questions", "problems")[:RECENT]
    context = {"form": form, "export_form": ExportForm(), "recent": recent}
    return render(request, "courses/admin/questions_exchange.html", context)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: how far it is, what is in it, what is wrong with it, and „Zaimportuj”."""
    row = get_object_or_404(QuestionImport.objects.select_related("category"), pk=pk)
    form = TargetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if importing.claim(row, category=form.cleaned_data["category"]):
            tasks.save_questions.enqueue(row.pk)
        return redirect("import_pytan:file", pk=row.pk)
    counts = Counter(question["kind"] for question in row.questions)
    context = {
        "row": row,
        "form": form,
        "counts": [(KINDS[kind].form.label, count) for kind, count in counts.most_common()],
        "total": len(row.questions),
        "problems": [{**problem, "label": EFFECTS[Effect(problem["effect"])]} for problem in row.problems],
        "left_out": sum(problem["effect"] == Effect.LEFT_OUT for problem in row.problems),
        "questions": [{**question, "label": KINDS[question["kind"]].form.label} for question in row.questions],
    }
    answer = render(request, "courses/admin/questions_import.html", context)
    if row.is_busy:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


@editors_only
@require_http_methods(["POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The chosen questions as a file. Where the format cannot hold some of them, that is said before."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Wybierz kategorię i format z listy.")
        return redirect("import_pytan:index")
    found = Question.objects.filter(**form.questions()).select_related("category")
    found = found.prefetch_related("tagged_items__tag").order_by("category", "title", "pk")
    written = exporting.write(found, form.cleaned_data["format"])
    if written.problems and "mimo-to" not in request.POST:
        context = {
            "form": form,
            "problems": [_named(problem) for problem in written.problems],
            "category": request.POST.get("category", ""),
            "format": form.cleaned_data["format"],
        }
        return render(request, "courses/admin/questions_export.html", context)
    answer = HttpResponse(written.content, content_type=written.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="pytania{written.suffix}"'
    return answer


def _named(problem: Problem) -> dict[str, str]:
    """A problem as the table shows it; the place is the number of the question in the bank."""
    return {"place": problem.place, "reason": problem.reason, "label": EFFECTS[problem.effect]}


class ExchangeViewSet(ViewSet):
    """„Import i eksport” of questions in the menu."""

    name = "import_pytan"
    url_prefix = "pytania/import"
    icon = "download"
    menu_label = "Wymiana pytań"
    menu_order = 211
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("<int:pk>/", file, name="file"),
            path("eksport/", export, name="export"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: may_exchange(request.user)
        return item
