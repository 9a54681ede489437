"""The list of trainings and their calendar, open to everyone: the same for all, so that it may be kept by anybody."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import TrainingIndexPage, TrainingPage
from courses.trainings import months, shelf

CALENDAR, ARCHIVE = "kalendarz", "archiwum"
VIEWS = [("", "Najbliższe"), (CALENDAR, "Kalendarz"), (ARCHIVE, "Archiwum")]


@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Coming trainings, past ones or a month, chosen by what stands in the address. Up to eleven queries."""
    page = TrainingIndexPage.objects.live().first()
    if page is None:
        raise Http404
    context = list_context(page, request.GET, timezone.now())
    return render(request, "courses/trainings/list.html", context)


def list_context(page: TrainingIndexPage, asked: QueryDict, now: datetime) -> dict[str, Any]:
    """What the list shows for what stands in an address."""
    form = shelf.Filters(asked)
    view = asked.get("widok", "")
    view = view if view in dict(VIEWS) else ""
    found = shelf.filtered(shelf.published(), form, now)
    return {
        "page": page,
        "form": form,
        "words": form.words,
        "is_filtered": form.is_filtered,
        "view": view,
        "views": [
            {"label": label, "query": _query(asked, widok=key), "is_current": key == view} for key, label in VIEWS
        ],
        **(_calendar(found, asked, now) if view == CALENDAR else _list(found, asked, now, is_past=view == ARCHIVE)),
    }


def _list(found: QuerySet[TrainingPage], asked: QueryDict, now: datetime, *, is_past: bool) -> dict[str, Any]:
    ordered = shelf.past(found, now) if is_past else shelf.coming(found, now)
    listed = shelf.listed(ordered, asked.get("strona"))
    query = asked.copy()
    query.pop("strona", None)
    query.pop("miesiac", None)
    return {
        "cards": shelf.cards(listed, now),
        "page_obj": listed,
        "page_range": listed.paginator.get_elided_page_range(listed.number),
        "query": query.urlencode(),
        "total": listed.paginator.count,
        "month": "",
    }


def _calendar(found: QuerySet[TrainingPage], asked: QueryDict, now: datetime) -> dict[str, Any]:
    """One month, and the ways to those before and after it as far as there are trainings."""
    today = timezone.localdate(now)
    month, present = months.asked(asked.get("miesiac"), today), months.month_of(today)
    known = found.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    bounds = [months.month_of(timezone.localdate(moment)) for moment in known.values() if moment]
    weeks = months.weeks(month, months.in_month(found, month), today)
    earlier = month.previous if bounds and month > min(bounds) else None
    later = month.next if bounds and month < max(bounds) else None
    return {
        "month": month,
        "weeks": weeks,
        "total": sum(len(cell.entries) for week in weeks for cell in week),
        "earlier": _month(asked, earlier) if earlier else None,
        "later": _month(asked, later) if later else None,
        "present": _month(asked, present) if present not in (month, earlier, later) else None,
    }


def _month(asked: QueryDict, month: months.Month) -> dict[str, str]:
    return {"name": month.name, "query": _query(asked, widok=CALENDAR, miesiac=str(month))}


def _query(asked: QueryDict, **changed: str) -> str:
    """What is chosen, with these changes and without what is empty; pages and months begin anew."""
    query = asked.copy()
    for name in ("strona", "miesiac", *changed):
        query.pop(name, None)
    query.update({name: value for name, value in changed.items() if value})
    for name in [name for name, value in query.items() if not value]:
        query.pop(name)
    return query.urlencode()
