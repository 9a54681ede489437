"""J3: offline, „Zakończ i wyślij”: the page stays, the answers are kept, and it is sent once on return."""

import pytest
from playwright.sync_api import expect

from elearning.records.models import Attempt, Certificate
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WAITING = "Brak połączenia. Podejście wyśle się samo, gdy połączenie wróci."


def test_a_submission_without_network_waits_and_goes_once(site: object, browse: Browse) -> None:
    page = browse(exam.anna())
    exam.start(page)
    k1.answer_all(page, right=9)
    page.context.set_offline(True)
    exam.answer(page, 10)
    button = page.get_by_role("button", name="Zakończ i wyślij")
    button.click()
    button.click()

    expect(page.get_by_role("status").filter(has_text=WAITING)).to_be_visible()
    stop(page)
    expect(k1.question(page, 1).get_by_label("3", exact=True)).to_be_checked()
    assert Attempt.objects.get().submitted_at is None

    page.context.set_offline(False)
    expect(page).to_have_url(exam.RESULT)
    expect(page.get_by_role("main")).to_contain_text("100%")
    assert Attempt.objects.count() == 1
    assert Certificate.objects.count() == 1
    assert exam.kept_on_device(page) == []


def test_the_network_that_goes_during_the_submission_loses_nothing(site: object, browse: Browse, guard: Guard) -> None:
    guard.expected = {503}
    page = browse(exam.anna())
    exam.start(page)
    k1.answer_all(page, right=10)
    page.route("**/odpowiedz/", exam.refuse)
    exam.answer(page, 4, right=False)
    page.get_by_role("button", name="Zakończ i wyślij").click()
    expect(page.get_by_role("status").filter(has_text="Brak połączenia")).to_be_visible()
    assert Attempt.objects.get().submitted_at is None

    page.unroute("**/odpowiedz/")
    expect(page).to_have_url(exam.RESULT)
    expect(page.get_by_role("main")).to_contain_text("90%")
