"""The question bank and the figures of the demo site."""

from typing import Any

from courses.models import Question, QuestionCategory
from elearning.cms.models import Datum

from .files import Table, read


def figures() -> dict[str, Datum]:
    """The figures of `data.toml`, by key."""
    return {key: _figure(row) for key, row in read("data.toml")["data"].items()}


def questions() -> dict[str, Question]:
    """The questions of the courses' outline and those of the practice quiz, by key."""
    rows = [*read("questions.toml")["question"], *read("practice.toml")["question"]]
    return {row["key"]: _question(row) for row in rows}


def _figure(row: Table) -> Datum:
    fields = {"value": row["value"], "source": row["source"], "date": row["date"], "note": row["note"]}
    return Datum.objects.get_or_create(label=row["label"], defaults=fields)[0]


def _question(row: Table) -> Question:
    category, _created = QuestionCategory.objects.get_or_create(name=row["category"])
    existing = Question.objects.filter(category=category, title=row["title"]).first()
    if existing is not None:
        return existing
    question = Question(category=category, title=row["title"], content=[(row["kind"], _value(row))])
    question.save()
    question.save_revision()
    return question


def _value(row: Table) -> dict[str, Any]:
    """What the kind's block holds: everything but the bank's own fields."""
    return {name: value for name, value in row.items() if name not in {"key", "category", "title", "kind", "source"}}
