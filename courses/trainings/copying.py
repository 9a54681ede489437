"""The same training once more, in other days: a draft with everything that was planned and nothing that happened."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.models import TrainingPage
from elearning.accounts.models import User

from .days import days_of

STREAMS = ("days", "questions", "criteria", "survey")


def first_day(page: TrainingPage) -> date | None:
    """The first day of its programme."""
    return min((day.date for day in days_of(page.days, page.zone)), default=None)


def copied(page: TrainingPage, *, title: str, on: date, keeps_link: bool, by: User) -> TrainingPage:
    """A draft whose first day is `on`: all days move by as many days, and their wall times stay.

    The window of registration and the end of the survey move too. All streams get new ids, so that no attendance
    and no answer of one training is ever taken for one of the other. `keeps_link` keeps the link into the meeting.
    """
    first = first_day(page)
    shift = on - first if first else timedelta(0)
    days = [_shifted(child, shift) for child in _raw(page.days)]
    changed: dict[str, Any] = {
        "title": title,
        "draft_title": title,
        "slug": _free_slug(page),
        **{name: _dumped(anew(_raw(getattr(page, name)))) for name in STREAMS},
        "days": _dumped(anew(days)),
        "materials": "[]",
        "starts_at": _moved(page.starts_at, shift),
        "ends_at": _moved(page.ends_at, shift),
        "registration_opens_at": _moved(page.registration_opens_at, shift),
        "registration_closes_at": _moved(page.registration_closes_at, shift),
        "survey_closes_on": page.survey_closes_on + shift if page.survey_closes_on else None,
        "called_off": False,
        "called_off_reason": "",
        **({} if keeps_link else {"join_url": ""}),
    }
    with transaction.atomic():
        copy: TrainingPage = page.copy(update_attrs=changed, copy_revisions=False, keep_live=False, user=by)
    return copy


def anew(stream: Any) -> Any:
    """The same raw stream with new ids everywhere."""
    if isinstance(stream, list):
        return [anew(each) for each in stream]
    if not isinstance(stream, dict):
        return stream
    is_child = {"type", "value", "id"} <= stream.keys()
    return {key: str(uuid4()) if is_child and key == "id" else anew(value) for key, value in stream.items()}


def _raw(stream: Any) -> list[Any]:
    raw: list[Any] = stream.get_prep_value()
    return raw


def _dumped(stream: list[Any]) -> str:
    return json.dumps(stream, cls=DjangoJSONEncoder)


def _shifted(child: Any, shift: timedelta) -> Any:
    moved = date.fromisoformat(str(child["value"]["date"])) + shift
    return {**child, "value": {**child["value"], "date": moved.isoformat()}}


def _moved(moment: datetime | None, shift: timedelta) -> datetime | None:
    """The same wall time as many days later, whatever the clocks do between."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + shift, local.tzinfo)


def _free_slug(page: TrainingPage) -> str:
    """The slug of the copy: that of the page with the next free number."""
    taken = set(Page.objects.sibling_of(page).values_list("slug", flat=True))
    number = 2
    while f"{page.slug}-{number}" in taken:
        number += 1
    return f"{page.slug}-{number}"
