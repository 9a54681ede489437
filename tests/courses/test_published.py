"""Pages kept in memory are never older than what is published."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from courses import published
from courses.models import CoursePage, LessonPage
from courses.published import course_at
from elearning.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CoursePage:
    return make.course(lessons=2, slug="w-pamieci")


def lesson_of(course: CoursePage) -> LessonPage:
    return LessonPage.objects.descendant_of(course).first()


def text_of(course: CoursePage) -> str:
    found = course_at(course.slug)
    assert found is not None
    return found.lesson(lesson_of(course).pk).body


def test_it_works_with_one_query_while_nothing_changes(
    course: CoursePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = course_at(course.slug)
    assert first is not None
    lesson = lesson_of(course)
    first.lesson(lesson.pk)
    with django_assert_num_queries(1):
        again = course_at(course.slug)
        assert again is first
        assert again.lesson(lesson.pk).page == lesson


def test_a_published_change_shows_at_once(course: CoursePage) -> None:
    assert "Treść lekcji." in text_of(course)
    page = lesson_of(course)
    page.body = [("paragraph", "<p>Nowa treść.</p>")]
    make.publish(page)
    assert "Nowa treść." in text_of(course)


def test_a_renamed_course_is_found_at_its_new_address_only(course: CoursePage) -> None:
    assert course_at("w-pamieci")
    course.slug = "po-zmianie"
    make.publish(course)
    assert course_at("w-pamieci") is None
    assert course_at("po-zmianie")


def test_an_unpublished_course_is_gone(course: CoursePage) -> None:
    assert course_at(course.slug)
    course.unpublish()
    assert course_at(course.slug) is None


def test_a_new_order_of_lessons_shows_at_once(course: CoursePage) -> None:
    before = course_at(course.slug)
    lesson_of(course).move(Page.objects.get(pk=lesson_of(course).get_parent().pk), pos="last-child")
    after = course_at(course.slug)
    assert before is not None
    assert after is not None
    assert [item.title for item in after.outline.items] == ["Lekcja 2", "Lekcja 1"]


def test_a_text_is_read_anew_after_a_minute(course: CoursePage, monkeypatch: pytest.MonkeyPatch) -> None:
    found = course_at(course.slug)
    assert found is not None
    first = found.lesson(lesson_of(course).pk)
    monkeypatch.setattr(published, "monotonic", lambda: first.until + 1)
    assert found.lesson(lesson_of(course).pk) is not first


def test_a_lesson_that_differs_from_visitor_to_visitor_is_kept_without_its_text(
    course: CoursePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "looks_the_same", lambda _kind, _value: False)
    found = course_at(course.slug)
    assert found is not None
    page_id = lesson_of(course).pk
    assert found.lesson(page_id).body == ""


def test_a_visitor_reads_the_lesson_that_is_kept(course: CoursePage, learner: User, as_learner: Client) -> None:
    make.enrolment(learner, course)
    address = make.outline_of(course).items[0].url
    first, second = as_learner.get(address), as_learner.get(address)
    assert "Treść lekcji." in first.content.decode()
    assert "Treść lekcji." in second.content.decode()
