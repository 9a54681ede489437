"""J4: „Zakończ i wyślij” clicked twice, then the POST replayed: one result, and the second answer shows it."""

import re

import pytest
from playwright.sync_api import Request, expect

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records.models import Attempt, Certificate, Result
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

RESULT = re.compile(r"/podejscie/1/wynik/$")


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def anna(course: CoursePage) -> User:
    """Anna with all lessons done."""
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    make.complete(make.enrolment(person, course), outline_of(course), items=4)
    return person


def test_a_double_click_and_a_replayed_post_make_one_result(anna: User, browse: Browse) -> None:
    page = browse(anna)
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.url.endswith("/wyslij/") else None)
    page.goto(k1.QUIZ_URL)
    page.get_by_role("button", name="Rozpocznij podejście").click()
    k1.answer_all(page, right=8)
    stop(page)
    page.get_by_role("button", name="Zakończ i wyślij").dblclick()
    expect(page).to_have_url(RESULT)
    shown = page.get_by_role("main").inner_text()
    assert "80%" in shown
    stop(page)
    before = list(Attempt.objects.values()), list(Result.objects.values())
    again = page.request.post(posts[0].url, data=posts[0].post_data, headers={**FORM, "Referer": page.url})
    assert again.status == 200
    assert RESULT.search(again.url)
    page.reload()
    assert page.get_by_role("main").inner_text() == shown
    assert (list(Attempt.objects.values()), list(Result.objects.values())) == before
    assert Attempt.objects.count() == 1
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(key__startswith="course-completed").count() == 1


def test_two_windows_that_send_at_once_make_one_result(anna: User, browse: Browse) -> None:
    page = browse(anna)
    page.goto(k1.QUIZ_URL)
    page.get_by_role("button", name="Rozpocznij podejście").click()
    k1.answer_all(page)
    other = browse(anna)
    other.goto(page.url)
    # Neither waits for the other: both requests leave before an answer to the first can arrive.
    for window in (page, other):
        window.evaluate("document.querySelector('quiz-attempt form').submit()")
    for window in (page, other):
        expect(window).to_have_url(RESULT)
        expect(window.get_by_role("main")).to_contain_text("100%")
    assert Attempt.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_without_scripts_the_double_click_is_as_harmless(anna: User, browse: Browse) -> None:
    page = browse(anna, java_script_enabled=False)
    page.goto(k1.QUIZ_URL)
    page.get_by_role("button", name="Rozpocznij podejście").click()
    for number, kind in enumerate(k1.KINDS, 1):
        k1.ANSWER[kind](k1.question(page, number), True)
    page.get_by_role("button", name="Zakończ i wyślij").dblclick()
    expect(page).to_have_url(RESULT)
    expect(page.get_by_role("main")).to_contain_text("100%")
    assert Attempt.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_unanswered_questions_are_named_before_anything_is_sent(anna: User, browse: Browse) -> None:
    page = browse(anna)
    page.goto(k1.QUIZ_URL)
    page.get_by_role("button", name="Rozpocznij podejście").click()
    k1.ANSWER["single_choice"](k1.question(page, 1), True)
    page.get_by_role("button", name="Zakończ i wyślij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zostały pytania bez odpowiedzi")
    stop(page)
    assert Attempt.objects.get().submitted_at is None
    page.get_by_role("link", name="Pytanie 2", exact=True).click()
    expect(k1.question(page, 1).get_by_label("3", exact=True)).to_be_checked()
    page.get_by_role("button", name="Zakończ i wyślij").click()
    page.get_by_role("button", name="Wyślij mimo to").click()
    expect(page).to_have_url(RESULT)
    expect(page.get_by_role("main")).to_contain_text("Niezaliczone")
    stop(page)


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
