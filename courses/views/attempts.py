"""An attempt at a quiz: its questions, the saving of answers, the submission and the result."""

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

from courses import papers, quiz_rules
from courses.published import course_at
from courses.questions import InvalidAnswer
from courses.views.quizzes import START, attempt_url
from courses.views.refusals import refuse
from courses.visits import Visit, visit
from elearning.records import attempts
from elearning.records.models import Attempt
from elearning.records.outline import Item, Outline

CLOSED = "To podejście jest już zakończone. Tej odpowiedzi nie zapisaliśmy."


@never_cache
@require_safe
@login_required
def attempt(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """All questions of an open attempt on one page, filled with what is saved."""
    current, found = _visited(request, course)
    if refusal := refuse(request, current, found):
        return refusal
    mine = get_object_or_404(_mine(request, found.url, number))
    if mine.submitted_at is not None:
        messages.info(request, "To podejście jest już zakończone. Oto jego wynik.")
        return redirect(attempt_url(found, mine) + "wynik/")
    return _sheets(request, current.outline, found, mine, papers.sheets(mine, _saved(mine)))


@require_POST
def save(request: HttpRequest, course: str, module: str, item: str, number: int) -> JsonResponse:
    """The answer to one question, saved as it is given. The page says „Zapisano” only after this has answered."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "Twoja sesja wygasła. Zaloguj się ponownie, żeby zapisać odpowiedź."}, status=401)
    mine = _mine(request, f"/kursy/{course}/{module}/{item}/", number)
    now = timezone.now()
    try:
        question_id = UUID(request.POST.get("question", ""))
        attempts.save_answer(
            mine, question_id=question_id, read=lambda asked: papers.read(asked, request.POST), now=now
        )
    except InvalidAnswer as error:
        return JsonResponse({"error": error.message}, status=422)
    except attempts.AttemptClosed:
        return JsonResponse({"error": CLOSED, "url": request.path.removesuffix("odpowiedz/") + "wynik/"}, status=409)
    except (Attempt.DoesNotExist, attempts.UnknownQuestion, ValueError):
        return JsonResponse({"error": "Nie ma takiego pytania w tym podejściu. Odśwież stronę."}, status=404)
    return JsonResponse({"time": timezone.localtime(now).strftime("%H:%M")})


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
    mine = get_object_or_404(query)
    result_url = attempt_url(found, mine) + "wynik/"
    if mine.submitted_at is not None:
        return redirect(result_url)
    answers, errors = papers.read_all(mine, request.POST)
    came = {str(question): answer for question, answer in answers.items()}
    sheets = papers.sheets(mine, papers.merged(mine, _saved(mine), came), errors)
    if errors:
        return _sheets(request, outline, found, mine, sheets)
    missing = [sheet for sheet in sheets if not sheet.is_complete]
    now = timezone.now()
    try:
        if missing and "potwierdzam" not in request.POST:
            attempts.save_answers(query, answers=answers, merge=papers.merge, now=now)
            context = {"outline": outline, "item": found, "missing": missing, "attempt_url": attempt_url(found, mine)}
            return render(request, "courses/quiz_confirm.html", context)
        attempts.submit(query, answers=answers, grade=papers.grade, merge=papers.merge, outline=outline, now=now)
    except attempts.AttemptClosed:
        messages.info(request, "To podejście zostało już wysłane, na przykład w innej karcie. Oto jego wynik.")
    return redirect(result_url)


@never_cache
@require_safe
@login_required
def result(request: HttpRequest, course: str, module: str, item: str, number: int) -> HttpResponse:
    """What an attempt was worth, as far as the quiz lets it be seen, and where to go from here."""
    current, found = _visited(request, course)
    if refusal := refuse(request, current, found):
        return refusal
    mine = get_object_or_404(_mine(request, found.url, number))
    if mine.submitted_at is None:
        return redirect(attempt_url(found, mine))
    review = mine.rules["review"]
    shows_answers = review in {"answers", "key"}
    used = _mine(request, found.url).count()
    left = quiz_rules.attempts_left(papers.rules_of(mine), used)
    context = {
        "visit": current,
        "outline": current.outline,
        "progress": current.progress,
        "state": current.state(found.id),
        "item": found,
        "attempt": mine,
        "shows_score": review != "none",
        "score": papers.percent(mine.score),
        "pass_mark": papers.percent(attempts.pass_mark(mine)),
        "counts": quiz_rules.COUNTS[mine.rules["counts"]],
        "reviews": papers.reviews(mine, _saved(mine), with_key=review == "key") if shows_answers else [],
        "start_url": found.url + START,
        "may_start": left is None or left > 0,
        "left": left,
    }
    return render(request, "courses/quiz_result.html", context)


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


def _saved(mine: Attempt) -> dict[str, object]:
    return {str(question): value for question, value in mine.answers.values_list("question", "value")}


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
        "submit_url": url + "wyslij/",
        "save_url": url + "odpowiedz/",
    }
    return render(request, "courses/quiz_attempt.html", context)
