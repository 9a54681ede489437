"""Quizzes: the start page with the rules and earlier attempts, and the start of an attempt."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses import papers, quiz_rules
from courses.models import QuizPage
from courses.views.refusals import refuse
from courses.visits import Visit, visit
from elearning.records import attempts
from elearning.records.models import Attempt
from elearning.records.outline import Item, ItemKind

START = "-/podejscie/"


def overview(request: HttpRequest, current: Visit, item: Item) -> HttpResponse:
    """The start page of a quiz: its rules, earlier attempts and one button. Three queries besides the visit."""
    if current.enrolment is None:
        raise Http404
    page = QuizPage.objects.get(pk=item.page_id)
    earlier = list(current.enrolment.attempts.filter(item=item.id).defer("questions"))
    questions = len(page.frozen_questions())
    left = quiz_rules.attempts_left(page.rules, len(earlier))
    context = {
        "page": page,
        "visit": current,
        "outline": current.outline,
        "item": item,
        "state": current.state(item.id),
        "facts": quiz_rules.facts(page.rules, questions=questions, minutes=page.minutes, used=len(earlier)),
        "earlier": [_row(attempt, item) for attempt in earlier],
        "open_url": next((attempt_url(item, row) for row in earlier if row.submitted_at is None), ""),
        "start_url": item.url + START,
        "is_empty": not questions,
        "is_exhausted": left == 0,
    }
    return render(request, "courses/quiz_page.html", context)


@require_POST
def start(request: HttpRequest, course: str, module: str, item: str) -> HttpResponse:
    """„Rozpocznij podejście”: on to the questions, of the open attempt if there is one."""
    current = visit(request, course)
    found = current.item_at(request.path.removesuffix(START))
    if refusal := refuse(request, current, found):
        return refusal
    if found.kind is not ItemKind.QUIZ or current.enrolment is None:
        raise Http404
    page = QuizPage.objects.get(pk=found.page_id)
    try:
        attempt = attempts.start(
            enrolment=current.enrolment,
            outline=current.outline,
            item=found,
            questions=page.frozen_questions(),
            rules=page.rules,
            now=timezone.now(),
        )
    except attempts.NothingToAsk:
        messages.error(request, "Ten test nie ma jeszcze pytań. Redakcja je uzupełni.")
        return redirect(found.url)
    except attempts.AttemptsExhausted:
        messages.error(request, "Wykorzystano wszystkie podejścia do tego testu.")
        return redirect(found.url)
    return redirect(attempt_url(found, attempt))


def attempt_url(item: Item, attempt: Attempt) -> str:
    """Where an attempt is answered; its result is below it."""
    return f"{item.url}{START}{attempt.number}/"


def _row(attempt: Attempt, item: Item) -> dict[str, object]:
    shows_score = attempt.submitted_at is not None and attempt.rules["review"] != "none"
    return {
        "number": attempt.number,
        "date": attempt.submitted_at or attempt.started_at,
        "is_open": attempt.submitted_at is None,
        "score": papers.percent(attempt.score) if shows_score else None,
        "passed": attempt.passed if shows_score else None,
        "url": attempt_url(item, attempt) + ("wynik/" if attempt.submitted_at else ""),
    }
