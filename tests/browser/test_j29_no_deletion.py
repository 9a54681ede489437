"""J29: content with 30 completions is not deleted, singly, in bulk or with its parent; unpublishing keeps records."""

import re
from time import time

import pytest
from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from courses.models import CoursePage, LessonPage, ModulePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Enrolment, Result
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import EDITOR_SECRET, Browse
from tests.browser.steps import log_in, submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PEOPLE = 30


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def learners(course: CoursePage) -> list[User]:
    """Thirty people who completed L1."""
    people = [make.user("Osoba", f"Numer {number}") for number in range(PEOPLE)]
    for person in people:
        make.complete(make.enrolment(person, course), outline_of(course), items=1)
    return people


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return LessonPage.objects.get(slug="l1")


def totp() -> str:
    """The digits that the editor's app shows now."""
    return format_hotp_value(hotp_value(EDITOR_SECRET, int(time()) // TOTP_PERIOD))


def refused(page: Page, *titles: str) -> None:
    """The page says why, names the content and how many people, and offers to unpublish."""
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nie można usunąć")
    for title in titles:
        expect(main).to_contain_text(title)
        expect(main.get_by_role("link", name=f"Wycofaj z publikacji „{title}”")).to_be_visible()
    expect(main).to_contain_text(re.compile(rf"{PEOPLE}\s+osób"))
    expect(main.get_by_role("button", name=re.compile("usuń", re.IGNORECASE))).to_have_count(0)


def kept() -> tuple[int, int, int]:
    return WagtailPage.objects.count(), Enrolment.objects.count(), Result.objects.count()


def test_an_editor_cannot_delete_the_lesson_and_unpublishes_it(
    editor: User, learners: list[User], lesson: LessonPage, browse: Browse
) -> None:
    before = kept()
    page = browse()
    page.goto("/redakcja/")
    log_in(page, editor.email)
    page.get_by_label(re.compile("kod", re.IGNORECASE)).fill(totp())
    submit(page, "Zaloguj się")
    expect(page).to_have_url(re.compile("/redakcja/$"))
    page.goto(f"/redakcja/pages/{lesson.pk}/delete/")
    refused(page, lesson.title)
    page.get_by_role("link", name=f"Wycofaj z publikacji „{lesson.title}”").click()
    page.get_by_role("main").get_by_role("button", name=re.compile("cofnij|wycofaj", re.IGNORECASE)).click()
    lesson.refresh_from_db()
    assert not lesson.live
    assert kept() == before
    assert set(Result.objects.values_list("title", flat=True)) == {lesson.title}


def test_nor_in_bulk(editor: User, learners: list[User], lesson: LessonPage, browse: Browse) -> None:
    before = kept()
    page = browse(editor)
    module = ModulePage.objects.get(slug="m1")
    page.goto(f"/redakcja/pages/{module.pk}/?ordering=title")  # in the order of learners, rows have handles instead
    page.get_by_role("checkbox", name=re.compile("wszystk|all", re.IGNORECASE)).first.check()
    page.get_by_role("link", name=re.compile("^Usuń")).click()
    page.get_by_role("main").get_by_role("button", name=re.compile("^Tak")).click()
    refused(page, lesson.title)
    assert kept() == before


def test_nor_with_its_module_or_its_course(
    editor: User, learners: list[User], course: CoursePage, browse: Browse
) -> None:
    before = kept()
    page = browse(editor)
    for above in (ModulePage.objects.get(slug="m1"), course):
        page.goto(f"/redakcja/pages/{above.pk}/delete/")
        refused(page, above.title)
    assert kept() == before


def test_nor_by_a_post_made_by_hand(editor: User, learners: list[User], lesson: LessonPage, browse: Browse) -> None:
    before = kept()
    page = browse(editor)
    module = ModulePage.objects.get(slug="m1")
    page.goto(f"/redakcja/pages/{module.pk}/")
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": page.url}
    for address in (
        f"/redakcja/pages/{lesson.pk}/delete/",
        f"/redakcja/pages/{module.pk}/delete/",
        f"/redakcja/bulk/wagtailcore/page/delete/?id={lesson.pk}&id={module.pk}",
    ):
        answer = page.request.post(address, headers=headers)
        assert answer.status == 409, address
        assert "Nie można usunąć" in answer.text()
    assert kept() == before


def test_what_nobody_learned_from_can_be_deleted(editor: User, course: CoursePage, browse: Browse) -> None:
    page = browse(editor)
    spare = make.lesson(ModulePage.objects.get(slug="m2"), "Zbędna", slug="zbedna")
    page.goto(f"/redakcja/pages/{spare.pk}/delete/")
    page.get_by_role("main").get_by_role("button", name=re.compile("usuń", re.IGNORECASE)).click()
    expect(page).not_to_have_url(re.compile("/delete/"))
    assert not LessonPage.objects.filter(pk=spare.pk).exists()


def test_the_old_link_of_a_learner_explains(learners: list[User], lesson: LessonPage, browse: Browse) -> None:
    lesson.unpublish()
    page = browse(learners[0])
    answer = page.goto(f"{k1.URL}m1/l1/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("main")).to_contain_text(lesson.title)
    expect(page.get_by_role("main")).to_contain_text("Twój wynik zostaje")
    stop(page)
    page.get_by_role("main").get_by_role("link", name="Mój panel").click()
    expect(page.get_by_role("main")).to_contain_text(k1.TITLE)
    stranger = browse()
    answer = stranger.goto(f"{k1.URL}m1/l1/")
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("main")).not_to_contain_text(lesson.title)


def test_the_old_link_into_an_unpublished_course_explains_too(
    learners: list[User], course: CoursePage, browse: Browse
) -> None:
    course.unpublish()
    page = browse(learners[0])
    for address in (f"{k1.URL}m1/l1/", k1.URL):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("main")).to_contain_text(k1.TITLE)
        stop(page)
    assert Enrolment.objects.filter(course_title=k1.TITLE).count() == PEOPLE
