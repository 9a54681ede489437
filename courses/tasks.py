"""What the worker does for courses."""

from django_tasks import task

from . import importing


@task()
def read_questions(import_id: int) -> None:
    """Read an uploaded file of questions."""
    importing.read(import_id)


@task()
def save_questions(import_id: int) -> None:
    """Put the questions of a file into the bank."""
    importing.save(import_id)
