"""The only writers of what learners did: enrol, leave, record, certify.

Each verb is one transaction with the enrolment's row locked, and idempotent: two tabs, double clicks and retries give
the same result as one calm request. What is completed stays completed.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet
from django.utils import timezone

from elearning.accounts.models import User
from elearning.cms.prepared import Prepared
from elearning.notifications import outbox

from . import attendance, certificates, completion, participation
from .models import Certificate, Enrolment, Registration, Result
from .outline import Outcome, Outline, Progress, Status
from .training import Training

# What is read of an enrolment and of a result to say where a person stands.
STATE = ("id", "user_id", "course_id", "left_at", "completed_at")
OUTCOME = ("item", "status", "score", "completed_at", "updated_at")


def _standings(user_id: int, course_id: int) -> QuerySet[Enrolment, tuple[Any, ...]]:
    """A person's enrolment in a course with its results, a row each."""
    mine = Enrolment.objects.filter(user=user_id, course=course_id).order_by()
    return mine.values_list(*STATE, *(f"results__{name}" for name in OUTCOME))


# Every page of a course starts from it.
STANDINGS = Prepared(_standings, 2)


def enrol(*, user: User, outline: Outline, at: datetime | None = None) -> Enrolment:
    """Enrol a person in a course, now or at that time; the one who had left comes back to what was done."""
    enrolment, _created = Enrolment.objects.get_or_create(
        user=user,
        course_id=outline.course_id,
        defaults={"course_title": outline.title, "enrolled_at": at or timezone.now()},
    )
    if enrolment.left_at:
        enrolment.left_at = None
        enrolment.save(update_fields=["left_at"])
    return enrolment


def leave(enrolment: Enrolment) -> bool:
    """Unenrol: the course disappears from the panel, every record stays. False where it was completed or left."""
    active = Enrolment.objects.active().filter(pk=enrolment.pk, completed_at__isnull=True)
    return bool(active.update(left_at=timezone.now()))


def progress(enrolment: Enrolment, outline: Outline, *, completed_courses: Collection[int] | None = None) -> Progress:
    """Where this person stands, for the learner's pages and the editor's alike.

    One query, and one more where the course has prerequisites; none for a caller with prefetched results that knows
    the ids of the courses the person has completed.
    """
    return _evaluate(enrolment, outline, enrolment.results.all(), completed_courses=completed_courses)


def standing(*, user_id: int, outline: Outline) -> tuple[Enrolment | None, Progress | None]:
    """A person's enrolment in a course and where the person stands; no progress for one who has left.

    One query, and one more where the course has prerequisites. The enrolment's other fields are read when asked for.
    """
    rows = STANDINGS.rows(user_id, outline.course_id)
    if not rows:
        return None, None
    enrolment = Enrolment.from_db(DEFAULT_DB_ALIAS, STATE, rows[0][: len(STATE)])
    if enrolment.left_at:
        return enrolment, None
    found = [Result.from_db(DEFAULT_DB_ALIAS, OUTCOME, row[len(STATE) :]) for row in rows if row[-1] is not None]
    return enrolment, _evaluate(enrolment, outline, found)


def record(*, enrolment: Enrolment, outline: Outline, outcome: Outcome) -> Progress:
    """Write down what was achieved in one item and, the first time all is done, complete the course.

    Raises `UnknownItem` where the course has no such item. A worse outcome never undoes a better one.
    """
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        reached = advance(locked, outline=outline, outcome=outcome)
    enrolment.completed_at, enrolment.snapshot = locked.completed_at, locked.snapshot
    return reached


def advance(locked: Enrolment, *, outline: Outline, outcome: Outcome) -> Progress:
    """As `record`, for a verb that holds the lock of the enrolment's row already, inside its transaction."""
    item = outline.item(outcome.item_id)
    results = {result.item: result for result in locked.results.all()}
    result = results.get(item.id) or Result(
        enrolment=locked, item=item.id, page_id=item.page_id, status=Status.NOT_STARTED
    )
    if _improve(result, outcome):
        result.kind, result.title, result.revision = item.kind, item.title, item.revision_id
        result.save()
        results[item.id] = result
    reached = _evaluate(locked, outline, results.values())
    if reached.is_complete and locked.completed_at is None:
        _complete(locked, outline, reached, at=outcome.at)
    return reached


def catch_up(*, enrolment: Enrolment, outline: Outline) -> Progress:
    """Complete an enrolment whose results meet the rule although nothing new was done, after content changed."""
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        reached = _evaluate(locked, outline, locked.results.all())
        if reached.is_complete and locked.completed_at is None:
            _complete(locked, outline, reached, at=timezone.now())
    return reached


def _improve(result: Result, outcome: Outcome) -> bool:
    """Take over what is better; whether anything was."""
    order = list(Status)
    further = order.index(outcome.status) > order.index(Status(result.status))
    better = outcome.score is not None and (result.score is None or outcome.score > result.score)
    if further:
        result.status = outcome.status
        if outcome.status is Status.COMPLETED:
            result.completed_at = outcome.at
    if better:
        result.score = outcome.score
    if further or better:
        result.updated_at = outcome.at
    return further or better


def _evaluate(
    enrolment: Enrolment,
    outline: Outline,
    results: Iterable[Result],
    *,
    completed_courses: Collection[int] | None = None,
) -> Progress:
    if completed_courses is None:
        completed_courses = _completed_courses(enrolment, outline)
    return completion.evaluate(
        outline,
        [result.outcome for result in results],
        completed_courses=completed_courses,
        already_completed=enrolment.completed_at is not None,
    )


def _completed_courses(enrolment: Enrolment, outline: Outline) -> frozenset[int]:
    wanted = [course.course_id for course in outline.prerequisites]
    if not wanted:
        return frozenset()
    done = Enrolment.objects.completed().filter(user=enrolment.user_id, course__in=wanted)
    return frozenset(done.values_list("course_id", flat=True))


def _complete(enrolment: Enrolment, outline: Outline, reached: Progress, *, at: datetime) -> None:
    """The one moment a course becomes completed: date and snapshot, certificate, message."""
    terms = outline.certificate
    enrolment.completed_at = at
    enrolment.snapshot = {
        "title": outline.title,
        "hours": terms.hours if terms else 0,
        "programme": list(terms.programme) if terms else [],
        "score": str(reached.score.quantize(completion.SHARE)) if reached.score is not None else None,
        "revision": outline.revision_id,
        "items": [{"id": str(state.item.id), "title": state.item.title} for state in reached.states],
    }
    enrolment.save(update_fields=["completed_at", "snapshot"])
    certificate = certificates.issue(enrolment=enrolment, outline=outline, score=reached.score)
    outbox.queue(
        key=f"course-completed:{enrolment.pk}",
        user=enrolment.user,
        template="records/messages/course_completed",
        context={"course": outline.title, "certificate": certificate},
    )


class NotEarned(ValueError):
    """A certificate of participation is refused; the text says in Polish why, with the figures."""


def certify(registration: Registration, training: Training) -> Certificate:
    """Issue the certificate of somebody who took part in a training, and tell the person once.

    The one there is already where there is one. Raises `NotEarned`. Six queries or so, and those of the letter.
    """
    now = timezone.now()
    with transaction.atomic():
        locked = Registration.objects.select_for_update(of=("self",)).select_related("user").get(pk=registration.pk)
        verdict = attendance.verdict_of(training, locked)
        refused = participation.refusal(training, locked.standing, verdict, now)
        if training.needed is None:
            refused = refused or participation.NO_CERTIFICATES
        if refused:
            raise NotEarned(refused)
        certificate = certificates.issue_participation(locked, training, verdict)
        outbox.queue(
            key=f"training-certificate:{certificate.pk}",
            user=locked.user,
            recipient=locked.email,
            template="records/messages/training_certificate",
            context={
                "training": training,
                "registration": locked,
                "certificate": certificate,
                "own_url": settings.BASE_URL + training.registration_url(locked.token),
            },
        )
    return certificate
