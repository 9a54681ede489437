"""Everything that statistics of H5P activities read from the database. Nothing here writes.

Attempts and answers are the player's (`h5p`), completion is the course's (`records`): a person may finish an activity
and not complete it. Scores are as the browser reported them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, FloatField, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from courses.models import CoursePage
from courses.outline import outlines_of
from elearning.records.models import Result
from elearning.records.outline import Outline, Status
from h5p.django.models import Attempt, Statement

from .queries import CHUNK, Choice, Scope, midnight


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in the list. `lesson` is empty for a page of its own, `live` says whether a course has it now.

    `began`, `finished` and `completed` count people; `mean` is of all attempts with a score, a share of 0..1.
    """

    id: UUID
    title: str
    course: str = ""
    lesson: str = ""
    live: bool = True
    began: int = 0
    finished: int = 0
    mean: float | None = None
    completed: int = 0


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt: whose it is and what the browser reported. `completed`: by the course's rule, in any attempt."""

    pk: int
    name: str
    institution: str
    number: int
    started_at: datetime
    finished_at: datetime | None
    raw: float | None
    max: float | None
    scaled: Decimal | None
    seconds: int | None
    completed: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One statement of an attempt, in words. `is_whole`: the result of the whole, not of a part."""

    name: str
    institution: str
    number: int
    question: str
    response: str
    verb: str
    is_whole: bool
    raw: float | None
    max: float | None
    success: bool | None
    received_at: datetime


def activities() -> list[ActivityRow]:
    """Published activities by course, then those with attempts that no course has any more.

    Four queries while the outlines are in memory, seven more for each course that was changed.
    """
    shown = _published()
    counts = _counts()
    completed = {item: (people, course) for item, people, course in _completions()}
    gone = [
        ActivityRow(key, title, completed.get(key, (0, ""))[1], live=False)
        for key, (title, *_numbers) in counts.items()
        if key not in shown
    ]
    rows = [*shown.values(), *sorted(gone, key=lambda row: (row.course, row.title))]
    return [_counted(row, counts.get(row.id), completed.get(row.id, (0, ""))[0]) for row in rows]


def activity(key: UUID) -> ActivityRow | None:
    """One activity, with its counts. The queries of `activities`."""
    return next((row for row in activities() if row.id == key), None)


def attempts(key: UUID, scope: Scope) -> QuerySet[Attempt]:
    """The attempts at an activity that began in the scope's days. A person's first and last are sought before them."""
    all_attempts = Attempt.objects.filter(activity=key)
    found = all_attempts
    if scope.choice is not Choice.ALL:
        other = {"number__lt" if scope.choice is Choice.FIRST else "number__gt": OuterRef("number")}
        found = found.filter(~Exists(all_attempts.filter(user=OuterRef("user"), **other)))
    if scope.since:
        found = found.filter(started_at__gte=midnight(scope.since))
    if scope.until:
        found = found.filter(started_at__lt=midnight(scope.until + timedelta(days=1)))
    return found


def rows_of(found: QuerySet[Attempt]) -> QuerySet[Attempt, tuple[Any, ...]]:
    """The attempts by name and number, as the fields of `AttemptRow`; may be cut into pages."""
    results = Result.objects.filter(
        item=OuterRef("activity"), enrolment__user=OuterRef("user"), status=Status.COMPLETED.value
    )
    return found.order_by("user__last_name", "user__first_name", "user", "number").values_list(
        "pk",
        *_person("user"),
        "number",
        "started_at",
        "finished_at",
        "raw",
        "max",
        "scaled",
        "seconds",
        Exists(results),
    )


def answers(found: QuerySet[Attempt]) -> Iterator[AnswerRow]:
    """Every statement of these attempts, of parts too, by person, attempt and time. One query, read as needed."""
    user = "attempt__user"
    rows = (
        Statement.objects.filter(attempt__in=found.order_by().values("pk"))
        .order_by(f"{user}__last_name", f"{user}__first_name", user, "attempt__number", "received_at", "pk")
        .values_list(
            *_person(user),
            "attempt__number",
            "question",
            "response",
            "verb",
            "is_top_level",
            "raw",
            "max",
            "success",
            "received_at",
        )
    )
    return (AnswerRow(*row) for row in rows.iterator(CHUNK))


def _person(user: str) -> tuple[Concat, Coalesce]:
    name = Concat(f"{user}__first_name", Value(" "), f"{user}__last_name")
    return name, Coalesce(f"{user}__institution__name", f"{user}__institution_name")


def _published() -> dict[UUID, ActivityRow]:
    outlines = outlines_of(CoursePage.objects.order_by("path"))
    found = [row for outline in outlines.values() for row in _of_outline(outline)]
    return {row.id: row for row in sorted(found, key=lambda row: row.course)}


def _of_outline(outline: Outline) -> list[ActivityRow]:
    titles = {item.id: item.title for item in outline.items}
    return [
        ActivityRow(item.id, item.title, outline.title, titles[item.within] if item.within else "")
        for item in outline.items
        if item.activity
    ]


def _counts() -> dict[UUID, tuple[str, int, int, float | None]]:
    """Title, people who began, people who finished, mean score. One query."""
    rows = (
        Attempt.objects.order_by()
        .values_list("activity")
        .annotate(
            name=Max("title"),
            began=Count("user", distinct=True),
            ended=Count("user", distinct=True, filter=Q(finished_at__isnull=False)),
            mean=Avg(Cast("scaled", FloatField())),
        )
    )
    return {key: (name, began, ended, mean) for key, name, began, ended, mean in rows}


def _completions() -> QuerySet[Result, tuple[UUID, int, str]]:
    """Item, people who completed it, a course in which they are. One query."""
    people = Count("enrolment__user", distinct=True, filter=Q(status=Status.COMPLETED.value))
    return (
        Result.objects.filter(kind="activity")
        .order_by()
        .values_list("item")
        .annotate(people=people, course=Max("enrolment__course__title"))
    )


def _counted(row: ActivityRow, counts: tuple[str, int, int, float | None] | None, completed: int) -> ActivityRow:
    _title, began, finished, mean = counts or ("", 0, 0, None)
    return replace(row, began=began, finished=finished, mean=mean, completed=completed)
