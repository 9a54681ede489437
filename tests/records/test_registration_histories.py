"""Random histories of registrations, told by the verbs to the database: what always holds, whatever happens."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.institutions.models import Institution
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import Registration, RegistrationMove
from elearning.records.places import OPEN, TAKES_PLACE, Admission, Standing
from elearning.records.registration import Applicant, Refused
from elearning.records.training import Training
from tests import make, trainings

PEOPLE = 9
WORDS = ["register", "sign", "confirm", "cancel", "accept", "approve", "approve", "reject", "capacity", "quota", "wait"]
STEPS = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, PEOPLE - 1)), min_size=15, max_size=30)
RULES = st.builds(
    dict,
    capacity=st.none() | st.integers(0, 4),
    approval=st.booleans(),
    automatic=st.booleans(),
    by_points=st.booleans(),
    offer_lasts=st.none() | st.just(timedelta(hours=24)),
    quotas=st.dictionaries(st.integers(0, 1), st.integers(0, 2)),  # by the number of the institution
)


class History:
    """A training and people; each word is a step that they may be refused."""

    def __init__(
        self, training: Training, people: list[User], organiser: User, institutions: list[Institution]
    ) -> None:
        self.training, self.people, self.organiser, self.institutions = training, people, organiser, institutions
        self.now = timezone.now()
        self.order: list[int] = []  # the registrations in the order in which they got their numbers

    def do(self, word: str, number: int) -> None:
        try:
            getattr(self, word)(number)
        except Refused:
            return

    def register(self, number: int) -> None:
        """Without an account, in capital letters."""
        person = self.people[number]
        typed = self.applicant(number, email=person.email.upper())
        assert registering.register(self.training, typed, now=self.now).registration.email == person.email

    def sign(self, number: int) -> None:
        """With the account."""
        made = registering.register(self.training, self.applicant(number, user=self.people[number]), now=self.now)
        if made.is_new:
            self.order.append(made.registration.pk)

    def confirm(self, number: int) -> None:
        if (found := self.of(number)) and found.standing == Standing.UNCONFIRMED:
            registering.confirm(self.training, found, now=self.now)
            self.order.append(found.pk)

    def cancel(self, number: int) -> None:
        if found := self.of(number):
            registering.cancel(self.training, found, now=self.now)

    def accept(self, number: int) -> None:
        if found := self.of(number):
            registering.accept(self.training, found, now=self.now)

    def approve(self, number: int) -> None:
        self.decide(number, Standing.ADMITTED)

    def reject(self, number: int) -> None:
        self.decide(number, Standing.REJECTED)

    def decide(self, number: int, to: Standing) -> None:
        asked = [found for one in (number, (number + 1) % PEOPLE) if (found := self.of(one))]
        registering.decide(self.training, asked, to=to, by=self.organiser, now=self.now)

    def capacity(self, number: int) -> None:
        if self.rules.capacity is not None:
            self.change(capacity=number % 5)

    def quota(self, number: int) -> None:
        self.change(quotas={**self.rules.quotas, self.institutions[number % 2].pk: number % 3})

    def wait(self, number: int) -> None:
        self.now += timedelta(hours=5 * number)

    def settle(self) -> None:
        registering.settle(self.training, self.now)

    @property
    def rules(self) -> Admission:
        return self.training.admission

    def change(self, **rules: Any) -> None:
        self.training = replace(self.training, admission=replace(self.rules, **rules))

    def of(self, number: int) -> Registration | None:
        return Registration.objects.open().filter(email__iexact=self.people[number].email).first()

    def applicant(self, number: int, **fields: Any) -> Applicant:
        person = self.people[number]
        known = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email}
        return Applicant(**{**known, "institution_id": person.institution_id, **fields})


def held() -> tuple[int, Counter[int | None]]:
    """The places that are taken, and those of each institution."""
    groups = Counter(Registration.objects.filter(standing__in=TAKES_PLACE).values_list("institution", flat=True))
    return groups.total(), groups


def check(history: History, before: tuple[int, Counter[int | None]]) -> None:
    rows = list(Registration.objects.order_by("number"))
    taken, groups = held()
    if history.rules.capacity is not None:
        assert taken <= max(history.rules.capacity, before[0])
    for group, quota in history.rules.quotas.items():
        assert groups[group] <= max(quota, before[1][group])
    numbered = [row for row in rows if row.number]
    assert [(row.number, row.pk) for row in numbered] == list(enumerate(history.order, 1))
    assert max(Counter(row.email for row in rows if row.standing in OPEN).values(), default=1) == 1
    moves = list(RegistrationMove.objects.order_by("pk"))
    told = dict(Message.objects.values_list("key", "subject"))
    for move in moves:
        assert told.pop(f"registration-move:{move.pk}")
    # Of what nobody confirmed, and its owner made void by registering.
    assert set(told.values()) <= {"Potwierdź zgłoszenie na „Warsztat”"}
    where = {row.pk: "" for row in rows}
    for move in moves:
        assert move.from_standing == where[move.registration_id]
        where[move.registration_id] = move.to_standing
    assert where == {row.pk: row.standing for row in rows}


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rules={"capacity": None, "quotas": {0: 1}}, crowd=PEOPLE, steps=[("approve", 3)])
@example(rules={"capacity": 2, "quotas": {}, "automatic": False}, crowd=PEOPLE, steps=[("approve", 5), ("cancel", 0)])
@given(rules=RULES, crowd=st.integers(0, PEOPLE), steps=STEPS)
def test_whatever_happens_nobody_is_over_passed_twice_or_untold(
    history: History, rules: dict[str, Any], crowd: int, steps: list[tuple[str, int]]
) -> None:
    """So many of the crowd sign up before anything else happens."""
    with transaction.atomic():
        anew = History(history.training, history.people, history.organiser, history.institutions)
        run(anew, rules, [*(("sign", number) for number in range(crowd)), *steps])
        transaction.set_rollback(True)


def run(history: History, rules: dict[str, Any], steps: list[tuple[str, int]]) -> None:
    quotas = {history.institutions[number].pk: places for number, places in rules["quotas"].items()}
    history.change(**{**rules, "quotas": quotas})
    for word, number in steps:
        before = held()
        history.do(word, number)
        check(history, before)
        before = held()
        history.settle()
        check(history, before)
        assert registering.settle(history.training, history.now) == 0


@pytest.fixture
def history(db: None, administrator: User) -> History:
    institutions = [make.institution("PCPR A"), make.institution("PCPR B")]
    people = [make.user(f"Osoba {n}", institution=[*institutions, None][n % 3]) for n in range(PEOPLE)]
    return History(training_of(trainings.training("Warsztat")), people, administrator, institutions)
