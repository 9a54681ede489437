"""Many people register at the same moment: every one is kept once, in one order, and no place is given twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import Registration, RegistrationMove, TrainingBook
from elearning.records.places import Standing
from elearning.records.registration import Applicant
from elearning.records.training import Training
from tests import make, trainings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
# Requests on the way at the same time; PostgreSQL as it comes takes 100 connections.
AT_ONCE = 50


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each got, on connections of their own, begun together as far as there are threads; raises what one did."""
    threads = min(AT_ONCE, len(work))
    start = Barrier(threads)

    def run(number: int) -> Any:
        if number < threads:
            start.wait()
        try:
            return work[number]()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(len(work))))


def prepared(**fields: Any) -> Training:
    return training_of(trainings.training("Warsztat", **fields))


def of(person: User, *, email: str = "") -> Applicant:
    return Applicant(first_name=person.first_name, last_name="Nowak", email=email or person.email, user=person)


def check_whole(training: Training) -> list[Registration]:
    """Numbers without gaps, a chain of moves to where each stands, a message for each move; the numbered ones."""
    rows = list(Registration.objects.filter(training=training.page_id).exclude(number=None).order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert TrainingBook.objects.get().last_number == len(rows)
    for row in rows:
        steps = list(row.moves.order_by("pk").values_list("from_standing", "to_standing"))
        assert [before for before, _after in steps] == ["", *(after for _before, after in steps[:-1])]
        assert steps[-1][1] == row.standing
    keys = {f"registration-move:{pk}" for pk in RegistrationMove.objects.values_list("pk", flat=True)}
    assert set(Message.objects.values_list("key", flat=True)) == keys
    return rows


def test_twenty_for_the_last_place_are_one_and_nineteen_in_order() -> None:
    training, people = prepared(capacity=1), [make.user(f"Osoba {number}") for number in range(20)]

    at_once([lambda person=person: registering.register(training, of(person)) for person in people])

    rows = check_whole(training)
    assert [row.standing for row in rows] == [Standing.ADMITTED, *[Standing.RESERVED] * 19]
    assert Message.objects.count() == 20
    assert list(registering.positions(training).values()) == list(range(1, 20))


def test_so_are_twenty_who_confirm_their_addresses() -> None:
    training = prepared(capacity=1)
    asked = [Applicant(first_name="A", last_name="B", email=f"osoba{number}@example.org") for number in range(20)]
    made = [
        found.registration for found in at_once([lambda one=one: registering.register(training, one) for one in asked])
    ]

    # Each twice, as impatient people press buttons.
    at_once([lambda one=one: registering.confirm(training, Registration.objects.get(pk=one.pk)) for one in made * 2])

    rows = check_whole(training)
    assert [row.standing for row in rows] == [Standing.ADMITTED, *[Standing.RESERVED] * 19]
    assert Message.objects.count() == 40


def test_two_hundred_lose_nothing() -> None:
    """Each presses the button twice, the second time with the address in other letters."""
    training, people = prepared(capacity=50), [make.user(f"Osoba {number}") for number in range(200)]
    work = [
        lambda person=person, email=email: registering.register(training, of(person, email=email))
        for person in people
        for email in (person.email, person.email.upper())
    ]

    made = at_once(work)

    rows = check_whole(training)
    assert Counter(row.standing for row in rows) == {Standing.ADMITTED: 50, Standing.RESERVED: 150}
    assert all(row.standing == Standing.ADMITTED for row in rows[:50])
    assert {row.user_id for row in rows} == {person.pk for person in people}
    assert sum(found.is_new for found in made) == Message.objects.count() == 200


def test_places_that_are_given_up_while_others_come_are_given_once() -> None:
    training = prepared(capacity=10)
    first = [registering.register(training, of(make.user())).registration for _ in range(15)]
    others = [make.user() for _ in range(15)]

    at_once(
        [
            *(
                lambda one=one: registering.cancel(training, Registration.objects.get(pk=one.pk))
                for one in first[:8] * 2
            ),
            *(lambda person=person: registering.register(training, of(person)) for person in others),
        ]
    )

    rows = check_whole(training)
    here = [row.standing for row in rows if row.standing != Standing.CANCELLED]
    assert here == [*[Standing.ADMITTED] * 10, *[Standing.RESERVED] * 12]


def test_workers_at_the_same_work_do_it_once() -> None:
    page = trainings.training(capacity=3, offer_hours=24)
    now = timezone.now()
    for _ in range(3):
        trainings.registered(page, standing=Standing.OFFERED, offered_until=now - timedelta(minutes=1))
    for _ in range(5):
        trainings.registered(page, standing=Standing.RESERVED)
    training = training_of(page)

    made = at_once([lambda: registering.settle(training, now)] * 4)

    assert sorted(made) == [0, 0, 0, 6]
    counted = Counter(Registration.objects.values_list("standing", flat=True))
    assert counted == {Standing.LAPSED: 3, Standing.OFFERED: 3, Standing.RESERVED: 2}
    assert Message.objects.count() == RegistrationMove.objects.count() == 6
