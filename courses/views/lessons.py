"""The course page, its lessons, and what a learner does there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.access import may_enrol
from courses.models import LessonPage, ModulePage
from courses.views import quizzes
from courses.views.refusals import refuse
from courses.visits import Visit, visit
from elearning.cms.models.base import page_path
from elearning.records import recording
from elearning.records.models import Result
from elearning.records.outline import Item, ItemKind, Outcome, Status


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """A course: what it is, its outline with the visitor's state, and one main button."""
    current = visit(request, course)
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
@login_required
def enrol(request: HttpRequest, course: str) -> HttpResponse:
    """„Zapisz mnie na kurs”: on to the first thing to do."""
    current = visit(request, course)
    if not current.is_enrolled and not may_enrol(current.outline, today=timezone.localdate()):
        messages.error(request, "Zapisy na ten kurs są zamknięte.")
        return redirect(current.outline.url)
    recording.enrol(user=request.user, outline=current.outline)
    messages.success(request, f"Zapisaliśmy Cię na kurs „{current.outline.title}”.")
    return redirect(current.outline.url)


@require_POST
@login_required
def leave(request: HttpRequest, course: str) -> HttpResponse:
    """„Wypisz mnie z kursu”: what was done stays and comes back."""
    current = visit(request, course)
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
        return _withdrawn(request)
    if refusal := refuse(request, current, found):
        return refusal
    if found.kind is ItemKind.QUIZ:
        return quizzes.overview(request, current, found)
    return _lesson(request, current, found)


def _lesson(request: HttpRequest, current: Visit, found: Item) -> HttpResponse:
    page = LessonPage.objects.get(pk=found.page_id)
    items = current.outline.items
    position = items.index(found)
    context = {
        "page": page,
        "visit": current,
        "outline": current.outline,
        "progress": current.progress,
        "state": current.state(found.id),
        "previous_item": items[position - 1] if position else None,
        "next_item": items[position + 1] if position + 1 < len(items) else None,
        "position": position + 1,
        "total": len(items),
    }
    return render(request, "courses/lesson_page.html", context)


@require_POST
@login_required
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
    return redirect(onward.url if onward else current.outline.url)


def _withdrawn(request: HttpRequest) -> HttpResponse:
    """An old link of a learner to something unpublished: it says so, and that the results stay. Else Http404."""
    if request.user.is_authenticated:
        mine = Result.objects.filter(enrolment__user=request.user).select_related("enrolment")
        result = mine.filter(page__url_path__endswith=request.path.removeprefix("/kursy")).first()
        if result is not None:
            return render(request, "courses/withdrawn.html", {"result": result}, status=404)
    raise Http404
