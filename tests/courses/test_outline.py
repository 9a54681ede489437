"""The page tree as the rules see it."""

from decimal import Decimal

import pytest

from courses.models import CoursePage, LessonPage
from courses.outline import has_content, outline_of, outlines_of
from elearning.cms.models import HomePage, Project
from elearning.cms.models.base import page_path
from elearning.records.outline import ItemKind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(site: HomePage) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=2, hours=6)


def test_it_works(course: CoursePage) -> None:
    make.quiz(course, "Test", slug="test", pass_mark=60)
    outline = outline_of(course)
    assert [(item.title, item.kind) for item in outline.items] == [
        ("Lekcja 1", ItemKind.LESSON),
        ("Lekcja 2", ItemKind.LESSON),
        ("Test", ItemKind.QUIZ),
    ]
    assert outline.items[2].pass_mark == Decimal("0.6")
    assert outline.items[2].is_empty
    assert outline.url == "/kursy/kurs/"
    assert outline.certificate is not None
    assert outline.certificate.hours == 6


def test_addresses_are_those_of_wagtail(course: CoursePage) -> None:
    for page in LessonPage.objects.all():
        assert page_path(page) == page.get_url()


def test_moving_and_renaming_keep_the_ids(course: CoursePage) -> None:
    before = {item.title: item.id for item in outline_of(course).items}
    first = LessonPage.objects.get(title="Lekcja 1")
    other = make.module(course, "Inny moduł")
    first.move(other, pos="last-child")
    first = LessonPage.objects.get(pk=first.pk)
    first.title, first.slug = "Nowa nazwa", "nowa-nazwa"
    make.publish(first)
    after = {item.title: item.id for item in outline_of(course).items}
    assert after == {"Lekcja 2": before["Lekcja 2"], "Nowa nazwa": before["Lekcja 1"]}
    assert list(after) == ["Lekcja 2", "Nowa nazwa"]


def test_drafts_and_unpublished_lessons_are_left_out(course: CoursePage) -> None:
    LessonPage.objects.get(title="Lekcja 1").unpublish()
    assert [item.title for item in outline_of(course).items] == ["Lekcja 2"]


def test_a_copied_lesson_is_an_item_of_its_own(course: CoursePage) -> None:
    original = LessonPage.objects.get(title="Lekcja 1")
    make.publish(original.copy(update_attrs={"slug": "kopia", "title": "Kopia"}))
    ids = [item.id for item in outline_of(course).items]
    assert len(set(ids)) == 3


def test_a_changed_project_changes_the_terms_at_once(course: CoursePage) -> None:
    project = Project.objects.create(name="Liderzy", funding_text="Dawny tekst")
    course.project = project
    course = make.publish(course)
    assert outline_of(course).certificate.funding_text == "Dawny tekst"  # type: ignore[union-attr]
    project.funding_text = "Nowy tekst"
    project.save()
    assert outline_of(course).certificate.funding_text == "Nowy tekst"  # type: ignore[union-attr]
    assert outlines_of([course])[course.pk] is outline_of(course)


def test_one_query_while_nothing_changes(course: CoursePage, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    outline_of(course)
    with django_assert_num_queries(1):
        outline_of(course)


def test_rebuilding_takes_no_more_queries_for_more_lessons(course: CoursePage, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(3, 8):
        make.lesson(course, f"Lekcja {number}")
    with django_assert_num_queries(7):
        assert len(outline_of(course).items) == 7


@pytest.mark.parametrize(
    "raw",
    [
        [],
        [{"type": "paragraph", "value": ""}],
        [{"type": "paragraph", "value": "<p>\xa0</p>"}],
        [{"type": "steps", "value": {"title": " ", "steps": []}}],
        [{"type": "callout", "value": {"text": "<p></p>", "closed": True}}],
    ],
)
def test_blank_blocks_are_no_content(raw: list[object]) -> None:
    assert not has_content(raw)


def test_a_word_or_a_chosen_thing_is_content() -> None:
    assert has_content([{"type": "paragraph", "value": "<p>Treść</p>"}])
    assert has_content([{"type": "datum", "value": 7}])
