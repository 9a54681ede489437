"""The kinds of questions: pure rules of what is asked, what may be seen, what was answered and what it is worth.

One module a kind. A tenth kind is a new module, named here, with its block, its template and its tests.
"""

from collections.abc import Mapping
from typing import Any

from .base import Answer, InvalidAnswer, InvalidQuestion, Part, Posted, Question, Score, Verdict
from .gaps import Gaps
from .matching import Matching
from .multiple_choice import MultipleChoice
from .number import Number
from .open_text import OpenText
from .ordering import Ordering
from .short_text import ShortText
from .single_choice import SingleChoice
from .true_false import TrueFalse

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
    "load",
]

KINDS: Mapping[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        SingleChoice,
        MultipleChoice,
        TrueFalse,
        ShortText,
        Number,
        Gaps,
        Matching,
        Ordering,
        OpenText,
    )
}


def load(kind: str, data: Mapping[str, Any]) -> Question:
    """The question that plain data describes. Raises `InvalidQuestion` with a Polish word for each wrong field."""
    try:
        found = KINDS[kind]
    except KeyError:
        raise InvalidQuestion({"": f"Nieznany rodzaj pytania: {kind}."}) from None
    return found.load(data)
