"""Where the player of a film in a lesson says what was played."""

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses import films
from courses.access import may_open
from courses.visits import Visit, visit
from courses.wording import whole_percent
from elearning.accounts.models import User
from elearning.records import recording
from elearning.records.outline import FilmTerms, Item, Outcome, Status, UnknownItem
from media.models import FilmPage, Watch
from media.views import progress


@require_POST
def save(request: HttpRequest, course: str, key: UUID) -> JsonResponse:
    """Write down what was played; the item is begun by the first of it and completed at its share.

    Eight queries: two of session and user, two of the visit, two of the film, two of the writing; more in the moment
    in which the item is begun or completed. What was watched elsewhere counts with the first report from here.
    """
    if not isinstance(request.user, User):
        return progress.refused(401, progress.NO_SESSION)
    current = visit(request, course)
    item, terms = _item(current, key)
    if not may_open(current.enrolment, current.state(key)).allowed:
        return progress.refused(403, "Ten film nie jest jeszcze dla Ciebie otwarty.")
    film = films.film_of(item, request.user)
    if film is None:
        return progress.refused(403, "Tego filmu teraz nie ma.")
    watch = progress.received(request, request.user, film)
    if isinstance(watch, JsonResponse):
        return watch
    return _answer(current, item, terms, film, watch)


def _item(current: Visit, key: UUID) -> tuple[Item, FilmTerms]:
    try:
        item = current.outline.item(key)
    except UnknownItem as error:
        raise Http404 from error
    if item.film is None:
        raise Http404
    return item, item.film


def _answer(current: Visit, item: Item, terms: FilmTerms, film: FilmPage, watch: Watch) -> JsonResponse:
    """Record what is new for the course, and tell the page."""
    state = current.state(item.id)
    reached = Status.COMPLETED if watch.share >= terms.share else Status.IN_PROGRESS
    if current.enrolment and state and watch.watched and not state.is_completed and state.status is not reached:
        outcome = Outcome(item_id=item.id, status=reached, at=timezone.now())
        recording.record(enrolment=current.enrolment, outline=current.outline, outcome=outcome)
    is_met = reached is Status.COMPLETED or bool(state and state.is_completed)
    return progress.answer(watch, film, share=whole_percent(terms.share), is_met=is_met)
