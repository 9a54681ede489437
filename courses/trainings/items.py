"""A training as an item of a course: whoever took part has done it, by the same `record()` as everything else."""

from collections.abc import Collection
from datetime import datetime

from courses.models import CoursePage, TrainingPage
from courses.outline import outlines_of
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance, participation, recording
from elearning.records.models import Enrolment, Registration
from elearning.records.outline import Item, Outcome, Outline, Status
from elearning.records.training import Training


def credit(page: TrainingPage, now: datetime) -> int:
    """Record the training for everybody who took part and takes a course that it is an item of; how many were new.

    Queries by the number of people to be credited; three besides where no course has it.
    """
    found = [
        (outline, item)
        for outline in outlines_of(CoursePage.objects.live()).values()
        for item in outline.items
        if item.training_id == page.pk
    ]
    if not found:
        return 0
    training = training_of(page)
    people = _took_part(training, now)
    return sum(_credit_course(outline, item, people, now) for outline, item in found)


def credit_person(user: User, enrolment: Enrolment, outline: Outline, now: datetime) -> int:
    """The trainings of a course that this person took part in before enrolling; how many were new."""
    wanted = {item.training_id: item for item in outline.items if item.training_id}
    if not wanted:
        return 0
    own = Registration.objects.admitted().of_person(user).filter(training__in=wanted)
    recorded = 0
    for registration in own:
        page = TrainingPage.objects.get(pk=registration.training_id)
        training = training_of(page)
        verdict = attendance.verdict_of(training, registration)
        if not participation.refusal(training, registration.standing, verdict, now):
            recorded += _record(enrolment, outline, wanted[page.pk], now)
    return recorded


def _took_part(training: Training, now: datetime) -> set[str]:
    """The addresses of those who took part, in small letters."""
    verdicts = attendance.verdicts(training)
    people = Registration.objects.admitted().filter(training=training.page_id).select_related("user")
    return {
        (person.user.email if person.user else person.email).lower()
        for person in people
        if not participation.refusal(training, person.standing, verdicts[person.pk], now)
    }


def _credit_course(outline: Outline, item: Item, people: Collection[str], now: datetime) -> int:
    enrolled = Enrolment.objects.active().filter(course=outline.course_id).select_related("user")
    done = set(enrolled.filter(results__item=item.id, results__status=Status.COMPLETED).values_list("pk", flat=True))
    return sum(
        _record(enrolment, outline, item, now)
        for enrolment in enrolled
        if enrolment.pk not in done and enrolment.user.email.lower() in people
    )


def _record(enrolment: Enrolment, outline: Outline, item: Item, now: datetime) -> int:
    outcome = Outcome(item_id=item.id, status=Status.COMPLETED, at=now)
    recording.record(enrolment=enrolment, outline=outline, outcome=outcome)
    return 1
