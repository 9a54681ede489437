"""Two hundred learners on a bad network: every confirmed answer is in the database once, and graded."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

import pytest
from django.db import connections

from courses.outline import outline_of
from courses.questions import load
from elearning.accounts.models import User
from elearning.records.attempt_rules import floor_share, total
from elearning.records.models import Attempt, Result
from tests import make
from tests.courses.questions.samples import SAMPLES
from tests.courses.storm import Device, Ledger, Network, beside, kept

LEARNERS = 200
AT_ONCE = 12  # requests on the way at the same time, about what a small server handles
CHANGES = 5  # by each device
SECOND_DEVICE = 4  # every so many learners has one
KINDS = ("single_choice", "multiple_choice", "true_false", "number")


@dataclass
class Sitting:
    """What one learner went through."""

    person: User
    ledger: Ledger
    met: Counter[str]


def sit(number: int, person: User, quiz_url: str) -> Sitting:
    """One learner's attempt, on one device or on two at the same time, submitted in the end."""
    ledger = Ledger()
    first, second = (
        Device(person, quiz_url, f"page {number} {place}", Network(Random(f"{number} {place}")), ledger)
        for place in ("office", "phone")
    )

    def answer(device: Device) -> None:
        device.open()
        device.answer(CHANGES)

    try:
        if number % SECOND_DEVICE:
            answer(first)
        else:
            with beside(lambda: answer(second)):
                answer(first)
        first.submit()
        # Only their own page may find that an attempt is over; what comes late is refused and changes nothing.
        assert set(first.network.calm() + second.network.calm()) <= {302, 401, 409}
    finally:
        connections.close_all()
    return Sitting(person, ledger, first.network.met + second.network.met)


def check(sitting: Sitting) -> None:
    """One attempt, every answer once and as it was last confirmed, the score that these answers are worth."""
    attempt = Attempt.objects.get(enrolment__user=sitting.person)
    rows, shares = kept(attempt), {}
    for asked in attempt.questions:
        version, value = sitting.ledger.last(asked["id"])
        row = rows[asked["id"]]
        assert row.value == value
        assert row.version == max(version, 1)
        shares[asked["id"]] = load(asked["kind"], asked["data"]).grade(value).share
        assert row.score == floor_share(shares[asked["id"]])
    assert len(rows) == len(attempt.questions)
    assert attempt.submitted_at is not None
    assert attempt.score == floor_share(total(attempt.questions, shares))
    assert Result.objects.get(enrolment=attempt.enrolment, item=attempt.item).score == attempt.score


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_hundred_learners_lose_no_confirmed_answer() -> None:
    course = make.course("Kurs", lessons=1)
    questions = [make.question(kind, SAMPLES[kind], kind) for kind in KINDS]
    page = make.quiz(course, questions=questions, attempts_allowed=1)  # a start that comes late opens no second one
    quiz_url = outline_of(course).item(page.translation_key).url
    people = [make.user(f"Osoba {number}") for number in range(LEARNERS)]
    for person in people:
        make.enrolment(person, course)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        sittings = list(pool.map(sit, range(LEARNERS), people, [quiz_url] * LEARNERS))

    for sitting in sittings:
        check(sitting)
    met = sum((sitting.met for sitting in sittings), Counter[str]())
    assert Attempt.objects.count() == LEARNERS
    # A calm sea proves nothing.
    assert min(met[name] for name in ("answer lost", "never sent", "doubled", "overtaken")) > LEARNERS / 2, met
    assert met["conflict"] > 10, met
    assert met["overtaken form"] > 0, met
