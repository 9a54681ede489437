"""What pages may not send: nothing of it is stored."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from elearning.accounts.models import User
from h5p.django.models import Attempt, ContentVersion, State, Statement
from h5p.django.results import MOST_ATTEMPTS, Activity
from h5p.policies import CompletionPolicy
from tests.h5p.django import make
from tests.h5p.django.posting import activity, item, send, state, statement

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

PART = "8a1b4d2e-5c3f-4a6b-9d7e-0f1a2b3c4d5e"


def broken(**change: Any) -> dict[str, Any]:
    return {**item(uuid4(), statement=statement()), **change}


MALFORMED: dict[str, Any] = {
    "nothing": [],
    "too many items": [item(uuid4(), open=True)] * 101,
    "no item": ["text"],
    "no key": [broken(key=None)],
    "a key that is none": [broken(key="1")],
    "an attempt that is none": [broken(attempt=["x"])],
    "two things at once": [broken(open=True)],
    "nothing that happened": [item(uuid4())],
    "open is no truth": [item(uuid4(), open="yes")],
    "no statement": [broken(statement=[])],
    "a score above the highest": [broken(statement=statement(5))],
    "a score below zero": [broken(statement=statement(-1))],
    "a state that is none": [item(uuid4(), state="x")],
    "a state of no part": [item(uuid4(), state=state("1", 1, part=""))],
    "a state of a part with too long a name": [item(uuid4(), state=state("1", 1, part="x" * 65))],
    "a state without a revision": [item(uuid4(), state={**state("1", 1), "revision": None})],
    "a state of an endless revision": [item(uuid4(), state=state("1", 10**40))],
    "a state with a null character": [item(uuid4(), state=state("\x00", 1))],
    "a state that is too large": [item(uuid4(), state=state("x" * 300_000, 1))],
    "a good one and a bad one": [item(uuid4(), statement=statement()), broken(statement=statement(5))],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_refused_whole(as_learner: Client, learner: User, card: Activity, name: str) -> None:
    answer = send(as_learner, card, learner, *MALFORMED[name])
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Attempt.objects.exists()
    assert not Statement.objects.exists()
    assert not State.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"person": 1}',
        b"[" * 100_000,
        b'{"items": NaN}',
        b'{"person":"1","items":[{}],"version":',
    ],
)
def test_what_is_no_batch_is_refused(as_learner: Client, card: Activity, body: bytes) -> None:
    assert as_learner.post(f"/activity/{card.key}/", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("number", [None, True, 0, -1, 2**60, "1", 1.5])
def test_a_version_is_a_number(as_learner: Client, learner: User, card: Activity, number: Any) -> None:
    assert send(as_learner, card, learner, item(uuid4(), open=True), version=number or -1).status_code == 400


def test_a_body_that_is_too_large_is_refused_before_it_is_read(as_learner: Client, card: Activity) -> None:
    body = b"x" * (512 * 1024 + 1)
    assert as_learner.post(f"/activity/{card.key}/", body, content_type="application/json").status_code == 413


def test_a_score_above_that_of_the_version_is_refused(as_learner: Client, learner: User) -> None:
    where = activity(make.version(max_score=2))
    assert send(as_learner, where, learner, item(uuid4(), statement=statement(3))).status_code == 400
    assert send(as_learner, where, learner, item(uuid4(), statement=statement(2))).status_code == 200


def test_only_so_many_states_attempts_and_statements_are_kept(
    as_learner: Client, learner: User, card: Activity, version: ContentVersion
) -> None:
    for start in (0, 80, 160):
        states = [item(uuid4(), state=state("1", 1, part=str(start + number))) for number in range(80)]
        answer = send(as_learner, card, learner, *states)
    assert answer.status_code == 400
    assert State.objects.count() == 160

    Attempt.objects.create(
        user=learner,
        activity=card.key,
        version=version,
        key=uuid4(),
        number=MOST_ATTEMPTS,
        title="Karta",
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )
    assert send(as_learner, card, learner, item(uuid4(), statement=statement())).status_code == 400


def test_nobody_and_somebody_else_are_told_apart(
    client: Client, as_learner: Client, stranger: User, learner: User, card: Activity
) -> None:
    sent = item(uuid4(), statement=statement())
    assert send(client, card, learner, sent).status_code == 401
    other = send(as_learner, card, stranger, sent)
    assert (other.status_code, other.json()["other_person"]) == (403, True)
    client.force_login(stranger)
    assert send(client, card, stranger, sent).status_code == 403
    assert Attempt.objects.count() == 0


def test_an_unknown_activity_is_not_found(as_learner: Client, learner: User, version: ContentVersion) -> None:
    unknown = Activity(uuid4(), version.pk, "?", CompletionPolicy.PASSED)
    assert send(as_learner, unknown, learner, item(uuid4(), open=True)).status_code == 404


def test_only_posting_is_allowed_and_only_from_our_pages(learner: User, card: Activity) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.get(f"/activity/{card.key}/").status_code == 405
    assert send(client, card, learner, item(uuid4(), open=True)).status_code == 403
    assert Attempt.objects.count() == 0
