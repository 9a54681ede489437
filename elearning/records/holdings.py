"""What stands behind content: how many people learned from it. Content with records is not deleted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Lower
from wagtail.models import Page

from .models import Attempt, Enrolment, Registration, Result


@dataclass(frozen=True, slots=True)
class Holdings:
    """Numbers of records that point at some pages, and of the people they belong to."""

    people: int = 0
    enrolments: int = 0
    results: int = 0
    attempts: int = 0
    registrations: int = 0

    def __bool__(self) -> bool:
        return bool(self.people)


def holdings_of(pages: Iterable[Page]) -> Holdings:
    """What is recorded about these pages and all pages below them. Five queries, and one for each page."""
    ids: set[int] = set()
    for page in pages:
        ids.update(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
    enrolments = Enrolment.objects.filter(course__in=ids)
    results = Result.objects.filter(page__in=ids)
    attempts = Attempt.objects.filter(page__in=ids)
    registrations = Registration.objects.filter(training__in=ids)
    people: set[object] = {
        *enrolments.values_list("user_id", flat=True),
        *results.values_list("enrolment__user_id", flat=True),
        *attempts.values_list("enrolment__user_id", flat=True),
        *(user or email for user, email in registrations.values_list("user_id", Lower("email"))),
    }
    return Holdings(len(people), enrolments.count(), results.count(), attempts.count(), registrations.count())
