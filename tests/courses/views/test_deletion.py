"""Deleting content that people have learned from (J29)."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage, LessonPage, ModulePage
from courses.outline import outline_of
from elearning.records.models import Result
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> CoursePage:
    made = make.course("Kurs", lessons=2)
    for number in range(3):
        person = make.user(email=f"u{number}@example.org")
        make.complete(make.enrolment(person, made), outline_of(made), items=1)
    return made


@pytest.fixture
def editor(client: Client, settings) -> Client:  # type: ignore[no-untyped-def]
    """Somebody of „Redakcja”, not an administrator who may do everything."""
    settings.STAFF_SECOND_FACTOR = False
    person = make.user("Renata", "Redaktorska", is_staff=True)
    person.groups.add(Group.objects.get(name="Redakcja"))
    client.force_login(person)
    return client


def test_a_lesson_with_records_stays_and_says_how_many(editor: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(title="Lekcja 1")
    response = editor.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    assert response.status_code == 409
    assert "3\xa0osoby" in response.content.decode().replace("&nbsp;", "\xa0")
    assert "Wycofaj z publikacji" in response.content.decode().replace("&nbsp;", " ")
    assert reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]) in response.content.decode()
    assert reverse("wagtailadmin_explore", args=[lesson.get_parent().pk]) in response.content.decode()
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


@pytest.mark.parametrize("model", [ModulePage, CoursePage])
def test_its_parents_stay_too(editor: Client, course: CoursePage, model: type) -> None:
    parent = model.objects.get()
    response = editor.post(reverse("wagtailadmin_pages:delete", args=[parent.pk]))
    assert response.status_code == 409
    assert "Razem z podstronami" in response.content.decode().replace("&nbsp;", " ")
    assert Result.objects.count() == 3


def test_bulk_deletion_is_refused(editor: Client, course: CoursePage) -> None:
    lessons = LessonPage.objects.order_by("title")
    ids = "&".join(f"id={lesson.pk}" for lesson in lessons)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = editor.post(f"{url}?{ids}&next=/redakcja/")
    assert response.status_code == 409
    assert lessons.count() == 2


def test_a_lesson_nobody_did_can_be_deleted(editor: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(title="Lekcja 2")
    response = editor.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))
    assert response.status_code == 302
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()


def test_unpublishing_keeps_records_and_titles(editor: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(title="Lekcja 1")
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]))
    assert set(Result.objects.values_list("title", flat=True)) == {"Lekcja 1"}


def test_a_course_nobody_takes_goes_with_all_below_it(editor: Client) -> None:
    draft = make.course("Kurs bez osób")
    assert editor.post(reverse("wagtailadmin_pages:delete", args=[draft.pk])).status_code == 302
    assert not LessonPage.objects.exists()
