"""The blocks in which editors write questions: one file a kind, named as the kind in `courses.questions`."""

from wagtail import blocks

from .gaps import GapsBlock
from .matching import MatchingBlock
from .multiple_choice import MultipleChoiceBlock
from .number import NumberBlock
from .ordering import OrderingBlock
from .single_choice import SingleChoiceBlock
from .true_false import TrueFalseBlock


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """The kinds of questions, in the order of the editor's menu."""
    return [
        ("single_choice", SingleChoiceBlock()),
        ("multiple_choice", MultipleChoiceBlock()),
        ("true_false", TrueFalseBlock()),
        ("number", NumberBlock()),
        ("gaps", GapsBlock()),
        ("matching", MatchingBlock()),
        ("ordering", OrderingBlock()),
    ]
