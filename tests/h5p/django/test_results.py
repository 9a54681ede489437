"""What a page sends about a player, and what is stored of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from elearning.accounts.models import User
from h5p.django.models import Attempt, ContentVersion, State, Statement
from h5p.django.rates import Rate
from h5p.django.results import Activity, states_for
from tests.h5p.django import make, urls
from tests.h5p.django.posting import activity, item, send, state, statement

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

PART = "8a1b4d2e-5c3f-4a6b-9d7e-0f1a2b3c4d5e"


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
