"""What happens to attempts whose time is up: they are graded from what was saved."""

from datetime import datetime

from courses import papers
from courses.models import CoursePage
from courses.outline import outline_of
from elearning.records import attempts
from elearning.records.attempt_rules import is_over
from elearning.records.models import Attempt
from elearning.records.outline import Outline, UnknownItem


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
    ended = 0
    over = Attempt.objects.filter(submitted_at=None, deadline_at__lt=now).select_related("enrolment")
    for attempt in over.iterator(chunk_size=100):
        course = CoursePage.objects.filter(pk=attempt.enrolment.course_id).first()
        if course is None:
            continue
        try:
            end_if_over(attempt, outline_of(course), now=now)
        except UnknownItem:  # the quiz is not published now: its attempts wait until it is, or until someone comes
            continue
        ended += 1
    return ended
