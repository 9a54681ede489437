"""What a person has learned between the test before a course and the one after it."""

from dataclasses import dataclass
from decimal import Decimal

from courses.models import QuizPage
from elearning.records.models import Attempt


@dataclass(frozen=True, slots=True)
class Gain:
    """The person's own scores, in whole per cent, and the difference in percentage points, which may be negative."""

    title: str
    before: int
    after: int

    @property
    def points(self) -> int:
        return self.after - self.before


def gain_of(attempt: Attempt, quiz_id: int) -> Gain | None:
    """The gain that this attempt at a post-test shows against the person's first attempt at its pre-test.

    The first, because it was made before learning. None where the quiz has no pre-test, where the person did not take
    it, or where either shows no score. At most two queries.
    """
    if attempt.score is None or attempt.rules["review"] == "none":
        return None
    pre_test = QuizPage.objects.filter(post_tests=quiz_id).only("title", "translation_key").first()
    if pre_test is None:
        return None
    taken = Attempt.objects.filter(enrolment__user=attempt.enrolment.user_id, item=pre_test.translation_key)
    first = taken.filter(score__isnull=False, submitted_at__lte=attempt.started_at).order_by("submitted_at").first()
    if first is None or first.score is None or first.rules["review"] == "none":
        return None
    return Gain(pre_test.title, _percent(first.score), _percent(attempt.score))


def _percent(share: Decimal) -> int:
    return int(share * 100)
