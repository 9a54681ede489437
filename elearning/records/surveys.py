"""The only writer and reader of answers to surveys. One transaction adds them up and notes that somebody answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from .models import Registration, SurveyReceipt, SurveyTally, TrainingBook
from .survey import SurveyKind, SurveyQuestion, Tally, average, may_show

Answers = Mapping[UUID, tuple[str, ...]]


class AnsweredAlready(ValueError):
    """This person has answered before; what they said is in the sums and cannot be found again."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What readers may see of one question. `average` is of a scale, from 1 to 5."""

    question: UUID
    text: str
    kind: SurveyKind
    counts: Mapping[str, int]
    texts: tuple[str, ...]
    average: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a survey: `answered` people have answered, `shown` of them are in `questions`."""

    answered: int
    shown: int
    questions: tuple[QuestionResult, ...]

    @property
    def hidden(self) -> int:
        return self.answered - self.shown


def has_answered(registration: Registration) -> bool:
    """One query."""
    return SurveyReceipt.objects.filter(registration=registration).exists()


def answer(registration: Registration, questions: Sequence[SurveyQuestion], answers: Answers) -> None:
    """Add one person's answers. Raises `AnsweredAlready`, and `ValueError` for what could not be chosen.

    The row of the training's book is locked, so that two answers at once are both counted.
    """
    with transaction.atomic():
        TrainingBook.objects.select_for_update().filter(page=registration.training_id).first()
        _receipt, is_new = SurveyReceipt.objects.get_or_create(registration=registration)
        if not is_new:
            raise AnsweredAlready
        rows = {row.question: row for row in SurveyTally.objects.filter(training=registration.training_id)}
        answered = _answered(registration.training_id)
        for position, question in enumerate(questions):
            row = rows.get(question.id) or SurveyTally(training_id=registration.training_id, question=question.id)
            _add(row, question, answers.get(question.id, ()), position=position, answered=answered)
            row.save()


def results(training_id: int) -> Results:
    """What readers may see. Two queries."""
    rows = SurveyTally.objects.filter(training=training_id)
    shown = [row for row in rows if row.shown]
    return Results(
        answered=_answered(training_id),
        shown=max((row.shown["answered"] for row in shown), default=0),
        questions=tuple(_result(row) for row in shown),
    )


def _answered(training_id: int) -> int:
    return SurveyReceipt.objects.filter(registration__training=training_id).count()


def _add(row: SurveyTally, question: SurveyQuestion, chosen: tuple[str, ...], *, position: int, answered: int) -> None:
    tally = Tally(row.counts, tuple(row.texts)).plus(question, chosen)
    row.text, row.kind, row.position = question.text, question.kind, position
    row.counts = {**dict.fromkeys(question.values, 0), **tally.counts}
    row.texts = list(tally.texts)
    if may_show(answered, row.shown.get("answered", 0)):
        row.shown = {"answered": answered, "counts": row.counts, "texts": row.texts}


def _result(row: SurveyTally) -> QuestionResult:
    kind = SurveyKind(row.kind)
    counts = row.shown["counts"]
    return QuestionResult(
        question=row.question,
        text=row.text,
        kind=kind,
        counts=counts,
        texts=tuple(row.shown["texts"]),
        average=average(counts) if kind is SurveyKind.SCALE else None,
    )
