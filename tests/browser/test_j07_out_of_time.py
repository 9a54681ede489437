"""J7: start, close the browser, come back after the limit with a shifted clock: graded from what was saved."""

import pytest
from playwright.sync_api import expect

from elearning.records.models import Attempt
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

YESTERDAY = "Date.now = () => 0; const Real = Date; Date = class extends Real { constructor() { super(0); } };"


def test_one_who_comes_back_too_late_gets_what_was_saved(site: object, browse: Browse) -> None:
    person = exam.anna(time_limit=20)
    page = browse(person)
    exam.start(page)
    k1.answer_all(page, right=7)
    page.context.close()
    exam.out_of_time(Attempt.objects.get())

    later = browse(person)
    later.add_init_script(YESTERDAY)
    later.goto(k1.QUIZ_URL)
    expect(later.get_by_role("main")).to_contain_text("po upływie czasu")
    stop(later)
    later.goto(f"{k1.QUIZ_URL}-/podejscie/1/")

    expect(later).to_have_url(exam.RESULT)
    expect(later.get_by_role("main")).to_contain_text("70%")
    expect(later.get_by_role("main")).to_contain_text("Czas podejścia minął")
    stop(later)
    attempt = Attempt.objects.get()
    assert attempt.ending == Attempt.Ending.TIME_UP
    assert attempt.submitted_at == attempt.deadline_at


def test_the_open_page_counts_down_in_words_and_ends_by_itself(site: object, browse: Browse) -> None:
    page = browse(exam.anna(time_limit=1), width=320)
    page.add_init_script(YESTERDAY)
    exam.start(page)
    exam.answer(page, 1)
    exam.saved(page, 1)
    clock = page.locator("quiz-countdown")
    expect(clock).to_contain_text("Zostało:")
    stop(page)
    page.get_by_role("button", name="Ukryj czas").click()
    expect(page.get_by_text("Zostało:")).to_be_hidden()
    page.get_by_role("button", name="Pokaż czas").click()

    exam.out_of_time(Attempt.objects.get())
    page.evaluate("document.querySelector('quiz-countdown').set(0)")

    expect(page).to_have_url(exam.RESULT)
    expect(page.get_by_role("main")).to_contain_text("Oceniliśmy odpowiedzi, które były zapisane")
    assert Attempt.objects.get().answers.filter(score=1).count() == 1


def test_an_answer_that_comes_too_late_changes_nothing(site: object, browse: Browse, guard: Guard) -> None:
    guard.expected = {409}
    page = browse(exam.anna(time_limit=20))
    exam.start(page)
    exam.answer(page, 1)
    exam.saved(page, 1)
    exam.out_of_time(Attempt.objects.get())

    exam.answer(page, 4)

    expect(k1.question(page, 4).get_by_role("alert")).to_contain_text("Czas tego podejścia minął")
    assert exam.answered() == {1}
    page.get_by_role("button", name="Zakończ i wyślij").click()
    expect(page).to_have_url(exam.RESULT)
    assert exam.answered() == {1}
