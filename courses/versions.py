"""Versions of a question: which are newer than those that attempts asked, and which can read each other's answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from courses import papers
from courses.models import Question
from courses.questions import KINDS, InvalidQuestion
from elearning.records.attempt_rules import Asked
from elearning.records.models import Answer, Regrade

# What tells the parts of a question apart where it is answered; answers are made of these.
NAMES = frozenset({"id", "gap"})


@dataclass(frozen=True, slots=True)
class Newer:
    """A question of the bank that has changed since attempts asked it: when, and when results were last regraded."""

    question: Question
    changed_at: datetime
    regraded_at: datetime | None

    @property
    def is_done(self) -> bool:
        """Whether results were worked out anew since it has changed."""
        return self.regraded_at is not None and self.regraded_at > self.changed_at


def newer_questions(page_id: int) -> list[Newer]:
    """The questions that submitted attempts at a quiz asked before they changed, by title. Three queries.

    Questions that a person grades are left out: their marks are corrected one by one.
    """
    asked = Answer.objects.filter(attempt__page=page_id, attempt__submitted_at__isnull=False).order_by()
    first = dict(asked.values("source").annotate(first=Min("attempt__started_at")).values_list("source", "first"))
    regrades = Regrade.objects.filter(page=page_id).order_by().values("question").annotate(last=Max("made_at"))
    regraded = dict(regrades.values_list("question", "last"))
    by_person = [kind for kind, question in KINDS.items() if question.graded_by_person]
    found = Question.objects.filter(pk__in=first).exclude(kind__in=by_person).select_related("latest_revision")
    return [
        Newer(question, question.latest_revision.created_at, regraded.get(question.pk))
        for question in found.order_by("title", "pk")
        if question.latest_revision and question.latest_revision.created_at > first[question.pk]
    ]


def reads(old: Asked, new: Asked) -> bool:
    """Whether an answer to the old version can be read as one to the new: the kind and all parts are the same."""
    try:
        before, after = papers.question_of(old), papers.question_of(new)
    except InvalidQuestion:
        return False
    if before.kind != after.kind or after.graded_by_person:
        return False
    return _parts(before.public(seed="", shuffle=False)) == _parts(after.public(seed="", shuffle=False))


def _parts(shown: Any) -> set[str]:
    return set(_ids(shown))


def _ids(shown: Any) -> Iterator[str]:
    """The ids of everything that can be chosen, filled or moved, wherever they stand."""
    if isinstance(shown, Mapping):
        for name, value in shown.items():
            if name in NAMES:
                yield str(value)
            else:
                yield from _ids(value)
    elif isinstance(shown, list | tuple):
        for value in shown:
            yield from _ids(value)
