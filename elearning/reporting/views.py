"""Statistics of quizzes in the admin: the list, one quiz, one question, and the table to take away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from elearning.accounts.models import User
from elearning.cms import tables

from . import exports, queries, question_screen, quiz_rows, quiz_screen, wording
from .access import may_read_statistics
from .forms import QuizForm, ScopeForm
from .queries import QuizRow, Scope

QUIZZES_PER_PAGE = 50
SHEET = "Podejścia"
View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """The one gate of all these views."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User) or not may_read_statistics(request.user):
            raise PermissionDenied("Nie masz uprawnienia do statystyk.")
        return view(request, **kwargs)

    return guarded


@for_readers
def quizzes(request: HttpRequest) -> HttpResponse:
    """Every quiz with the number of attempts and the share of passed ones."""
    page = paged(queries.quizzes(), QUIZZES_PER_PAGE, request)
    rows = [
        {"quiz": row, "pass_rate": wording.percent(row.passed / row.scored if row.scored else None)}
        for row in page.object_list
    ]
    context = {"rows": rows, "page_obj": page, "header_title": "Statystyki testów"}
    return render(request, "reporting/quizzes.html", context)


@for_readers
def quiz(request: HttpRequest, page: int) -> HttpResponse:
    """One quiz: facts, histogram, reliability, and its questions with hints."""
    found, form = _quiz(page), QuizForm(request.GET)
    sample = queries.sample(page, form.scope)
    order = form.cleaned_data.get("kolejnosc") or "test"
    questions = paged(quiz_rows.ordered(sample, order), quiz_rows.PAGE, request)
    context = {
        **_frame(found, form),
        "header_title": f"Statystyki testu „{found.title}”",
        "screen": quiz_screen.of(sample),
        "rows": quiz_screen.rows(quiz_rows.of_page(sample, list(questions.object_list)), first=questions.start_index()),
        "page_obj": questions,
    }
    return render(request, "reporting/quiz.html", context)


@for_readers
def question(request: HttpRequest, page: int, question: int) -> HttpResponse:
    """One question of a quiz: figures, and the answers that were given to one of its versions."""
    found, form = _quiz(page), ScopeForm(request.GET)
    sample = queries.sample(page, form.scope)
    if question not in sample.versions:
        raise Http404("W tych podejściach nie ma takiego pytania.")
    try:
        times = queries.minutes_at(page, form.scope, question)
        screen = question_screen.of(sample, question, request.GET.get("wersja", ""), minutes=times)
    except question_screen.UnknownVersion:
        raise Http404("W tych podejściach nie ma takiej wersji pytania.") from None
    context = {**_frame(found, form), "header_title": f"Pytanie „{screen.title}”", "screen": screen}
    return render(request, "reporting/question.html", context)


@for_readers
def export_csv(request: HttpRequest, page: int) -> HttpResponseBase:
    """Attempts and answers, line by line as they are read."""
    _quiz(page)
    rows = exports.table(page, _scope(request))
    return tables.table_file(rows, "csv", f"podejscia-{page}", SHEET)


@for_readers
def export_xlsx(request: HttpRequest, page: int) -> HttpResponseBase:
    """Attempts and answers as a sheet."""
    _quiz(page)
    try:
        return tables.table_file(exports.table(page, _scope(request)), "xlsx", f"podejscia-{page}", SHEET)
    except tables.TooWide:
        raise BadRequest("Ten test ma za dużo pytań na arkusz XLSX. Pobierz plik CSV.") from None


def _quiz(page: int) -> QuizRow:
    found = queries.quiz(page)
    if found is None:
        raise Http404("Nie ma takiego testu.")
    return found


def _scope(request: HttpRequest) -> Scope:
    """The choice of attempts; a wrong one must not end in a file of other attempts. Raises `BadRequest`."""
    form = ScopeForm(request.GET)
    scope = form.scope
    if not form.is_valid():
        raise BadRequest("Popraw wybór podejść: data jest błędna.")
    return scope


def _frame(found: QuizRow, form: ScopeForm) -> dict[str, Any]:
    """What the screens of a quiz and of a question share. `query` goes on in links."""
    return {"quiz": found, "form": form, "query": form.query}


def paged(things: Any, size: int, request: HttpRequest) -> Page[Any]:
    return Paginator(things, size).get_page(request.GET.get("strona"))
