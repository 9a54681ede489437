"""Answers to one question that arrive at the same moment, on whichever database."""

from uuid import UUID

import pytest
from django.utils import timezone

from elearning.records import attempts
from elearning.records.attempts import Saved
from elearning.records.models import Answer, Attempt
from elearning.records.receipts import Stamp
from tests import make

from .test_attempts import in_threads, place, prepared

WRITERS, ROUNDS = 8, 5


def write(attempt: Attempt, value: str, stamp: Stamp) -> Saved:
    return attempts.save_answer(
        place(attempt),
        question_id=UUID(attempt.questions[0]["id"]),
        read=lambda _asked: value,
        now=timezone.now(),
        stamp=stamp,
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_of_them_is_a_version_of_its_own() -> None:
    attempt = prepared(make.user()).start()

    def work(number: int) -> list[int]:
        return [write(attempt, f"{number}-{round_}", Stamp()).version for round_ in range(ROUNDS)]

    versions = [version for found in in_threads(WRITERS, work) for version in found]

    assert sorted(versions) == list(range(1, WRITERS * ROUNDS + 1))
    assert Answer.objects.get().version == WRITERS * ROUNDS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_two_windows_wins_and_the_others_are_asked() -> None:
    attempt = prepared(make.user()).start()

    def work(number: int) -> str:
        try:
            write(attempt, str(number), Stamp(page=f"window {number}", sequence=1))
        except attempts.NewerAnswer as newer:
            return f"asked about version {newer.version}"
        return str(number)

    found = in_threads(WRITERS, work)

    assert found.count("asked about version 1") == WRITERS - 1
    assert Answer.objects.get().value in found


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_request_that_arrives_many_times_at_once_is_one_version() -> None:
    attempt = prepared(make.user()).start()

    versions = in_threads(WRITERS, lambda _number: write(attempt, "tak", Stamp(page="window", sequence=3)).version)

    assert versions == [1] * WRITERS
    assert Answer.objects.get().version == 1
