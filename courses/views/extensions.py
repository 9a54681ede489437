"""Individual terms of one person in one quiz: what holds, the form to grant more, and what was granted before."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from courses import quiz_rules
from courses.grading_forms import ExtensionForm
from courses.models import CoursePage, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import access, extending
from elearning.records.models import Enrolment, Extension
from elearning.records.outline import Item, ItemKind, Outline

NOTHING_GRANTED = "Podaj dodatkowe minuty, dodatkowe podejścia albo późniejszą datę zamknięcia."


@dataclass(frozen=True, slots=True)
class QuizTerms:
    """A quiz of the course on the learner's card: the words for the terms that hold, and where they are granted."""

    title: str
    terms: str
    url: str


def quizzes(enrolment: Enrolment, outline: Outline | None) -> list[QuizTerms]:
    """The quizzes of the course with this person's own terms. One query."""
    newest = {granted.item: granted for granted in enrolment.extensions.order_by("pk")}
    items = outline.items if outline else ()
    return [
        QuizTerms(
            title=item.title,
            terms=in_words(newest.get(item.id)),
            url=reverse("uczestnicy:extension", args=[enrolment.pk, item.page_id]),
        )
        for item in items
        if item.kind is ItemKind.QUIZ
    ]


def in_words(granted: Extension | None) -> str:
    """„dodatkowe minuty: 15, otwarty do: 7 maja 2026 r., 12:00”, or that there is nothing."""
    if granted is None:
        return "jak wszyscy"
    parts = [
        f"dodatkowe minuty: {granted.minutes}" if granted.minutes else "",
        f"dodatkowe podejścia: {granted.attempts}" if granted.attempts else "",
        f"otwarty do: {quiz_rules.moment(granted.closes_at)}" if granted.closes_at else "",
    ]
    return ", ".join(filter(None, parts)) or "jak wszyscy"


def extension(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """„Indywidualne warunki”: a form for those who may grant, the history for those who may read."""
    if not isinstance(request.user, User) or not access.may_see_extensions(request.user):
        raise PermissionDenied("Nie masz uprawnienia do indywidualnych warunków.")
    if request.method == "POST" and not access.may_extend(request.user):
        raise PermissionDenied("Możesz czytać indywidualne warunki, ale nie możesz ich przyznawać.")
    enrolment = get_object_or_404(Enrolment.objects.select_related("user"), pk=pk)
    quiz = get_object_or_404(QuizPage.objects.live(), pk=page)
    item = _item(enrolment, quiz)
    history = list(enrolment.extensions.filter(item=item.id).select_related("granted_by").order_by("-pk"))
    newest = history[0] if history else None
    form = ExtensionForm(request.POST or None, newest=newest, closes_at=quiz.closes_at)
    if request.method == "POST" and form.is_valid():
        grant = extending.Grant(allowance=form.allowance, reason=form.cleaned_data["reason"])
        try:
            extending.extend(enrolment=enrolment, item=item, grant=grant, by=request.user, now=timezone.now())
        except extending.NothingGranted:
            form.add_error(None, NOTHING_GRANTED)
        else:
            messages.success(request, f"Indywidualne warunki są zapisane: {enrolment.user}, „{quiz.title}”.")
            return redirect("uczestnicy:extension", pk, page)
    context = {
        "header_title": f"Indywidualne warunki: {enrolment.user}",
        "enrolment": enrolment,
        "quiz": quiz,
        "now": in_words(newest),
        "facts": quiz_rules.facts(quiz.rules, questions=quiz.size, minutes=quiz.minutes, used=0),
        "used": enrolment.attempts.filter(item=item.id).count(),
        "form": form,
        "may_extend": access.may_extend(request.user),
        "history": [(granted, in_words(granted)) for granted in history],
        "back_url": reverse("uczestnicy:inspect", args=[enrolment.pk]),
    }
    return render(request, "courses/admin/extension.html", context)


def _item(enrolment: Enrolment, quiz: QuizPage) -> Item:
    """The quiz as a step of the person's course. Raises Http404 where it is not part of it."""
    course = CoursePage.objects.live().filter(pk=enrolment.course_id).first()
    items = outline_of(course).items if course else ()
    found = next((item for item in items if item.page_id == quiz.pk), None)
    if found is None:
        raise Http404("Tego testu nie ma w tym kursie.")
    return found
