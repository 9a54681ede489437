"""When an activity is completed: three policies, of which an author chooses one for each activity."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CompletionPolicy(StrEnum):
    """What a learner has to reach.

    PASSED: a result of the whole with a score of at least the pass mark. FINISHED: any result of the whole.
    VIEWED: a minimum time, and then an explicit act; for types that report nothing, or report it on load.
    """

    PASSED = "passed"
    FINISHED = "finished"
    VIEWED = "viewed"


@dataclass(frozen=True, slots=True)
class Achieved:
    """What was reached: whether the whole has a result, its score as a share of 0..1 where it has one."""

    is_finished: bool = False
    scaled: Decimal | None = None
    is_viewed: bool = False


# What the types of real packages report of the whole when they are played.
_WITH_SCORE = frozenset(
    {
        "H5P.AccessibleQuestionSet",
        "H5P.ArithmeticQuiz",
        "H5P.Blanks",
        "H5P.BranchingScenario",
        "H5P.Column",
        "H5P.CoursePresentation",
        "H5P.Crossword",
        "H5P.Dictation",
        "H5P.DragQuestion",
        "H5P.DragText",
        "H5P.Essay",
        "H5P.FindTheWords",
        "H5P.Flashcards",
        "H5P.ImageHotspotQuestion",
        "H5P.ImageMultipleHotspotQuestion",
        "H5P.ImageSequencing",
        "H5P.InteractiveBook",
        "H5P.InteractiveVideo",
        "H5P.MarkTheWords",
        "H5P.MultiChoice",
        "H5P.QuestionSet",
        "H5P.SingleChoiceSet",
        "H5P.Summary",
        "H5P.TrueFalse",
    }
)
_WITHOUT_SCORE = frozenset({"H5P.DocumentationTool", "H5P.Questionnaire"})


def default_policy(machine_name: str) -> CompletionPolicy:
    """What fits a content type; one that nobody knows is completed by viewing it, which always can be reached."""
    if machine_name in _WITH_SCORE:
        return CompletionPolicy.PASSED
    return CompletionPolicy.FINISHED if machine_name in _WITHOUT_SCORE else CompletionPolicy.VIEWED


def is_met(policy: CompletionPolicy, achieved: Achieved, *, pass_mark: Decimal = Decimal(0)) -> bool:
    """Whether an activity is completed. `pass_mark` is a share of 0..1; a result without a score passes no mark."""
    match policy:
        case CompletionPolicy.PASSED:
            return achieved.is_finished and achieved.scaled is not None and achieved.scaled >= pass_mark
        case CompletionPolicy.FINISHED:
            return achieved.is_finished
        case CompletionPolicy.VIEWED:
            return achieved.is_viewed
