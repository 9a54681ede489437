"""What happens to attempts whose time is up: they are graded from what was saved."""

import logging
from datetime import datetime

from courses import papers
from courses.models import CoursePage
from courses.outline import outline_of
from elearning.records import attempts
from elearning.records.attempt_rules import is_over
from elearning.records.models import Attempt
from elearning.records.outline import Outline, UnknownItem

logger = logging.getLogger(__name__)


def end_if_over(attempt: Attempt, outline: Outline, *, now: datetime) -> Attempt:
    """The attempt, ended if its time is up. No query while it is not."""
    if attempt.submitted_at is not None or not is_over(attempt.deadline_at, now):
        return attempt
    return attempts.submit(
        Attempt.objects.filter(pk=attempt.pk),
        came=attempts.HandedIn(),
        grade=papers.grade,
        merge=papers.merge,
        outline=outline,
        now=now,
    )


def end_all(*, now: datetime) -> int:
    """End every attempt whose time is up, also those nobody comes back to; how many. Safe to repeat and in parallel."""
    over = Attempt.objects.filter(submitted_at=None, deadline_at__lt=now).order_by("deadline_at")
    return sum([_ended(pk, now) for pk in list(over.values_list("pk", flat=True))])


def _ended(pk: int, now: datetime) -> bool:
    """Whether this call has ended it. An attempt that cannot be graded is logged, and keeps no other waiting."""
    attempt = Attempt.objects.select_related("enrolment").filter(pk=pk, submitted_at=None).first()
    course = CoursePage.objects.filter(pk=attempt.enrolment.course_id).first() if attempt else None
    if attempt is None or course is None:
        return False
    try:
        end_if_over(attempt, outline_of(course), now=now)
    except UnknownItem:  # the quiz is not published now: its attempts wait until it is, or until someone comes
        return False
    except Exception:
        logger.exception("Attempt %s cannot be ended", pk)
        return False
    return True
