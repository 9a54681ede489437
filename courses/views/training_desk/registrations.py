"""Registrations on the desk: the list, and one of them with everything that happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from courses.trainings.access import may_organise
from courses.trainings.registration_form import answers_in_words
from courses.trainings.registration_list import ORDERS, RegistrationFilter, book_of
from courses.trainings.terms import training_of
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import Registration, RegistrationMove
from elearning.records.registration_messages import key_of

from .decisions import ACTIONS, possible
from .entrance import frame, looked_at, paged, query_without_page

PER_PAGE = 100
LIST = "Lista zgłoszeń"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column by which the list can be put in order. `sorted` is a word of `aria-sort`, empty for another column."""

    title: str
    url: str
    sorted: str


@require_safe
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """The list. The same queries for one registration and for thousands."""
    page = looked_at(request, pk)
    form = RegistrationFilter(request.GET, book=book_of(page), label_suffix="")
    found = form.chosen()
    part = paged(found, PER_PAGE, request)
    positions = registering.positions(training_of(page))
    context = {
        **frame(page, LIST),
        "form": form,
        "headings": list(_headings(request, form)),
        "rows": [{"registration": one, "position": positions.get(one.pk)} for one in part.object_list],
        "page_obj": part,
        "count": len(found),
        "total": len(form.book.registrations),
        "query": query_without_page(request),
        "actions": ACTIONS.values(),
        "may_change": may_organise(request.user, page),
        "shows_points": page.by_criteria,
    }
    return render(request, "courses/training_desk/registrations.html", context)


@require_safe
def registration(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """One registration: what was said, what was accepted, what became of it, and what was written to the person."""
    page = looked_at(request, pk)
    one = get_object_or_404(
        Registration.objects.select_related("institution", "user"), pk=registration, training=page.pk
    )
    moves = list(one.moves.select_related("by"))
    context = {
        **frame(page, one.name, below=(LIST, reverse("training_desk:registrations", args=[page.pk]))),
        "registration": one,
        "position": registering.position(training_of(page), one),
        "answers": list(answers_in_words(one.answers)),
        "clauses": list(one.clauses.all()),
        "moves": [(move, registering.Reason(move.reason).label) for move in moves],
        "marks": list(one.marks.select_related("by")),
        "certificates": list(one.certificates.order_by("-issued_at")),
        "messages_sent": list(_letters(one, moves)),
        "actions": [action for action in ACTIONS.values() if possible(action, one)],
        "may_change": may_organise(request.user, page),
    }
    return render(request, "courses/training_desk/registration.html", context)


def _headings(request: HttpRequest, form: RegistrationFilter) -> Iterator[Heading]:
    kept = request.GET.copy()
    for name in ("strona", "kolejnosc", "malejaco"):
        kept.pop(name, None)
    for key, (title, _order) in ORDERS.items():
        is_this = form.order == key
        chosen = {"kolejnosc": key, **({"malejaco": "1"} if is_this and not form.is_descending else {})}
        query = "&".join(filter(None, (kept.urlencode(), urlencode(chosen))))
        direction = ("descending" if form.is_descending else "ascending") if is_this else ""
        yield Heading(title, f"?{query}", direction)


def _letters(one: Registration, moves: list[RegistrationMove]) -> Iterator[tuple[Message, str]]:
    """The messages about this registration with their texts, the newest first. One query.

    Whoever has the link acts as the person, so it is left out; organisers have their own way.
    """
    of_moves = Q(key__in=[key_of(move) for move in moves])
    naming = Q(key__startswith="training-", key__endswith=f":{one.pk}", recipient__iexact=one.email)
    for letter in Message.objects.filter(of_moves | naming, is_secret=False):
        yield letter, letter.body.replace(str(one.token), "…")
