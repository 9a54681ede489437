"""Everything that statistics of quizzes read from the database. Nothing here writes.

The questions that an attempt froze are the heavy part of its row, tens of kilobytes each. `PaperFacts` lets the
database read them and hand out only numbers, the same text for the same paper; the questions themselves are read for
one attempt of each version that is shown.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import Count, Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from courses.models import CoursePage, QuizPage
from courses.questions import InvalidQuestion, Question, load
from elearning.records.models import Answer, Attempt

from .samples import Asked, Paper, Sample, Taken, Version

CHUNK = 5000
# What statistics read of a frozen question.
FACTS = ("question", "revision", "points")
# Arguments of one function of SQLite: 127, the first of which is the document; a multiple of the facts.
MOST_PATHS = 126
MINUTE = timedelta(minutes=1)


class Choice(StrEnum):
    """Which attempts of each person count. The values stand in addresses."""

    FIRST = "pierwsze"
    LAST = "ostatnie"
    ALL = "wszystkie"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which attempts statistics are made of: `since` and `until` are days of submission in local time, inclusive."""

    choice: Choice = Choice.FIRST
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class QuizRow:
    """A quiz in the list: submitted attempts, of how many people, how many have a score and how many passed."""

    page: int
    title: str
    course: str
    live: bool
    attempts: int = 0
    people: int = 0
    scored: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Frozen:
    """A question as attempts froze it; `question` is None where its data cannot be read any more."""

    title: str
    kind: str
    question: Question | None

    def words(self, text: str | None) -> str:
        """A kept answer, as JSON text, in words; nothing for no answer, the JSON itself where nobody can read it."""
        if text is None or self.question is None:
            return text or ""
        return "; ".join(self.question.describe(json.loads(text)))


@dataclass(frozen=True, slots=True)
class Person:
    """Whose attempt it is, and what came of it. `score` is a share of 0..1, None while it waits for marks."""

    attempt: int
    name: str
    institution: str
    number: int
    started_at: datetime
    submitted_at: datetime
    score: Decimal | None
    passed: bool | None


class PaperFacts(Func):
    """[question, revision, points, question, …] of the first `longest` questions of an attempt, as JSON text.

    Nulls fill a shorter paper. SQLite reads all from one call, so that it parses each attempt once; it takes 126 paths.
    """

    arity = 1
    output_field = TextField()

    def __init__(self, *expressions: Any, longest: int) -> None:
        super().__init__(*expressions)
        self.longest = longest

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        paths = [f"'$[{place}].{name}'" for place in range(self.longest) for name in FACTS]
        calls = [", ".join(paths[start : start + MOST_PATHS]) for start in range(0, len(paths), MOST_PATHS)]
        parts = ", ".join(f"JSON_EXTRACT(%(expressions)s, {call})" for call in calls)
        sql, params = self.as_sql(compiler, connection, template=f"JSON_ARRAY({parts})", **extra)
        return sql, params * len(calls)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        facts = ", ".join(f"asked->'{name}'" for name in FACTS)
        template = (
            f"(SELECT JSONB_AGG(JSONB_BUILD_ARRAY({facts}) ORDER BY place)::text "  # noqa: S608 - our own names
            "FROM JSONB_ARRAY_ELEMENTS(%(expressions)s) WITH ORDINALITY AS paper(asked, place))"
        )
        return self.as_sql(compiler, connection, template=template, **extra)


def quizzes() -> list[QuizRow]:
    """All quizzes, drafts and withdrawn ones too, by course and title. Three queries."""
    courses = dict(CoursePage.objects.values_list("path", "title"))
    counts = {
        page: numbers
        for page, *numbers in Attempt.objects.filter(submitted_at__isnull=False)
        .order_by()
        .values_list("page")
        .annotate(
            attempts=Count("pk"),
            people=Count("enrolment", distinct=True),
            scored=Count("pk", filter=Q(score__isnull=False)),
            successes=Count("pk", filter=Q(passed=True)),
        )
    }
    step = QuizPage.steplen
    rows = [
        QuizRow(pk, title, courses.get(path[: -2 * step], ""), live, *counts.get(pk, ()))
        for pk, title, path, live in QuizPage.objects.order_by("path").values_list("pk", "title", "path", "live")
    ]
    return sorted(rows, key=lambda row: (row.course, not row.attempts))


def quiz(page: int) -> QuizRow | None:
    """One quiz by the number of its page, without counts. Two queries."""
    found = QuizPage.objects.filter(pk=page).values_list("title", "path", "live").first()
    if found is None:
        return None
    title, path, live = found
    course = CoursePage.objects.filter(path=path[: -2 * QuizPage.steplen]).values_list("title", flat=True).first()
    return QuizRow(page, title, course or "", live)


def attempts(page: int, scope: Scope) -> QuerySet[Attempt]:
    """The submitted attempts of a quiz in the scope. A person's first and last are sought before the days."""
    submitted = Attempt.objects.filter(page=page, submitted_at__isnull=False)
    found = submitted
    if scope.choice is not Choice.ALL:
        same_person = submitted.filter(enrolment=OuterRef("enrolment"))
        other = {"number__lt" if scope.choice is Choice.FIRST else "number__gt": OuterRef("number")}
        found = found.filter(~Exists(same_person.filter(**other)))
    if scope.since:
        found = found.filter(submitted_at__gte=midnight(scope.since))
    if scope.until:
        found = found.filter(submitted_at__lt=midnight(scope.until + timedelta(days=1)))
    return found


def sample(page: int, scope: Scope) -> Sample:
    """The attempts of a quiz in the scope, with all their answers. Three queries, no model instance."""
    chosen = attempts(page, scope)
    moments = chosen.order_by("pk").values_list(
        "pk", Cast("score", FloatField()), "passed", "started_at", "submitted_at"
    )
    taken = {
        pk: Taken(score, passed, (submitted_at - started_at) / MINUTE)
        for pk, score, passed, started_at, submitted_at in moments.iterator(CHUNK)
    }
    groups = _answers(chosen)
    counts = Counter(chain.from_iterable(groups.values()))
    papers = _papers(chosen, longest=max(counts.values(), default=0))
    shares: dict[int, dict[int, float]] = defaultdict(dict)
    waiting: dict[int, list[int]] = defaultdict(list)
    given: dict[Version, dict[str | None, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (question, score, text), those in groups.items():
        known = [attempt for attempt in those if attempt in taken]
        if score is None:
            waiting[question] += known
        else:
            shares[question].update(dict.fromkeys(known, float(score)))
        for revision, attempts_of in _by_revision(question, known, papers):
            given[question, revision][text] += attempts_of
    return Sample(taken, papers, shares, waiting, given)


def minutes_at(page: int, scope: Scope, question: int) -> list[float]:
    """The minutes that attempts in the scope took to save an answer to one question after the save before. One query.

    From the start of the attempt for the first answer. Breaks are part of it, hence a median is what to make of it.
    Answers that were saved in one moment with others, or only with the submission, tell no time and are left out.
    """
    same_attempt = Answer.objects.filter(attempt=OuterRef("attempt")).exclude(pk=OuterRef("pk"))
    together = same_attempt.filter(saved_at=OuterRef("saved_at"))
    before = same_attempt.filter(saved_at__lt=OuterRef("saved_at")).order_by("-saved_at").values("saved_at")[:1]
    rows = Answer.objects.filter(attempt__in=attempts(page, scope).order_by().values("pk"), source=question)
    alone = rows.filter(~Exists(together), saved_at__lt=F("attempt__submitted_at")).order_by("pk")
    found = alone.values_list("saved_at", Subquery(before), "attempt__started_at")
    return [(at - (earlier or start)) / MINUTE for at, earlier, start in found]


def _answers(chosen: QuerySet[Attempt]) -> dict[tuple[int, str | None, str | None], list[int]]:
    """The attempts by what they answered: question, score and answer as text, which no converter makes slow."""
    groups: dict[tuple[int, str | None, str | None], list[int]] = defaultdict(list)
    rows = Answer.objects.filter(attempt__in=chosen.order_by().values("pk")).order_by()
    columns = rows.values_list("attempt_id", "source", Cast("score", TextField()), Cast("value", TextField()))
    for attempt, question, score, text in columns.iterator(CHUNK):
        groups[question, score, text].append(attempt)
    return groups


def _by_revision(
    question: int, attempts_of: list[int], papers: Mapping[int, Paper]
) -> Iterable[tuple[int | None, list[int]]]:
    """The attempts by the revision in which they were asked a question."""
    revisions = {papers[attempt][question].revision for attempt in attempts_of}
    if len(revisions) == 1:
        return [(revisions.pop(), attempts_of)]
    return [
        (revision, [attempt for attempt in attempts_of if papers[attempt][question].revision == revision])
        for revision in revisions
    ]


def _papers(chosen: QuerySet[Attempt], *, longest: int) -> dict[int, Paper]:
    """What each attempt asks; attempts with the same paper share one object."""
    known: dict[str, Paper] = {}
    papers: dict[int, Paper] = {}
    rows = chosen.order_by("pk").values_list("pk", PaperFacts("questions", longest=longest))
    for pk, facts in rows.iterator(CHUNK):
        papers[pk] = known[facts] if facts in known else known.setdefault(facts, _paper(facts))
    return papers


def people(page: int, scope: Scope) -> Iterator[Person]:
    """Who made each attempt in the scope, by name. One query, read as it is needed."""
    user = "enrolment__user__"
    rows = (
        attempts(page, scope)
        .order_by(f"{user}last_name", f"{user}first_name", f"{user}pk", "number")
        .values_list(
            "pk",
            Concat(f"{user}first_name", Value(" "), f"{user}last_name"),
            Coalesce(f"{user}institution__name", f"{user}institution_name"),
            "number",
            "started_at",
            "submitted_at",
            "score",
            "passed",
        )
    )
    return (Person(*row) for row in rows.iterator(CHUNK))


def frozen(found: Sample, versions: Iterable[Version]) -> dict[Version, Frozen]:
    """The questions of these versions, as one attempt of the sample each froze them. One query."""
    wanted, sources = set(versions), set()
    examples = {id(paper): (attempt, paper) for attempt, paper in found.papers.items()}
    for attempt, paper in reversed(examples.values()):
        held = {(question, asked.revision) for question, asked in paper.items()} & wanted
        if held:
            sources.add(attempt)
            wanted -= held
        if not wanted:
            break
    rows = Attempt.objects.filter(pk__in=sources).order_by("pk").values_list("questions", flat=True)
    return {
        (asked["question"], asked["revision"]): Frozen(asked["title"], asked["kind"], readable(asked))
        for questions in rows
        for asked in questions
    }


def readable(asked: Mapping[str, Any]) -> Question | None:
    """A frozen question, or None where its kind or its data are no longer known."""
    try:
        return load(asked["kind"], asked["data"])
    except InvalidQuestion:
        return None


def _paper(facts: str) -> Paper:
    """The paper that `PaperFacts` describes."""
    flat = [fact for part in json.loads(facts) for fact in part]
    rows = zip(*[iter(flat)] * len(FACTS), strict=True)
    return {question: _asked(revision, points) for question, revision, points in rows if question is not None}


@lru_cache(maxsize=10_000)
def _asked(revision: int | None, points: int) -> Asked:
    """The same object for the same facts: papers of thousands of draws are made of few."""
    return Asked(revision, float(points))


def midnight(day: date) -> datetime:
    """The beginning of a day in local time."""
    return timezone.make_aware(datetime.combine(day, time.min))
