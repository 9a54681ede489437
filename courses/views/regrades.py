"""„Przelicz wyniki”: which questions of a quiz have changed, whose result a regrade would change, and the log."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from courses import drawing, papers, versions
from courses.grading_forms import RegradeForm
from courses.models import CoursePage, Question, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import access, regrading
from elearning.records.models import Attempt, Regrade
from elearning.records.outline import Outline
from elearning.records.regrading import Change, Plan

PASSED = {True: "zaliczone", False: "niezaliczone", None: "czeka na ocenę"}
STALE = "Od czasu podglądu coś się zmieniło. Sprawdź nowy podgląd i potwierdź jeszcze raz."


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt in the preview or in the log, in words; `note` says what stays although the result changes."""

    learner: str
    number: int
    before: str
    after: str
    passed_before: str
    passed_after: str
    note: str = ""


def quiz(request: HttpRequest, page: int) -> HttpResponse:
    """The questions of a quiz that have changed since attempts asked them, and the regrades that were made."""
    person = _reader(request)
    found = get_object_or_404(QuizPage, pk=page)
    log = list(Regrade.objects.filter(page=page).select_related("made_by"))
    context = {
        "header_title": f"Przelicz wyniki: {found.title}",
        "quiz": found,
        "questions": versions.newer_questions(page),
        "log": _log(log),
        "may_regrade": access.may_regrade(person),
        "is_published": _outline(found) is not None,
    }
    return render(request, "courses/admin/regrades.html", context)


def question(request: HttpRequest, page: int, question: int) -> HttpResponse:
    """Whose result would change and how; after a reason is given and the preview is still true, it is done."""
    person = _reader(request)
    if not access.may_regrade(person):
        raise PermissionDenied("Nie masz uprawnienia do przeliczania wyników.")
    found = get_object_or_404(QuizPage, pk=page)
    present = get_object_or_404(Question, pk=question)
    outline = _outline(found)
    if outline is None:
        messages.error(request, "Ten test jest wycofany z publikacji. Wyniki przeliczysz, gdy wróci na stronę.")
        return redirect("przelicz:quiz", page)
    plan = _plan(found, outline, present)
    form = RegradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("plan") != plan.fingerprint:
            form.add_error(None, STALE)
        else:
            reason = form.cleaned_data["reason"]
            made = regrading.apply(
                plan, outline=outline, grade=papers.grade, by=person, reason=reason, now=timezone.now()
            )
            messages.success(request, _success(made))
            return redirect("przelicz:quiz", page)
    context = {
        "header_title": f"Przelicz wyniki: {present.title}",
        "quiz": found,
        "question": present,
        "plan": plan,
        "rows": [_preview(change) for change in plan.felt],
        "same": len(plan.changes) - len(plan.felt),
        "form": form,
        "back_url": reverse("przelicz:quiz", args=[page]),
    }
    return render(request, "courses/admin/regrade.html", context)


URLS: list[URLPattern] = [
    path("<int:page>/", quiz, name="quiz"),
    path("<int:page>/pytanie/<int:question>/", question, name="question"),
]


def _reader(request: HttpRequest) -> User:
    """The person who asks, where that person may see regrades. Raises PermissionDenied."""
    if not isinstance(request.user, User) or not access.may_see_regrades(request.user):
        raise PermissionDenied("Nie masz uprawnienia do przeliczeń wyników.")
    return request.user


def _outline(found: QuizPage) -> Outline | None:
    """The published course that the quiz is part of now."""
    course = CoursePage.objects.live().ancestor_of(found).first()
    outline = outline_of(course) if course else None
    return outline if outline and any(item.page_id == found.pk for item in outline.items) else None


def _plan(found: QuizPage, outline: Outline, present: Question) -> Plan:
    return regrading.plan(
        outline=outline,
        item=outline.item(found.translation_key),
        question=drawing.freeze(present, 1),
        grade=papers.grade,
        reads=versions.reads,
    )


def _preview(change: Change) -> Row:
    return Row(
        learner=change.taken.learner,
        number=change.taken.number,
        before=_percent(change.before.score),
        after=_percent(change.after.score),
        passed_before=PASSED[change.before.passed],
        passed_after=PASSED[change.after.passed],
        note="ukończenie zostaje" if change.loses_pass else "",
    )


def _log(made: list[Regrade]) -> list[tuple[Regrade, list[Row]]]:
    """Regrades with what each of them changed for somebody. One query for all."""
    numbers = {change["attempt"] for regrade in made for change in regrade.changes}
    known = Attempt.objects.select_related("enrolment__user").defer("questions").in_bulk(numbers)
    return [(regrade, [_kept(change, known) for change in regrade.changes if _is_felt(change)]) for regrade in made]


def _kept(change: dict[str, Any], known: dict[int, Attempt]) -> Row:
    attempt, before, after = known[change["attempt"]], change["before"], change["after"]
    return Row(
        learner=str(attempt.enrolment.user),
        number=attempt.number,
        before=_percent(before["score"]),
        after=_percent(after["score"]),
        passed_before=PASSED[before["passed"]],
        passed_after=PASSED[after["passed"]],
        note="ukończenie zostało" if before["passed"] and not after["passed"] else "",
    )


def _is_felt(change: dict[str, Any]) -> bool:
    return any(change["before"][name] != change["after"][name] for name in ("share", "score", "passed"))


def _percent(score: Decimal | str | None) -> str:
    return "" if score is None else f"{papers.percent(Decimal(score))}%"


def _success(made: Regrade | None) -> str:
    if made is None:
        return "Nie było już nic do przeliczenia."
    return f"Wyniki są przeliczone. Podejścia z nową wersją pytania: {len(made.changes)}."
