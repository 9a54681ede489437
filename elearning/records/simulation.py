"""Generated records in bulk: what `recording` and `attempts` would have written, without asking the rule each time.

Only for generated people. The completion of one of them is worked out by the rule and undone again; the others who
did everything take it over, each with a certificate of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from elearning.accounts.models import User

from . import recording
from .models import Answer, Attempt, Certificate, Enrolment, Result
from .outline import Item, ItemKind, Outline, Status

# Rows of one insert; SQLite takes at most 250,000 values in one statement, and memory stays small.
BATCH = 2000
PEOPLE_AT_ONCE = 500
# Shares of the enrolled: not begun, all done; most of the rest stop early.
NOT_BEGUN, DONE = 0.4, 0.1
PASSED = Decimal("0.7")
CODE_SIGNS = "BCDFGHJKMPQRTVWXY"

Frozen: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of a quiz as attempts freeze them, without their ids, and the right answer to each."""

    questions: Sequence[Frozen]
    keys: Sequence[Any]
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How far one person has come in a course, and since when."""

    enrolment: Enrolment
    items: Sequence[Item]
    is_done: bool


def write(*, people: Sequence[User], outline: Outline, papers: Mapping[UUID, Paper], now: datetime) -> None:
    """Enrol these people in a course and give each a share of it done. Who is enrolled already keeps what is there."""
    taken = set(Enrolment.objects.filter(course=outline.course_id).values_list("user_id", flat=True))
    new = [person for person in people if person.pk not in taken]
    for start in range(0, len(new), PEOPLE_AT_ONCE):
        with transaction.atomic():
            _write_some(new[start : start + PEOPLE_AT_ONCE], outline, papers, now)


def _write_some(people: Sequence[User], outline: Outline, papers: Mapping[UUID, Paper], now: datetime) -> None:
    rng = Random(f"{outline.course_id}:{people[0].pk}")  # noqa: S311 - the same data in every run
    ways = [_way(person, outline, rng, now) for person in people]
    Enrolment.objects.bulk_create([way.enrolment for way in ways], batch_size=BATCH)
    attempts = [attempt for way in ways for attempt in _attempts(way, papers, rng)]
    Attempt.objects.bulk_create(attempts, batch_size=BATCH // 10)
    scores = {(attempt.enrolment_id, attempt.item): attempt.score for attempt in attempts if attempt.passed}
    Result.objects.bulk_create([row for way in ways for row in _results(way, scores)], batch_size=BATCH)
    rows = [row for attempt in attempts for row in _answers(attempt, papers[attempt.item])]
    Answer.objects.bulk_create(rows, batch_size=BATCH)
    _complete([way for way in ways if way.is_done], outline, rng)


def _way(person: User, outline: Outline, rng: Random, now: datetime) -> Way:
    luck = rng.random()
    is_done = luck < DONE
    share = 1.0 if is_done else 0.0 if luck < DONE + NOT_BEGUN else rng.random() ** 2
    enrolment = Enrolment(
        user_id=person.pk,
        course_id=outline.course_id,
        course_title=outline.title,
        enrolled_at=now - timedelta(days=30 + 60 * rng.random()),
    )
    return Way(enrolment, outline.items[: int(share * len(outline.items))], is_done)


def _moments(way: Way) -> Iterator[datetime]:
    """When each item was done: two a day, one after the other."""
    return (way.enrolment.enrolled_at + number * timedelta(hours=12) for number in count(1))


def _attempts(way: Way, papers: Mapping[UUID, Paper], rng: Random) -> Iterator[Attempt]:
    """One passed attempt for each quiz; every fifth is preceded by one that failed."""
    for item, at in zip(way.items, _moments(way), strict=False):
        if item.kind is ItemKind.QUIZ:
            failed = rng.random() < 1 / 5
            if failed:
                yield _attempt(way, item, papers[item.id], at - timedelta(hours=1), share=0.4, rng=rng)
            passed = _attempt(way, item, papers[item.id], at, share=0.9, rng=rng)
            passed.number += failed
            yield passed


def _attempt(way: Way, item: Item, paper: Paper, at: datetime, *, share: float, rng: Random) -> Attempt:
    questions = [{"id": str(UUID(int=rng.getrandbits(128), version=4)), **frozen} for frozen in paper.questions]
    right = max(1, int(share * len(questions)))
    score = (Decimal(right) / len(questions)).quantize(Decimal("0.0001"))
    return Attempt(
        enrolment_id=way.enrolment.pk,
        page_id=item.page_id,
        item=item.id,
        number=1,
        title=item.title,
        revision=item.revision_id,
        seed=rng.getrandbits(31),
        questions=questions,
        rules=paper.rules,
        started_at=at - timedelta(minutes=9),
        submitted_at=at,
        score=score,
        passed=score >= PASSED,
    )


def _answers(attempt: Attempt, paper: Paper) -> Iterator[Answer]:
    """The right answer to as many questions as the score says, the rest left blank."""
    right = int((attempt.score or 0) * len(attempt.questions))
    for number, (asked, key) in enumerate(zip(attempt.questions, paper.keys, strict=True)):
        yield Answer(
            attempt_id=attempt.pk,
            question=UUID(asked["id"]),
            source=asked["question"],
            value=key if number < right else None,
            saved_at=attempt.submitted_at or attempt.started_at,
            score=Decimal(number < right),
        )


def _results(way: Way, scores: Mapping[tuple[int, UUID], Decimal | None]) -> Iterator[Result]:
    for item, at in zip(way.items, _moments(way), strict=False):
        yield Result(
            enrolment_id=way.enrolment.pk,
            item=item.id,
            page_id=item.page_id,
            kind=item.kind,
            title=item.title,
            revision=item.revision_id,
            status=Status.COMPLETED,
            score=scores.get((way.enrolment.pk, item.id)),
            updated_at=at,
            completed_at=at,
        )


def _complete(ways: Sequence[Way], outline: Outline, rng: Random) -> None:
    if not ways:
        return
    snapshot, facts = _completion(ways[0].enrolment, outline)
    for way in ways:
        way.enrolment.completed_at = way.enrolment.enrolled_at + len(way.items) * timedelta(hours=12)
        way.enrolment.snapshot = snapshot
    rows = [way.enrolment for way in ways]
    Enrolment.objects.bulk_update(rows, ["completed_at", "snapshot"], batch_size=BATCH)
    if facts:
        Certificate.objects.bulk_create([_certificate(way.enrolment, facts, rng) for way in ways], batch_size=BATCH)


def _completion(enrolment: Enrolment, outline: Outline) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What the rule writes when this enrolment is completed: its snapshot, and the facts of its certificate."""
    with transaction.atomic():
        recording.catch_up(enrolment=enrolment, outline=outline)
        written = Enrolment.objects.get(pk=enrolment.pk)
        certificate = written.certificates.first()
        transaction.set_rollback(True)
    return written.snapshot, certificate.facts if certificate else None


def _certificate(enrolment: Enrolment, sample: Mapping[str, Any], rng: Random) -> Certificate:
    signs = "".join(rng.choices(CODE_SIGNS, k=12))
    code = f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
    number = f"SYM/{enrolment.pk:06}"
    at = enrolment.completed_at or enrolment.enrolled_at
    facts = {
        **sample,
        "number": number,
        "code": code,
        "verification_url": sample["verification_url"].replace(sample["code"], code),
        "name": str(enrolment.user),
        "began": timezone.localdate(enrolment.enrolled_at).isoformat(),
        "completed": timezone.localdate(at).isoformat(),
        "issued": timezone.localdate(at).isoformat(),
    }
    return Certificate(
        number=number, code=code, enrolment=enrolment, user_id=enrolment.user_id, facts=facts, issued_at=at
    )
