"""The course page, its lessons, and what a learner does there."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.access import may_enrol
from courses.models import ModulePage
from courses.trainings import items as training_items
from courses.views import activities, quizzes, withdrawal
from courses.views.refusals import refuse
from courses.visits import Visit, step_context, visit
from courses.wording import item_kind
from elearning.cms.models.base import page_path
from elearning.records import recording
from elearning.records.outline import Item, ItemKind, Outcome, Status


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """A course: what it is, its outline with the visitor's state, and one main button."""
    try:
        current = visit(request, course)
    except Http404:
        return withdrawal.explain(request)
    context = {
        "page": current.course,
        "visit": current,
        "outline": current.outline,
        "progress": current.progress,
        "may_enrol": may_enrol(current.outline, today=timezone.localdate()),
    }
    return render(request, "courses/course_page.html", context)


@require_safe
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """A module has no page of its own: its place in the course's outline."""
    found = ModulePage.objects.live().filter(slug=module, url_path__endswith=f"/{course}/{module}/").first()
    if found is None:
        raise Http404
    return redirect(f"{page_path(found.get_parent())}#modul-{found.pk}")


@require_POST
def enrol(request: HttpRequest, course: str) -> HttpResponse:
    """„Zapisz mnie na kurs”. Whoever is not logged in logs in first and comes back to the course."""
    current = visit(request, course)
    if not request.user.is_authenticated:
        return redirect_to_login(current.outline.url)
    if not current.is_enrolled and not may_enrol(current.outline, today=timezone.localdate()):
        messages.error(request, "Zapisy na ten kurs są zamknięte.")
        return redirect(current.outline.url)
    enrolment = recording.enrol(user=request.user, outline=current.outline)
    training_items.credit_person(request.user, enrolment, current.outline, timezone.now())
    messages.success(request, f"Zapisaliśmy Cię na kurs „{current.outline.title}”.")
    return redirect(current.outline.url)


@require_POST
def leave(request: HttpRequest, course: str) -> HttpResponse:
    """„Wypisz mnie z kursu”: what was done stays and comes back."""
    current = visit(request, course)
    if not request.user.is_authenticated:
        return redirect_to_login(current.outline.url)
    if current.enrolment and recording.leave(current.enrolment):
        messages.success(request, "Wypisaliśmy Cię z kursu. Twoje wyniki wrócą, gdy zapiszesz się ponownie.")
    return redirect(current.outline.url)


@require_safe
def item(request: HttpRequest, course: str, module: str, item: str) -> HttpResponse:
    """A lesson or a quiz, for the enrolled; others are told what to do first."""
    try:
        current = visit(request, course)
        found = current.item_at(request.path)
    except Http404:
        return withdrawal.explain(request)
    if refusal := refuse(request, current, found):
        return refusal
    if found.kind is ItemKind.QUIZ:
        return quizzes.overview(request, current, found)
    if found.kind is ItemKind.ACTIVITY:
        return activities.page(request, current, found)
    return _lesson(request, current, found)


def _lesson(request: HttpRequest, current: Visit, found: Item) -> HttpResponse:
    lesson = current.published.lesson(found.page_id)
    context = {"page": lesson.page, "body": lesson.body, **step_context(current, found)}
    return render(request, "courses/lesson_page.html", context)


@require_POST
def complete(request: HttpRequest, course: str, module: str, item: str) -> HttpResponse:
    """„Oznacz jako ukończone” and on to the next thing to do."""
    current = visit(request, course)
    found = current.item_at(request.path.removesuffix("-/ukonczone/"))
    if refusal := refuse(request, current, found):
        return refusal
    if found.kind is not ItemKind.LESSON or found.is_empty or current.enrolment is None:
        raise Http404
    outcome = Outcome(item_id=found.id, status=Status.COMPLETED, at=timezone.now())
    was_complete = current.enrolment.completed_at is not None
    reached = recording.record(enrolment=current.enrolment, outline=current.outline, outcome=outcome)
    if reached.is_complete and not was_complete:
        return redirect(current.outline.url)
    following = current.outline.items[current.outline.items.index(found) + 1 :]
    onward = next((step for step in following if not reached.state(step.id).is_completed), reached.next)
    if onward and onward.within == found.id:
        messages.info(request, f"Na tej stronie jest jeszcze {item_kind(onward)} „{onward.title}”.")
    return redirect(onward.url if onward else current.outline.url)
