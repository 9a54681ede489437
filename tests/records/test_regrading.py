"""Results worked out anew: first shown, then done as shown, logged, and never taking a completion away."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from elearning.accounts.models import User
from elearning.records import regrading
from elearning.records.attempt_rules import Asked
from elearning.records.models import Answer, Attempt, Certificate, Mark, Regrade
from elearning.records.regrading import Plan
from tests import make
from tests.records.test_attempts import QUESTIONS, RULES, WANTED, Room, grade, in_threads, prepared

pytestmark = pytest.mark.django_db

THIRD = QUESTIONS[2]
NEW_KEY = replace(THIRD, revision=7, title="Pytanie 3 poprawione", data={"key": "nowy klucz"})


def reads(old: Asked, new: Asked) -> bool:
    return bool(old["kind"] == new["kind"])


@dataclass
class Past:
    """People who took the same quiz; the first answered 7 of 10 rightly, the second 6, the third all."""

    room: Room
    editor: User
    attempts: list[Attempt] = field(default_factory=list)

    def take(self, right: int, person: User) -> Attempt:
        enrolment = make.enrolment(person, person_course(self.room))
        room = Room(enrolment, self.room.outline, self.room.item)
        make.complete(enrolment, room.outline, items=1)
        self.attempts.append(room.submit(room.start(), right=right))
        return self.attempts[-1]

    def plan(self, question: Any = NEW_KEY) -> Plan:
        return regrading.plan(
            outline=self.room.outline, item=self.room.item, question=question, grade=grade, reads=reads
        )

    def apply(self, plan: Plan, reason: str = "Zły klucz") -> Regrade | None:
        return regrading.apply(
            plan, outline=self.room.outline, grade=grade, by=self.editor, reason=reason, now=timezone.now()
        )

    def scores(self) -> list[Decimal | None]:
        return [Attempt.objects.get(pk=attempt.pk).score for attempt in self.attempts]


def person_course(room: Room) -> Any:
    return room.enrolment.course.specific


def prepared_past() -> Past:
    past = Past(prepared(make.user("Piotr", "Widz")), make.user("Renata", "Redaktorska"))
    for right, name in ((7, "Anna"), (6, "Ewa"), (10, "Jan")):
        past.take(right, make.user(name, "Nowak"))
    return past


@pytest.fixture
def past(db: None) -> Past:
    return prepared_past()


def rows() -> list[Mapping[str, Any]]:
    return [*Attempt.objects.order_by("pk").values(), *Answer.objects.order_by("pk").values()]


def test_it_works(past: Past) -> None:
    plan = past.plan()
    assert [(change.before.score, change.after.score) for change in plan.changes] == [
        (Decimal("0.7"), Decimal("0.6333")),
        (Decimal("0.6"), Decimal("0.5333")),
        (Decimal("1"), Decimal("0.9333")),
    ]
    assert [change.loses_pass for change in plan.changes] == [True, False, False]
    assert [change.taken.learner for change in plan.changes] == ["Anna Nowak", "Ewa Nowak", "Jan Nowak"]

    made = past.apply(plan)

    assert past.scores() == [change.after.score for change in plan.changes]
    assert made is not None
    assert Regrade.objects.get() == made
    assert (made.made_by, made.reason, made.title) == (past.editor, "Zły klucz", "Pytanie 3 poprawione")
    first = past.attempts[0]
    assert Regrade.objects.get().changes[0] == {
        "attempt": first.pk,
        "question": first.questions[2]["id"],
        "before": {"revision": None, "share": "1.0000", "score": "0.7000", "passed": True},
        "after": {"revision": 7, "share": "0.3333", "score": "0.6333", "passed": False},
    }


def test_a_plan_changes_nothing(past: Past) -> None:
    before = rows()
    past.plan()
    assert rows() == before


def test_the_attempt_asks_the_new_version_with_its_own_points(past: Past) -> None:
    past.apply(past.plan(replace(NEW_KEY, points=50)))

    asked = Attempt.objects.get(pk=past.attempts[0].pk).questions
    assert asked[2] == {
        "id": past.attempts[0].questions[2]["id"],
        "question": 3,
        "revision": 7,
        "title": "Pytanie 3 poprawione",
        "kind": "any",
        "points": 1,
        "data": {"key": "nowy klucz"},
    }
    assert [asked[:2], asked[3:]] == [past.attempts[0].questions[:2], past.attempts[0].questions[3:]]


def test_completion_and_certificate_stay(past: Past) -> None:
    enrolment = past.attempts[0].enrolment
    enrolment.refresh_from_db()
    completed_at = enrolment.completed_at
    certificates = list(Certificate.objects.values())
    assert completed_at is not None

    past.apply(past.plan())

    enrolment.refresh_from_db()
    assert enrolment.completed_at == completed_at
    assert enrolment.results.get(item=past.room.item.id).status == "completed"
    assert list(Certificate.objects.values()) == certificates


def test_a_pass_that_is_newly_reached_completes(past: Past) -> None:
    lifted = replace(QUESTIONS[8], revision=3, data={"key": None})
    ewa = past.attempts[1].enrolment
    ewa.refresh_from_db()
    assert ewa.completed_at is None

    past.apply(past.plan(lifted))

    ewa.refresh_from_db()
    assert past.scores()[1] == Decimal("0.7")
    assert ewa.completed_at is not None
    assert ewa.certificates.exists()


def test_where_the_answer_is_worth_the_same_only_the_version_changes(past: Past) -> None:
    plan = past.plan(replace(THIRD, revision=8, title="Literówka"))
    scores = past.scores()

    assert len(plan.changes) == 3
    assert plan.felt == []
    past.apply(plan)

    assert past.scores() == scores
    assert Attempt.objects.get(pk=past.attempts[0].pk).questions[2]["title"] == "Literówka"


def test_attempts_whose_answers_cannot_be_read_are_named_and_left(past: Past) -> None:
    before = rows()
    plan = past.plan(replace(NEW_KEY, kind="inny"))

    assert [taken.learner for taken in plan.unreadable] == ["Anna Nowak", "Ewa Nowak", "Jan Nowak"]
    assert past.apply(plan) is None
    assert rows() == before
    assert not Regrade.objects.exists()


def test_open_attempts_are_counted_and_left(past: Past) -> None:
    opened = past.room.start()
    plan = past.plan()

    assert plan.open == 1
    past.apply(plan)

    opened.refresh_from_db()
    assert opened.questions[2]["revision"] is None
    assert past.plan(replace(NEW_KEY, question=77)).open == 0


def test_a_second_time_nothing_is_left_to_do(past: Past) -> None:
    plan = past.plan()
    past.apply(plan)
    before = rows()

    assert past.apply(plan) is None
    assert past.plan().changes == []
    assert rows() == before
    assert Regrade.objects.count() == 1


def test_an_attempt_that_changed_after_the_preview_is_left(past: Past) -> None:
    plan = past.plan()
    Attempt.objects.filter(pk=past.attempts[0].pk).update(score=Decimal("0.9"))

    made = past.apply(plan)

    assert past.scores()[0] == Decimal("0.9")
    assert made is not None
    assert [change["attempt"] for change in made.changes] == [attempt.pk for attempt in past.attempts[1:]]


def test_the_fingerprint_tells_one_plan_from_another(past: Past) -> None:
    first = past.plan().fingerprint
    assert past.plan().fingerprint == first
    past.take(1, make.user("Ola", "Lis"))
    assert past.plan().fingerprint != first


def test_a_mark_of_a_person_stays_in_the_result(past: Past) -> None:
    attempt = past.attempts[1]
    marked = attempt.answers.get(source=10)
    Mark.objects.create(
        answer=marked, marked_by=past.editor, marked_at=timezone.now(), points=[1], out_of=3, share=Decimal("0.3333")
    )
    Answer.objects.filter(pk=marked.pk).update(score=Decimal("0.3333"))

    change = next(change for change in past.plan().changes if change.taken.attempt == attempt.pk)

    # five right, a third for the question, a third by the mark
    assert change.after.score == Decimal("0.5666")


def test_an_attempt_that_waits_for_a_mark_keeps_waiting(past: Past) -> None:
    attempt = past.attempts[0]
    Attempt.objects.filter(pk=attempt.pk).update(score=None, passed=None)
    attempt.answers.filter(source=10).update(score=None)

    past.apply(past.plan())

    attempt.refresh_from_db()
    assert attempt.score is None
    assert attempt.answers.get(source=3).score == Decimal("0.3333")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(past: Past, reason: str) -> None:
    plan, before = past.plan(), rows()
    with pytest.raises(regrading.NoReason):
        past.apply(plan, reason)
    assert rows() == before


def test_many_attempts_are_changed_in_batches_and_logged_once(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regrading, "BATCH", 2)

    past.apply(past.plan())

    assert [change["attempt"] for change in Regrade.objects.get().changes] == [a.pk for a in past.attempts]


def test_a_plan_takes_no_more_queries_for_more_attempts(
    past: Past, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):  # attempts, answers, marks, open attempts
        past.plan()
    past.take(5, make.user("Ola", "Lis"))
    with django_assert_num_queries(4):
        past.plan()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_regrade_and_a_submission_in_parallel_agree() -> None:
    past = prepared_past()
    opened = past.room.start()

    def work(number: int) -> None:
        if number % 2:
            past.apply(past.plan())
        else:
            past.room.submit(opened, right=10)

    in_threads(4, work)

    opened.refresh_from_db()
    keys = {asked["question"]: asked["data"]["key"] for asked in opened.questions}
    third = opened.answers.get(source=3)
    assert third.score == (1 if keys[3] == WANTED else Decimal("0.3333"))
    assert opened.score == (1 if keys[3] == WANTED else Decimal("0.9333"))
    logged = [change["attempt"] for made in Regrade.objects.all() for change in made.changes]
    assert len(logged) == len(set(logged))
    assert {attempt.pk for attempt in past.attempts} <= set(logged)
    assert RULES.pass_mark <= (opened.score or 0)
