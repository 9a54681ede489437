"""The kinds of questions: pure rules of what is asked, what may be seen, what was answered and what it is worth.

One module a kind. The modules of this package are walked, so that a new kind is named nowhere else:
docs/kinds-of-questions.md shows what it takes.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from .base import Answer, InvalidAnswer, InvalidQuestion, Part, Posted, Question, Score, Verdict

__all__ = [
    "KINDS",
    "Answer",
    "InvalidAnswer",
    "InvalidQuestion",
    "Part",
    "Posted",
    "Question",
    "Score",
    "Verdict",
    "kinds_of",
    "load",
]


def kinds_of(module: ModuleType) -> Iterator[type[Question]]:
    """The kinds that a module itself defines."""
    classes = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Question)]
    yield from (kind for kind in classes if kind.__module__ == module.__name__ and not isabstract(kind))


def _kinds() -> Iterator[type[Question]]:
    for found in iter_modules(__path__):
        yield from kinds_of(import_module(f"{__name__}.{found.name}"))


# By the name that is stored, in the order of the editor's menu.
KINDS: Mapping[str, type[Question]] = {kind.kind: kind for kind in sorted(_kinds(), key=lambda kind: kind.order)}


def load(kind: str, data: Mapping[str, Any]) -> Question:
    """The question that plain data describes. Raises `InvalidQuestion` with a Polish word for each wrong field."""
    try:
        found = KINDS[kind]
    except KeyError:
        raise InvalidQuestion({"": f"Nieznany rodzaj pytania: {kind}."}) from None
    return found.load(data)
