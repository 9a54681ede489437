"""J2: offline after question 4, answers 5–7, online, reload: announced, then „Zapisano”, and all seven are there."""

import pytest
from playwright.sync_api import expect

from elearning.records.models import Answer
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_answers_given_without_network_arrive_when_it_is_back(site: object, browse: Browse) -> None:
    page = browse(exam.anna())
    exam.start(page)
    exam.answer(page, 1, 2, 3, 4)
    exam.saved(page, 1, 2, 3, 4)

    page.context.set_offline(True)
    notice = page.get_by_role("status").filter(has_text=exam.OFFLINE)
    expect(notice).to_be_visible()
    exam.answer(page, 5, 6, 7)
    stop(page)
    for number in (5, 6, 7):
        expect(k1.question(page, number).get_by_text(exam.SAVED)).to_have_count(0)
    assert exam.answered() == {1, 2, 3, 4}
    assert exam.kept_on_device(page)

    page.context.set_offline(False)
    exam.saved(page, 5, 6, 7)
    expect(page.get_by_role("status").filter(has_text="Połączenie wróciło")).to_be_visible()
    assert exam.answered() == {1, 2, 3, 4, 5, 6, 7}
    assert exam.kept_on_device(page) == []

    page.reload()
    expect(k1.question(page, 1).get_by_label("3", exact=True)).to_be_checked()
    expect(k1.question(page, 5).get_by_label("Luka 1")).to_have_value("zespół")
    expect(k1.question(page, 7).get_by_label("Miejsce: porozumienie")).to_have_value("1")
    assert Answer.objects.count() == 7


def test_what_could_not_be_sent_before_the_window_was_closed_is_sent_by_the_next(
    site: object, browse: Browse, guard: Guard
) -> None:
    guard.expected = {503}
    page = browse(exam.anna())
    exam.start(page)
    page.route("**/odpowiedz/", exam.refuse)
    exam.answer(page, 1)
    expect(page.get_by_role("status").filter(has_text=exam.OFFLINE)).to_be_visible()
    assert exam.answered() == set()

    page.unroute("**/odpowiedz/")
    page.evaluate("document.querySelector('quiz-attempt').sent = true")  # the person chose to leave the page
    page.reload()

    exam.saved(page, 1)
    expect(k1.question(page, 1).get_by_label("3", exact=True)).to_be_checked()
    assert exam.answered() == {1}
    assert exam.kept_on_device(page) == []


def test_a_second_window_never_overwrites_unseen_answers(site: object, browse: Browse, guard: Guard) -> None:
    guard.expected = {409}
    person = exam.anna()
    page = browse(person)
    exam.start(page)
    other = page.context.new_page()
    other.goto(page.url)
    exam.answer(other, 4)
    exam.saved(other, 4)

    k1.question(page, 4).get_by_role("textbox").fill("12")
    k1.question(page, 4).get_by_role("textbox").blur()

    asked = k1.question(page, 4).get_by_role("alert")
    expect(asked).to_contain_text("jest nowsza odpowiedź")
    expect(asked).to_contain_text("86,3")
    stop(page)
    asked.get_by_role("button", name="Zapisz tę, którą widzę tutaj").click()
    exam.saved(page, 4)
    assert Answer.objects.get().value == "12"

    k1.question(other, 4).get_by_role("textbox").fill("86")
    k1.question(other, 4).get_by_role("textbox").blur()
    k1.question(other, 4).get_by_role("button", name="Zostaw nowszą").click()
    expect(k1.question(other, 4).get_by_role("textbox")).to_have_value("12")
    assert Answer.objects.get().value == "12"
