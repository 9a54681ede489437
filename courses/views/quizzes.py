"""Quizzes: the start page with the rules and earlier attempts, and the start of an attempt."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses import papers, quiz_rules, timeouts
from courses.drawing import TooFewQuestions
from courses.models import QuizPage
from courses.views.refusals import refuse
from courses.visits import Visit, visit
from elearning.records import attempt_rules, attempts
from elearning.records.attempt_rules import Allowance, Past
from elearning.records.models import Attempt, Enrolment
from elearning.records.outline import Item, ItemKind, Outline

START = "-/podejscie/"
TIME_UP = "Czas tego podejścia minął. Oceniliśmy odpowiedzi, które były zapisane."


@dataclass(frozen=True, slots=True)
class Earlier:
    """A person's attempts at one quiz so far, and what the person was granted beyond its rules."""

    attempts: list[Attempt]
    allowance: Allowance

    @property
    def past(self) -> list[Past]:
        return [Past(attempt.started_at, attempt.submitted_at) for attempt in self.attempts]

    @property
    def opened(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)


def overview(request: HttpRequest, current: Visit, item: Item) -> HttpResponse:
    """The start page of a quiz: its rules, earlier attempts and one button. Five queries besides the visit."""
    if current.enrolment is None:
        raise Http404
    page = QuizPage.objects.get(pk=item.page_id)
    now = timezone.now()
    earlier = earlier_attempts(current.enrolment, item.id, current.outline)
    refusal = attempt_rules.refusal(page.rules, earlier.past, now=now, allowance=earlier.allowance)
    questions, opened = page.size, earlier.opened
    context = {
        "page": page,
        "visit": current,
        "outline": current.outline,
        "item": item,
        "state": current.state(item.id),
        "facts": quiz_rules.facts(
            page.rules,
            questions=questions,
            minutes=page.minutes,
            used=len(earlier.attempts),
            allowance=earlier.allowance,
        ),
        "earlier": [_row(attempt, item) for attempt in earlier.attempts],
        "open_url": attempt_url(item, opened) if opened else "",
        "start_url": item.url + START,
        "is_empty": not questions,
        "refusal": quiz_rules.refusal(refusal) if refusal else None,
        "has_limit": bool(page.time_limit),
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
    now = timezone.now()
    try:
        attempt = attempts.start(
            enrolment=current.enrolment,
            outline=current.outline,
            item=found,
            draw=page.draw,
            rules=page.rules,
            now=now,
        )
    except (attempts.NothingToAsk, TooFewQuestions):
        messages.error(request, "Ten test nie ma jeszcze wszystkich pytań. Redakcja je uzupełni.")
        return redirect(found.url)
    except attempts.StartRefused as error:
        messages.error(request, quiz_rules.refusal(error.refusal).title + ".")
        return redirect(found.url)
    if timeouts.end_if_over(attempt, current.outline, now=now).submitted_at is not None:
        messages.info(request, TIME_UP)
        return redirect(found.url)
    return redirect(attempt_url(found, attempt))


def earlier_attempts(enrolment: Enrolment, item_id: UUID, outline: Outline) -> Earlier:
    """The attempts of a person at a quiz, in their order; one whose time is up is ended first. Two queries."""
    now = timezone.now()
    rows = list(enrolment.attempts.filter(item=item_id).defer("questions"))
    rows = [timeouts.end_if_over(row, outline, now=now) for row in rows]
    return Earlier(rows, attempts.allowance_of(enrolment, item_id))


def attempt_url(item: Item, attempt: Attempt) -> str:
    """Where an attempt is answered; its result is below it."""
    return f"{item.url}{START}{attempt.number}/"


def _row(attempt: Attempt, item: Item) -> dict[str, object]:
    shows_score = attempt.score is not None and attempt.rules["review"] != "none"
    return {
        "number": attempt.number,
        "date": attempt.submitted_at or attempt.started_at,
        "is_open": attempt.submitted_at is None,
        "waits": attempt.submitted_at is not None and attempt.score is None,
        "time_up": attempt.ending == Attempt.Ending.TIME_UP,
        "score": papers.percent(attempt.score) if shows_score else None,
        "passed": attempt.passed if shows_score else None,
        "url": attempt_url(item, attempt) + ("wynik/" if attempt.submitted_at else ""),
    }
