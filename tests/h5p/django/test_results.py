"""What a page sends about a player, and what is stored of it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from elearning.accounts.models import User
from h5p.django.models import Attempt, ContentVersion, State, Statement
from h5p.django.rates import Rate
from h5p.django.results import MOST_ATTEMPTS, Activity, states_for
from h5p.policies import CompletionPolicy
from tests.h5p.django import make, urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

PART = "8a1b4d2e-5c3f-4a6b-9d7e-0f1a2b3c4d5e"


@pytest.fixture(autouse=True)
def _nothing_received() -> Iterator[None]:
    yield
    urls.activities.clear()
    urls.received.clear()
    urls.troubles.clear()


@pytest.fixture
def version(db: None) -> ContentVersion:
    return make.version()


def activity(version: ContentVersion, policy: str = "passed", **fields: Any) -> Activity:
    made = Activity(
        key=uuid4(),
        content_version=version.pk,
        title="Karta",
        policy=CompletionPolicy(policy),
        **{"pass_mark": Decimal("0.5"), **fields},
    )
    urls.activities[made.key] = made
    return made


@pytest.fixture
def card(version: ContentVersion) -> Activity:
    return activity(version)


def statement(raw: float | None = 3, *, verb: str = "answered", part: str = "", parent: bool = False) -> dict[str, Any]:
    extensions = {"http://h5p.org/x-api/h5p-subContentId": part} if part else {}
    said: dict[str, Any] = {
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {
            "id": "http://localhost/h5p/content/1",
            "definition": {
                "extensions": extensions,
                "interactionType": "choice",
                "description": {"en-US": "<p>Kto odpowiada?</p>"},
                "choices": [{"id": "0", "description": {"en-US": "Opiekun"}}],
            },
        },
        "result": {"response": "0", "duration": "PT5S", "success": True, "completion": True},
    }
    if raw is not None:
        said["result"]["score"] = {"raw": raw, "max": 4, "min": 0, "scaled": raw / 4}
    if parent:
        said["context"] = {"contextActivities": {"parent": [{"id": "http://localhost/h5p/content/1"}]}}
    return said


def item(attempt: UUID, **what: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "attempt": str(attempt), **what}


def state(data: str | None, revision: int, part: str = "0") -> dict[str, Any]:
    return {"part": part, "kind": "state", "data": data, "preload": True, "revision": revision}


def send(client: Client, where: Activity, person: User, *items: Any, version: int = 0, **more: Any) -> HttpResponse:
    body = {"person": str(person.pk), "version": version or where.content_version, "items": items, **more}
    return client.post(f"/activity/{where.key}/", json.dumps(body), content_type="application/json")


def test_a_result_is_stored_and_counts_once(as_learner: Client, learner: User, card: Activity) -> None:
    sent = item(uuid4(), statement=statement())

    first = send(as_learner, card, learner, sent)
    again = send(as_learner, card, learner, sent)

    assert first.status_code == again.status_code == 200
    assert first.json()["saved"] == again.json()["saved"] == [sent["key"]]
    assert first.json()["at"] == timezone.localtime().strftime("%H:%M")
    assert (first.json()["finished"], first.json()["met"]) == (True, True)
    assert (again.json()["finished"], again.json()["met"]) == (False, False)
    attempt = Attempt.objects.get()
    assert (attempt.user, attempt.number, attempt.title) == (learner, 1, "Karta")
    assert (attempt.raw, attempt.max, attempt.scaled, attempt.success) == (3, 4, Decimal("0.75"), True)
    kept = Statement.objects.get()
    assert (kept.question, kept.response, kept.is_top_level) == ("Kto odpowiada?", "Opiekun", True)
    assert urls.received == [(1, True)]


def test_the_server_says_who_it_was(as_learner: Client, learner: User, stranger: User, card: Activity) -> None:
    forged = {**statement(), "actor": {"mbox": f"mailto:{stranger.email}", "objectType": "Agent"}}
    assert send(as_learner, card, learner, item(uuid4(), statement=forged)).status_code == 200
    assert Attempt.objects.get().user == learner
    assert stranger.email not in json.dumps(list(Statement.objects.values("interaction", "question", "response")))


def test_the_result_of_a_part_never_counts_as_that_of_the_whole(
    as_learner: Client, learner: User, card: Activity
) -> None:
    attempt = uuid4()
    nested = [
        statement(part=PART, parent=True),
        statement(part=PART),
        statement(parent=True),
        statement(verb="completed", part=PART),
        statement(verb="passed"),
    ]
    answer = send(as_learner, card, learner, *[item(attempt, statement=one) for one in nested])
    assert answer.json()["finished"] is False
    assert urls.received == []
    assert Attempt.objects.get().finished_at is None
    assert Statement.objects.filter(is_top_level=False).count() == 5


def test_a_result_below_the_mark_finishes_the_attempt_and_not_the_activity(
    as_learner: Client, learner: User, card: Activity
) -> None:
    answer = send(as_learner, card, learner, item(uuid4(), statement=statement(1)))
    assert (answer.json()["finished"], answer.json()["met"]) == (True, False)
    assert urls.received == [(1, False)]


def test_the_next_result_is_of_the_next_attempt(as_learner: Client, learner: User, card: Activity) -> None:
    same = uuid4()
    late = item(same, statement=statement(4))
    send(as_learner, card, learner, item(same, statement=statement(1)))
    send(as_learner, card, learner, late)
    send(as_learner, card, learner, late)
    send(as_learner, card, learner, item(uuid4(), statement=statement(2)))
    assert list(Attempt.objects.order_by("number").values_list("number", "raw")) == [(1, 1), (2, 4), (3, 2)]
    assert urls.received == [(1, False), (2, True), (3, True)]


def test_an_attempt_that_is_open_goes_on_in_another_tab(as_learner: Client, learner: User, card: Activity) -> None:
    first, second = uuid4(), uuid4()
    send(as_learner, card, learner, item(first, open=True))
    answer = send(as_learner, card, learner, item(second, open=True))
    assert answer.json()["attempt"] == str(first)
    assert Attempt.objects.count() == 1


def test_each_person_has_attempts_of_their_own(
    as_learner: Client, learner: User, colleague: User, card: Activity
) -> None:
    theirs = Client()
    theirs.force_login(colleague)
    sent = item(uuid4(), statement=statement())
    send(as_learner, card, learner, sent)
    send(theirs, card, colleague, sent)
    assert sorted(Attempt.objects.values_list("user", "number")) == [(learner.pk, 1), (colleague.pk, 1)]


def test_the_time_is_never_longer_than_ours(as_learner: Client, learner: User, card: Activity) -> None:
    send(as_learner, card, learner, item(uuid4(), statement=statement()))
    assert Attempt.objects.get().seconds == 0


def test_what_is_answered_again_and_again_is_kept_as_it_was_last(
    as_learner: Client, learner: User, card: Activity
) -> None:
    attempt = uuid4()
    for raw in (1, 2, 3):
        send(as_learner, card, learner, item(attempt, statement=statement(raw, verb="interacted", part=PART)))
    assert list(Statement.objects.values_list("raw", flat=True)) == [3]


def test_a_state_is_kept_and_found_again(as_learner: Client, learner: User, stranger: User, card: Activity) -> None:
    sent = [item(uuid4(), state=state('{"a":1}', 5)), item(uuid4(), state=state('"b"', 5, part=PART))]
    assert send(as_learner, card, learner, *sent).status_code == 200
    kept = states_for(learner, card.key, card.content_version)
    assert kept == {"0": {"state": '{"a":1}'}, PART: {"state": '"b"'}}
    assert states_for(stranger, card.key, card.content_version) == {}
    assert Attempt.objects.count() == 0


def test_a_late_save_never_undoes_a_newer_one(as_learner: Client, learner: User, card: Activity) -> None:
    for data, revision in [("1", 10), ("2", 20), ("1", 15), (None, 30), ("3", 25)]:
        send(as_learner, card, learner, item(uuid4(), state=state(data, revision)))
        kept = states_for(learner, card.key, card.content_version)
        expected = {} if revision in {30, 25} else {"0": {"state": "1" if revision == 10 else "2"}}
        assert kept == expected
    assert State.objects.count() == 1


def test_a_clock_that_is_years_ahead_does_not_close_the_way_for_others(
    as_learner: Client, learner: User, card: Activity
) -> None:
    send(as_learner, card, learner, item(uuid4(), state=state('"ahead"', 2**50)))
    later = int((timezone.now() + timedelta(minutes=2)).timestamp() * 1000)
    assert State.objects.get().revision < later


def test_a_state_belongs_to_its_version(as_learner: Client, learner: User, version: ContentVersion) -> None:
    newer = make.version(version.main_library, content=version.content)
    where = activity(newer)
    answer = send(as_learner, where, learner, item(uuid4(), state=state("1", 1)), version=version.pk)
    assert answer.status_code == 200
    assert states_for(learner, where.key, newer.pk) == {}
    assert states_for(learner, where.key, version.pk) == {"0": {"state": "1"}}


def test_the_version_of_another_content_is_refused(as_learner: Client, learner: User, card: Activity) -> None:
    other = make.version(make.library("H5P.Other"))
    answer = send(as_learner, card, learner, item(uuid4(), statement=statement()), version=other.pk)
    assert answer.status_code == 400
    assert Attempt.objects.count() == 0


def test_viewing_completes_after_its_time_by_our_clock(
    as_learner: Client, learner: User, version: ContentVersion
) -> None:
    where = activity(version, "viewed", minimum_seconds=60)
    key = uuid4()
    assert send(as_learner, where, learner, item(key, open=True)).json()["left"] == 60

    early = send(as_learner, where, learner, item(key, viewed=True))
    assert early.status_code == 409
    assert 0 < early.json()["left"] <= 60
    assert urls.received == []

    Attempt.objects.update(started_at=timezone.now() - timedelta(seconds=61))
    marked = send(as_learner, where, learner, item(key, viewed=True))
    send(as_learner, where, learner, item(key, viewed=True))
    assert (marked.json()["finished"], marked.json()["met"]) == (True, True)
    assert urls.received == [(1, True)]


def test_a_result_does_not_complete_what_has_to_be_viewed(
    as_learner: Client, learner: User, version: ContentVersion
) -> None:
    where = activity(version, "viewed")
    answer = send(as_learner, where, learner, item(uuid4(), statement=statement(4)))
    assert answer.json()["met"] is False
    assert urls.received == [(1, False)]
    assert Attempt.objects.get().raw == 4


def test_viewing_does_not_complete_what_has_to_be_passed(as_learner: Client, learner: User, card: Activity) -> None:
    assert send(as_learner, card, learner, item(uuid4(), viewed=True)).status_code == 400
    assert Attempt.objects.count() == 0


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


def test_nothing_is_stored_where_the_site_could_not_record_it(
    as_learner: Client, learner: User, card: Activity
) -> None:
    def fail() -> None:
        raise RuntimeError("records are down")

    urls.troubles.append(fail)
    as_learner.raise_request_exception = False
    sent = item(uuid4(), statement=statement())
    assert send(as_learner, card, learner, sent).status_code == 500
    assert Attempt.objects.count() == 0
    urls.troubles.clear()
    assert send(as_learner, card, learner, sent).json()["met"] is True


def test_a_flood_is_slowed_down(
    as_learner: Client, learner: User, card: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urls.TestActivity, "rate", Rate(2, seconds=3600))
    codes = [send(as_learner, card, learner, item(uuid4(), open=True)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_a_result_with_a_state_costs_few_queries(
    as_learner: Client, learner: User, card: Activity, django_assert_max_num_queries: Callable
) -> None:
    attempt = uuid4()
    send(as_learner, card, learner, item(attempt, open=True), item(attempt, state=state("0", 1)))
    sent = [
        *(item(attempt, statement=statement(part=PART)) for _ in range(5)),
        item(attempt, statement=statement()),
        *(item(attempt, state=state(str(number), number + 5)) for number in range(5)),
    ]
    urls.received.clear()
    with django_assert_max_num_queries(8 + 2 + 1):  # a savepoint begins and ends, the test's own look-up
        assert send(as_learner, card, learner, *sent).status_code == 200
    assert urls.received == [(1, True)]
    assert Statement.objects.count() == 6
