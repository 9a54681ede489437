"""What a registration form is made of, and what people type into it."""

from typing import Any
from uuid import uuid4

from courses.models import ConsentClause, TrainingPage
from courses.trainings.registration_form import clause_name
from courses.trainings.terms import training_of
from tests import make

OTHER_INSTITUTION = {"institution": "inna", "institution_name": "Fundacja Razem"}
OLA = {"first_name": "Ola", "last_name": "Kowalska", "email": "ola@example.org", **OTHER_INSTITUTION}


def question(text: str, kind: str = "text", *, choices: str = "", required: bool = False, hint: str = "") -> Any:
    """A question of the organiser as a stream keeps it."""
    value = {"text": text, "kind": kind, "choices": choices, "required": required, "hint": hint}
    return {"type": "question", "value": value, "id": str(uuid4())}


def criterion(text: str, points: int = 1) -> Any:
    """A criterion as a stream keeps it."""
    return {"type": "criterion", "value": {"text": text, "points": points}, "id": str(uuid4())}


def clause(name: str = "Klauzula informacyjna", text: str = "Administratorem danych jest ROPS.", **fields: Any) -> Any:
    return ConsentClause.objects.create(name=name, text=text, **fields)


def with_clauses(page: TrainingPage, *clauses: ConsentClause) -> TrainingPage:
    """The page with these clauses, published."""
    page.clauses.set(clauses)
    published: TrainingPage = make.publish(page)
    return published


def field_of(asked: Any) -> str:
    """The name of the field of a question or criterion of a stream."""
    kind = {"question": "pytanie", "criterion": "kryterium"}[asked["type"]]
    return f"{kind}-{asked['id'].replace('-', '')}"


def ticks(page: TrainingPage) -> dict[str, str]:
    """Every clause of a training accepted in its present version."""
    return {clause_name(found): "on" for found in training_of(page).clauses}
