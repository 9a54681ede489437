"""What people learned between the test before a training and the one after it: pairs of results without names."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from courses.models import QuizPage, TrainingPage
from elearning.records.models import Attempt, Registration
from elearning.records.survey import FEWEST

# Changes in percentage points: from, to, in words.
STEPS = (
    (None, 0, "mniej"),
    (0, 1, "tyle samo"),
    (1, 11, "do 10 punktów więcej"),
    (11, None, "ponad 10 punktów więcej"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of results of the people who took both tests; shares in whole per cent, changes in percentage points.

    `pairs` is their number; below `FEWEST` nothing else is told, so that nobody stands out.
    """

    pairs: int
    before: int = 0
    after: int = 0
    changes: tuple[tuple[str, int], ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.pairs >= FEWEST

    @property
    def points(self) -> int:
        return self.after - self.before


def comparison_of(page: TrainingPage) -> Comparison | None:
    """The comparison for those who have a place by an account; None where a test is missing. Four queries.

    Of each person the first result before and the last one after; a result that waits for marks is none.
    """
    if page.pre_test is None or page.post_test is None:
        return None
    people = set(
        Registration.objects.admitted().filter(training=page.pk, user__isnull=False).values_list("user", flat=True)
    )
    before = _scores(page.pre_test, people, last=False)
    after = _scores(page.post_test, people, last=True)
    return compare([(before[person], after[person]) for person in sorted(before.keys() & after.keys())])


def compare(pairs: list[tuple[Decimal, Decimal]]) -> Comparison:
    """Shares of 0..1 before and after, added up without telling whose they are."""
    if len(pairs) < FEWEST:
        return Comparison(len(pairs))
    changes = [_percent(after) - _percent(before) for before, after in pairs]
    return Comparison(
        pairs=len(pairs),
        before=_percent(_mean(before for before, _ in pairs)),
        after=_percent(_mean(after for _, after in pairs)),
        changes=tuple((words, sum(_within(change, low, high) for change in changes)) for low, high, words in STEPS),
    )


def _scores(quiz: QuizPage, people: set[int], *, last: bool) -> dict[int, Decimal]:
    """Of each person the first or the last graded result."""
    taken = Attempt.objects.filter(item=quiz.translation_key, enrolment__user__in=people, score__isnull=False)
    found: dict[int, Decimal] = {}
    for person, score in taken.order_by("submitted_at").values_list("enrolment__user", "score"):
        if score is not None and (last or person not in found):
            found[person] = score
    return found


def _mean(shares: Iterable[Decimal]) -> Decimal:
    listed = list(shares)
    return sum(listed, Decimal(0)) / len(listed)


def _percent(share: Decimal) -> int:
    return int(share * 100)


def _within(change: int, low: int | None, high: int | None) -> bool:
    return (low is None or change >= low) and (high is None or change < high)
