"""An attempt at a quiz: its questions, the saving of answers, the submission and the result."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import gains, papers, quiz_rules, timeouts
from courses.published import course_at
from courses.questions import InvalidAnswer
from courses.views.quizzes import START, TIME_UP, attempt_url, earlier_attempts
from courses.views.refusals import refuse
from courses.visits import Visit, visit
from elearning.records import attempt_rules, attempts
from elearning.records.models import Answer, Attempt, Mark
from elearning.records.outline import Item, Outline

CLOSED = "To podejście jest już zakończone. Tej odpowiedzi nie zapisaliśmy."
LATE = "Czas tego podejścia minął. Tej odpowiedzi już nie zapisaliśmy."
ENDED = "To podejście jest już zakończone. Oto jego wynik."
OVERTAKEN = "W innym oknie lub na innym urządzeniu jest nowsza odpowiedź. Widzisz ją poniżej. Sprawdź ją i wyślij."

# What the clock reads of an attempt.
CLOCK = ("deadline_at", "submitted_at")


@never_cache
@require_safe
@login_required
def attempt(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """All questions of an open attempt on one page, filled with what is saved."""
    current, found = _visited(request, course)
    if refusal := refuse(request, current, found):
        return refusal
    mine = _ended_if_over(get_object_or_404(_mine(request, found.url, number)), current.outline)
    if mine.submitted_at is not None:
        messages.info(request, TIME_UP if mine.ending == Attempt.Ending.TIME_UP else ENDED)
        return redirect(attempt_url(found, mine) + "wynik/")
    saved = _saved(mine)
    return _sheets(request, current.outline, found, mine, papers.sheets(mine, saved.values, versions=saved.versions))


@require_POST
def save(request: HttpRequest, course: str, module: str, item: str, number: int) -> JsonResponse:
    """The answer to one question, saved as it is given. The page says „Zapisano” only after this has answered."""
    if refusal := _stranger(request):
        return refusal
    now = timezone.now()
    question = request.POST.get("question", "")
    result_url = request.path.removesuffix("odpowiedz/") + "wynik/"
    try:
        saved = attempts.save_answer(
            attempts.Place(request.user.pk, f"/kursy/{course}/{module}/{item}/", number),
            question_id=UUID(question),
            read=lambda asked: papers.read(asked, request.POST),
            now=now,
            stamp=papers.stamp(question, request.POST),
        )
    except InvalidAnswer as error:
        return JsonResponse({"error": error.message}, status=422)
    except attempts.NewerAnswer as newer:
        return JsonResponse(_conflict(newer), status=409)
    except attempts.AttemptClosed:
        return JsonResponse({"error": CLOSED, "url": result_url}, status=409)
    except attempts.OutOfTime:
        return JsonResponse({"error": LATE, "url": result_url}, status=409)
    except (Attempt.DoesNotExist, attempts.UnknownQuestion, ValueError):
        return JsonResponse({"error": "Nie ma takiego pytania w tym podejściu. Odśwież stronę."}, status=404)
    return JsonResponse({"time": timezone.localtime(saved.at).strftime("%H:%M"), "version": saved.version})


@never_cache
@require_safe
def clock(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """The seconds that are left of an open attempt, by the server's clock; 0 for one that is over. One query.

    Whoever is logged out or somebody else gets no number, so that their page does not say that the time is up.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    mine = get_object_or_404(_mine(request, f"/kursy/{course}/{module}/{item}/", number).only(*CLOCK))
    left = quiz_rules.seconds_left(mine.deadline_at, timezone.now()) if mine.submitted_at is None else 0
    return JsonResponse({"left": left})


@require_POST
def submit(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """„Zakończ i wyślij”. Where something is unanswered, it is named first; what came is saved in either case."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path.removesuffix("wyslij/"))
    published = course_at(course)
    if published is None:
        raise Http404
    outline = published.outline
    found = _item_at(outline, request.path.split(START)[0])
    query = _mine(request, found.url, number)
    mine = _ended_if_over(get_object_or_404(query), outline)
    if mine.submitted_at is not None:
        if mine.ending == Attempt.Ending.TIME_UP:
            messages.info(request, TIME_UP)
        return redirect(attempt_url(found, mine) + "wynik/")
    sheets, refused = _handed_in(request, query, mine, outline)
    if refused:
        return _sheets(request, outline, found, mine, sheets)
    if sheets:
        context = {"outline": outline, "item": found, "missing": sheets, "attempt_url": attempt_url(found, mine)}
        return render(request, "courses/quiz_confirm.html", context)
    return redirect(attempt_url(found, mine) + "wynik/")


def _handed_in(
    request: HttpRequest, query: QuerySet[Attempt], mine: Attempt, outline: Outline
) -> tuple[list[papers.Sheet], bool]:
    """Submit what a form holds. What stands in the way: sheets to correct (and True), or unanswered ones to confirm."""
    answers, errors = papers.read_all(mine, request.POST)
    saved = _saved(mine)
    came = {str(question): answer for question, answer in answers.items()}
    sheets = papers.sheets(mine, papers.merged(mine, saved.values, came), errors, versions=saved.versions)
    if errors:
        return sheets, True
    missing = [sheet for sheet in sheets if not sheet.is_complete]
    handed_in, now = attempts.HandedIn(answers, papers.seen(mine, request.POST)), timezone.now()
    try:
        if missing and "potwierdzam" not in request.POST:
            attempts.save_answers(query, came=handed_in, merge=papers.merge, now=now)
            return missing, False
        attempts.submit(query, came=handed_in, grade=papers.grade, merge=papers.merge, outline=outline, now=now)
    except attempts.Overtaken as newer:
        saved = _saved(mine)
        overtaken = {question: InvalidAnswer(OVERTAKEN) for question in newer.questions}
        return papers.sheets(mine, saved.values, overtaken, versions=saved.versions), True
    except attempts.AttemptClosed:
        messages.info(request, "To podejście zostało już wysłane, na przykład w innej karcie. Oto jego wynik.")
    except attempts.OutOfTime:
        messages.info(request, TIME_UP)
    return [], False


@never_cache
@require_safe
@login_required
def result(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """What an attempt was worth, as far as the quiz lets it be seen, and where to go from here."""
    current, found = _visited(request, course)
    if refusal := refuse(request, current, found):
        return refusal
    mine = _ended_if_over(get_object_or_404(_mine(request, found.url, number)), current.outline)
    if mine.submitted_at is None or current.enrolment is None:
        return redirect(attempt_url(found, mine))
    rules, now = papers.rules_of(mine), timezone.now()
    earlier = earlier_attempts(current.enrolment, found.id, current.outline)
    left = quiz_rules.attempts_left(rules, len(earlier.attempts), earlier.allowance)
    no_more = attempt_rules.refusal(rules, earlier.past, now=now, allowance=earlier.allowance)
    may_review = attempt_rules.may_review(rules, now=now, allowance=earlier.allowance)
    shows_answers = may_review and rules.review in {"answers", "feedback", "key"}
    closes = attempt_rules.closing(rules, earlier.allowance)
    context = {
        "visit": current,
        "outline": current.outline,
        "progress": current.progress,
        "state": current.state(found.id),
        "item": found,
        "attempt": mine,
        "time_up": mine.ending == Attempt.Ending.TIME_UP,
        "waits": mine.score is None,
        "shows_score": rules.review != "none",
        "score": papers.percent(mine.score),
        "pass_mark": papers.percent(rules.pass_mark),
        "reviews": papers.reviews(mine, _given(mine), level=rules.review) if shows_answers else [],
        "review_from": quiz_rules.moment(closes) if closes and not may_review else "",
        "gain": gains.gain_of(mine, found.page_id),
        "start_url": found.url + START,
        "may_start": no_more is None,
        "refusal": quiz_rules.refusal(no_more) if no_more else None,
        "left": left,
    }
    return render(request, "courses/quiz_result.html", context)


def _stranger(request: HttpRequest) -> JsonResponse | None:
    """Why this browser may not save: nobody is logged in any more, or another person than the page was made for."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "Twoja sesja wygasła. Zaloguj się ponownie, żeby zapisać odpowiedź."}, status=401)
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"error": "Na tym urządzeniu zalogowała się inna osoba.", "other_person": True}, status=403)
    return None


def _conflict(newer: attempts.NewerAnswer) -> dict[str, object]:
    """What the page asks the person about: the saved answer in words, and the version it is."""
    saved = papers.question_of(newer.asked).describe(newer.saved)
    return {
        "error": "W innym oknie lub na innym urządzeniu jest nowsza odpowiedź.",
        "saved": saved,
        "version": newer.version,
    }


def _visited(request: HttpRequest, course: str) -> tuple[Visit, Item]:
    current = visit(request, course)
    return current, _item_at(current.outline, request.path.split(START)[0])


def _item_at(outline: Outline, path: str) -> Item:
    """The item of a course that lives at an address. Raises Http404."""
    found = next((item for item in outline.items if item.url == path), None)
    if found is None:
        raise Http404
    return found


def _mine(request: HttpRequest, quiz_url: str, number: int | None = None) -> QuerySet[Attempt]:
    """This person's attempts at the quiz of that address, or the one of that number; nobody else's, ever."""
    mine = Attempt.objects.filter(
        enrolment__user=request.user.pk, enrolment__left_at=None, page__url_path__endswith=quiz_url
    )
    return mine if number is None else mine.filter(number=number)


def _ended_if_over(mine: Attempt, outline: Outline) -> Attempt:
    return timeouts.end_if_over(mine, outline, now=timezone.now())


class Saved(NamedTuple):
    """The saved answers of an attempt and their versions, by the questions' ids."""

    values: dict[str, object]
    versions: dict[str, int]


def _saved(mine: Attempt) -> Saved:
    rows = list(mine.answers.values_list("question", "value", "version"))
    return Saved({str(row[0]): row[1] for row in rows}, {str(row[0]): row[2] for row in rows})


def _given(mine: Attempt) -> dict[str, papers.Given]:
    """The answers of a submitted attempt, with the newest mark of those that a person had to judge."""
    marks = {mark.answer_id: mark for mark in Mark.objects.filter(answer__attempt=mine).order_by("pk")}
    return {str(answer.question): _with_mark(answer, marks.get(answer.pk)) for answer in mine.answers.all()}


def _with_mark(answer: Answer, mark: Mark | None) -> papers.Given:
    if mark is None or answer.score is None:
        return papers.Given(answer.value)
    return papers.Given(answer.value, mark.exact, mark.comment)


def _sheets(
    request: HttpRequest, outline: Outline, item: Item, mine: Attempt, sheets: list[papers.Sheet]
) -> HttpResponse:
    url = attempt_url(item, mine)
    context = {
        "outline": outline,
        "item": item,
        "attempt": mine,
        "sheets": sheets,
        "total": len(sheets),
        "errors": [
            {"text": f"Pytanie {sheet.number} – {sheet.error}", "href": f"#{sheet.field}-pytanie"}
            for sheet in sheets
            if sheet.error
        ],
        "left": quiz_rules.seconds_left(mine.deadline_at, timezone.now()),
        "submit_url": url + "wyslij/",
        "save_url": url + "odpowiedz/",
        "clock_url": url + "czas/",
    }
    return render(request, "courses/quiz_attempt.html", context)
