"""H5P activities in lessons and on pages of their own: who meets them, and what their results do to a course."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import CoursePage, LessonPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Certificate, Enrolment, Result
from elearning.records.outline import Item, Status
from h5p.django.models import Attempt, Library
from tests import make
from tests.courses import activities

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=0)


@pytest.fixture
def item(course: CoursePage) -> Item:
    activities.lesson(course, slug="lekcja")
    return activities.activities_of(course)[0]


def lesson_url(course: CoursePage) -> str:
    return outline_of(course).items[0].url


def test_it_works(as_learner: Client, learner: User, course: CoursePage, item: Item) -> None:
    make.enrolment(learner, course)
    page = as_learner.get(lesson_url(course)).content.decode()
    assert "<h5p-player" in page
    assert "zdobądź co najmniej 70% punktów" in page

    answer = activities.send(as_learner, learner.pk, item, {"open": True}, {"statement": activities.statement(3, 4)})

    assert answer.status_code == 200
    assert answer.json()["met"]
    result = Result.objects.get(item=item.id)
    assert (result.status, result.score, result.title) == (Status.COMPLETED, Decimal("0.75"), "Karta")
    assert result.page_id == LessonPage.objects.get().pk


def test_a_result_below_the_mark_leaves_it_in_progress(
    as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    make.enrolment(learner, course)

    answer = activities.send(as_learner, learner.pk, item, {"statement": activities.statement(2, 4)})

    assert not answer.json()["met"]
    assert Result.objects.get(item=item.id).status == Status.IN_PROGRESS
    page = as_learner.get("/kursy/kurs/").content.decode()
    assert "Zalicz aktywność „Karta”. Próg zaliczenia: 70%. Twój wynik: 50%." in page.replace("&nbsp;", " ")


def test_the_course_is_completed_by_its_last_activity(
    as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    enrolment = make.enrolment(learner, course)
    as_learner.post(f"{lesson_url(course)}-/ukonczone/")
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is None

    activities.send(as_learner, learner.pk, item, {"statement": activities.statement(4, 4)})

    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


def test_a_completed_lesson_sends_on_to_its_own_activity(
    as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    make.enrolment(learner, course)

    answer = as_learner.post(f"{lesson_url(course)}-/ukonczone/")

    assert answer.url == item.url
    assert "Na tej stronie jest jeszcze aktywność „Karta”." in as_learner.get(lesson_url(course)).content.decode()


def test_a_nested_result_completes_nothing(as_learner: Client, learner: User, course: CoursePage, item: Item) -> None:
    make.enrolment(learner, course)
    nested = activities.statement(4, 4, context={"contextActivities": {"parent": [{"id": "http://example.org/h5p"}]}})

    answer = activities.send(as_learner, learner.pk, item, {"statement": nested})

    assert answer.status_code == 200
    assert not Result.objects.filter(status=Status.COMPLETED).exists()


def test_only_the_enrolled_are_heard(
    client: Client, as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    sent = {"statement": activities.statement(4, 4, "completed")}

    assert activities.send(client, learner.pk, item, sent).status_code == 401
    assert activities.send(as_learner, learner.pk, item, sent).status_code == 403
    make.enrolment(learner, course)
    assert as_learner.post(f"/kursy/kurs/-/aktywnosc/{uuid4()}/", {}, content_type="application/json").status_code in {
        400,
        404,
    }
    assert not Attempt.objects.exists()
    assert not Result.objects.exists()


def test_a_blocked_activity_takes_no_result(as_learner: Client, learner: User) -> None:
    course = make.course("Po kolei", slug="po-kolei", lessons=1, sequential=True)
    activities.page(course, slug="cwiczenie")
    make.enrolment(learner, course)
    item = activities.activities_of(course)[0]

    assert activities.send(as_learner, learner.pk, item, {"statement": activities.statement()}).status_code == 403
    assert as_learner.get(item.url).status_code == 403
    assert not Attempt.objects.exists()


def test_an_activity_opens_together_with_its_lesson(as_learner: Client, learner: User) -> None:
    course = make.course("Po kolei", slug="po-kolei", lessons=0, sequential=True)
    activities.lesson(course, slug="pierwsza")
    make.lesson(course, "Druga", slug="druga")
    make.enrolment(learner, course)
    first, activity, second = outline_of(course).items

    assert activities.send(as_learner, learner.pk, activity, {"statement": activities.statement()}).status_code == 200
    assert as_learner.get(second.url).status_code == 403
    as_learner.post(f"{first.url}-/ukonczone/")
    assert as_learner.get(second.url).status_code == 200


def test_an_activity_of_its_own_has_a_page(as_learner: Client, learner: User, course: CoursePage) -> None:
    activities.page(course, slug="cwiczenie", policy="viewed", minimum_minutes=0)
    make.enrolment(learner, course)
    item = activities.activities_of(course)[0]

    page = as_learner.get(item.url).content.decode()
    assert "<h1>Ćwiczenie</h1>" in page
    assert "Krok 1&nbsp;z&nbsp;1" in page
    assert activities.send(as_learner, learner.pk, item, {"open": True}, {"viewed": True}).json()["met"]

    assert Certificate.objects.exists() is bool(Enrolment.objects.get().completed_at)
    assert Result.objects.get().status == Status.COMPLETED


def test_viewing_takes_its_time(as_learner: Client, learner: User, course: CoursePage) -> None:
    activities.page(course, slug="cwiczenie", policy="viewed", minimum_minutes=2)
    make.enrolment(learner, course)
    item = activities.activities_of(course)[0]

    answer = activities.send(as_learner, learner.pk, item, {"open": True}, {"viewed": True})

    assert answer.status_code == 409
    assert not Result.objects.exists()


def test_a_content_that_waits_for_consent_is_not_shown_to_learners(
    as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    make.enrolment(learner, course)
    Library.objects.update(trust=Library.Trust.QUARANTINED)

    page = as_learner.get(lesson_url(course)).content.decode()

    assert "<h5p-player" not in page
    assert page.count('class="h5p-player__message"') == 1


def test_a_copied_lesson_has_activities_of_its_own(course: CoursePage, item: Item) -> None:
    LessonPage.objects.get().copy(update_attrs={"slug": "kopia", "title": "Kopia"}, keep_live=True)

    first, second = activities.activities_of(course)

    assert first.id == item.id
    assert second.id != item.id


def test_queries(
    as_learner: Client,
    learner: User,
    course: CoursePage,
    item: Item,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    activities.page(course, slug="cwiczenie")
    make.enrolment(learner, course)
    alone = activities.activities_of(course)[1]
    for warm in (lesson_url(course), alone.url):
        as_learner.get(warm)

    with django_assert_max_num_queries(10):
        as_learner.get(lesson_url(course))
    with django_assert_max_num_queries(10):
        as_learner.get(alone.url)
    activities.send(as_learner, learner.pk, item, {"open": True})
    with django_assert_max_num_queries(20):
        activities.send(as_learner, learner.pk, item, {"statement": activities.statement(4, 4)})
