"""The questions of a quiz as its table shows them: figures, wording and hints of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from courses.questions.base import words

from . import hints, queries
from .distributions import Distribution, distribute
from .figures import Figure
from .hints import Hint
from .item_analysis import Item
from .queries import Frozen
from .samples import Sample, Version

# Questions of one page of the table: so many frozen questions are read and put into words at once.
PAGE = 50
UNREADABLE = "Pytanie, którego nie można już odczytać"


@dataclass(frozen=True, slots=True)
class Row:
    """One question: its number in the bank, its place in the table, and what its newest version says."""

    question: int
    title: str
    prompt: str
    item: Item
    hints: tuple[Hint, ...]
    versions: int


def ordered(sample: Sample, order: str) -> list[int]:
    """The questions as in the quiz („test”), the hardest first („trudne”), or the weakest discrimination („slabe”).

    Where the figure is unknown, a question comes last.
    """
    if order == "trudne":
        return sorted(sample.questions, key=lambda question: _rank(sample.items[question].facility))
    if order == "slabe":
        return sorted(sample.questions, key=lambda question: _rank(sample.items[question].item_rest))
    return list(sample.questions)


def _rank(figure: Figure) -> float:
    return inf if figure.value is None else figure.value


def of_page(sample: Sample, questions: Sequence[int]) -> list[Row]:
    """The rows of these questions. One query."""
    newest = {question: (question, sample.versions[question][0]) for question in questions}
    frozen = queries.frozen(sample, newest.values())
    return [_row(sample, version, frozen[version]) for version in newest.values()]


def _row(sample: Sample, version: Version, frozen: Frozen) -> Row:
    question, _revision = version
    item, versions = sample.items[question], len(sample.versions[question])
    return Row(
        question=question,
        title=frozen.title or UNREADABLE,
        prompt=words(frozen.question.prompt) if frozen.question else UNREADABLE,
        item=item,
        hints=hints.of_question(item, distribution(sample, version, frozen), versions=versions),
        versions=versions,
    )


def distribution(sample: Sample, version: Version, frozen: Frozen) -> Distribution | None:
    """The answers to one version of a question; None where it cannot be read any more."""
    return distribute(frozen.question, sample.given.get(version, {})) if frozen.question else None
