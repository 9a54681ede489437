"""J15: T1 opened before L3 names L3; all of K1 by keyboard, on 320 px and at 400 % zoom, without dragging."""

import re

import pytest
from playwright.sync_api import Page, expect

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Attempt, Enrolment
from tests import make
from tests.browser import k1
from tests.browser.checks import press, stop, tab_to
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# 1280 px of screen seen at 400 % are 320 px of CSS with four device pixels each.
ZOOMS = {"320 px": {"width": 320, "height": 640}, "400 %": {"width": 320, "height": 256, "scale": 4}}


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def anna(site: object) -> User:
    return make.user("Anna", "Żółć-Śćibor", email="anna@example.org")


def test_a_test_before_its_lessons_names_the_lesson_and_leads_there(
    course: CoursePage, anna: User, browse: Browse
) -> None:
    enrolment = make.enrolment(anna, course)
    make.complete(enrolment, outline_of(course), items=2)
    page = browse(anna)
    answer = page.goto(k1.QUIZ_URL)
    assert answer is not None
    assert answer.status == 403
    stop(page)
    page.get_by_role("main").get_by_role("link", name=k1.LESSONS["L3"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(k1.LESSONS["L3"])
    expect(page.get_by_role("button", name="Oznacz jako ukończone")).to_be_visible()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("screen", ZOOMS.values(), ids=ZOOMS)
def test_all_of_the_course_by_keyboard(
    course: CoursePage, anna: User, browse: Browse, screen: dict[str, float]
) -> None:
    page = browse(anna, **screen)
    page.goto(k1.URL)
    stop(page)
    press(page, page.get_by_role("button", name="Zapisz mnie na kurs"))
    expect(page.get_by_role("status").or_(page.locator(".messages")).first).to_contain_text("Zapisaliśmy Cię na kurs")
    stop(page)
    press(page, page.get_by_role("main").get_by_role("link", name=re.compile("^Kontynuuj")))
    for title in k1.LESSONS.values():
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        stop(page)
        if title == k1.LESSONS["L3"]:
            k1.do_activity_by_keyboard(page)
            k1.expect_activity_saved(page)
            stop(page)
        press(page, page.get_by_role("button", name="Oznacz jako ukończone"))
    expect(page.get_by_role("heading", level=1)).to_have_text(k1.QUIZ)
    stop(page)
    press(page, page.get_by_role("button", name="Rozpocznij podejście"))
    k1.answer_by_keyboard(page)
    stop(page)
    press(page, page.get_by_role("button", name="Zakończ i wyślij"))
    expect(page.get_by_role("main")).to_contain_text("100%")
    expect(page.get_by_role("main")).to_contain_text("Zaliczone")
    stop(page)
    assert Enrolment.objects.get().completed_at is not None


def test_the_focus_is_always_seen(course: CoursePage, anna: User, browse: Browse) -> None:
    make.enrolment(anna, course)
    page = browse(anna, width=320, height=640)
    page.goto(k1.URL)
    _every_stop_is_seen(page)
    page.goto(f"{k1.URL}m1/l1/")
    _every_stop_is_seen(page)


def _every_stop_is_seen(page: Page) -> None:
    """Tab round the page: each stop has an outline and lies inside the screen, not under anything sticky."""
    tab_to(page, page.get_by_role("link", name="Przejdź do treści"))
    seen = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUS)
        if where is None:
            break
        seen += 1
        assert where["marked"], f"no outline: {where['html']}"
        assert where["onTop"], f"covered: {where['html']}"
    assert seen > 8


FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const near = element.closest('.card, .choice') ?? element;
  const outlined = [element, near].some(one => getComputedStyle(one).outlineStyle !== 'none');
  const marked = outlined || style.boxShadow !== 'none';
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 10)];
  const top = document.elementFromPoint(x, y);
  const onTop = box.height > innerHeight || !top || element.contains(top) || top.contains(element);
  return {marked, onTop, html: element.outerHTML.slice(0, 120)};
}"""
