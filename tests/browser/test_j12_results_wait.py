"""J12: the server answers 503 for half a minute: „niezapisane” is seen, the result is sent again and counts once.

A part's `answered` completes nothing, and a `completed` forged by somebody who is not enrolled is refused.
"""

import json
import re
from time import monotonic
from uuid import uuid4

import pytest
from playwright.sync_api import Request, Route, expect

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Result
from elearning.records.outline import Item, ItemKind, Status
from h5p.django.models import Attempt, Content
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard
from tests.courses import activities

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

L3 = f"{k1.URL}m2/l3/"
BATCHES = "**/-/aktywnosc/**"
DOWN = 30  # seconds


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def anna(course: CoursePage) -> User:
    """Anna, who stands before L3."""
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    make.complete(make.enrolment(person, course), outline_of(course), items=2)
    return person


def activity(course: CoursePage) -> Item:
    return next(item for item in outline_of(course).items if item.kind is ItemKind.ACTIVITY)


def test_the_result_waits_for_the_server_and_counts_once(
    course: CoursePage, anna: User, browse: Browse, guard: Guard
) -> None:
    guard.expected.add(503)
    page = browse(anna)
    page.goto(L3)
    stop(page)
    began = monotonic()

    def answer(route: Route) -> None:
        if monotonic() - began < DOWN:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route(BATCHES, answer)
    k1.do_activity(page)
    expect(page.locator("h5p-player").get_by_role("status")).to_contain_text("Niezapisane")
    stop(page)
    assert not Attempt.objects.filter(finished_at__isnull=False).exists()
    expect(page.locator("activity-state").get_by_text("Ukończone")).to_be_visible(timeout=90_000)
    expect(page.locator("h5p-player").get_by_role("status")).to_contain_text(re.compile(r"Zapisano \d\d:\d\d"))
    stop(page)

    assert Attempt.objects.filter(finished_at__isnull=False).count() == 1
    result = Result.objects.get(item=activity(course).id)
    assert (result.status, result.score) == (Status.COMPLETED, 1)


def test_the_answer_to_a_part_completes_nothing(course: CoursePage, anna: User, browse: Browse) -> None:
    page = browse(anna)
    sent: list[str] = []

    def keep_only_parts(route: Route) -> None:
        """The result of the whole is lost on the way, those of its parts arrive."""
        body = json.loads(route.request.post_data or "{}")
        sent.extend(item["statement"]["verb"]["id"].rpartition("/")[2] for item in body["items"] if "statement" in item)
        body["items"] = [item for item in body["items"] if not _is_whole(item)]
        if body["items"]:
            route.continue_(post_data=json.dumps(body))
        else:
            route.abort()

    page.route(BATCHES, keep_only_parts)
    page.goto(L3)
    with page.expect_request(_carries("completed")):
        k1.do_activity(page)
    expect(page.locator("h5p-player").get_by_role("status")).to_contain_text(re.compile("[Zz]apisan"))

    assert {"answered", "completed"} <= set(sent)
    assert not Result.objects.filter(item=activity(course).id).exists()
    assert not Attempt.objects.filter(finished_at__isnull=False).exists()


def test_a_forged_result_of_somebody_not_enrolled_is_refused(
    course: CoursePage, anna: User, browse: Browse, guard: Guard
) -> None:
    guard.expected.add(403)
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    page = browse(ewa)
    page.goto(k1.URL)
    found = activity(course)
    assert found.activity is not None
    item = {"key": str(uuid4()), "attempt": str(uuid4()), "statement": activities.statement(2, 2, "completed")}
    version = Content.objects.get(pk=found.activity.content_id).live_version_id
    forged = {"person": str(ewa.pk), "version": version, "items": [item]}

    status = page.evaluate(POST, [f"{k1.URL}-/aktywnosc/{found.id}/", forged])

    assert status == 403
    assert not Attempt.objects.exists()
    assert not Result.objects.filter(enrolment__user=ewa).exists()


POST = """async ([address, body]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const headers = {'Content-Type': 'application/json', 'X-CSRFToken': token};
  return (await fetch(address, {method: 'POST', headers, body: JSON.stringify(body)})).status;
}"""


def _is_whole(item: dict[str, object]) -> bool:
    statement = item.get("statement")
    return isinstance(statement, dict) and statement["verb"]["id"].endswith("/completed")


def _carries(verb: str) -> object:
    return lambda request: isinstance(request, Request) and f"/{verb}" in (request.post_data or "")
