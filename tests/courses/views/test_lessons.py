"""The course page, lessons, and what a learner does there."""

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Enrolment, Result
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=2, sequential=True)


def urls(course: CoursePage) -> list[str]:
    return [item.url for item in outline_of(course).items]


def test_it_works(as_learner: Client, learner: User, course: CoursePage) -> None:
    page = as_learner.get("/kursy/kurs/").content.decode()
    assert "Zapisz mnie na kurs" in page
    response = as_learner.post("/kursy/kurs/-/zapis/", follow=True)
    assert "Zapisaliśmy Cię na kurs „Kurs”." in response.content.decode()
    assert "Kontynuuj" in response.content.decode()
    first, second = urls(course)
    assert "Oznacz jako ukończone" in as_learner.get(first).content.decode()
    assert as_learner.post(f"{first}-/ukonczone/").url == second
    assert as_learner.post(f"{second}-/ukonczone/").url == "/kursy/kurs/"
    assert Enrolment.objects.get(user=learner).completed_at is not None


def test_the_course_page_is_open_to_a_stranger_without_state(client: Client, course: CoursePage) -> None:
    page = client.get("/kursy/kurs/").content.decode()
    assert "Zaloguj się i&nbsp;zapisz na kurs" in page
    assert "Lekcja 1" in page


def test_enrolling_is_never_a_get(as_learner: Client, course: CoursePage) -> None:
    assert as_learner.get("/kursy/kurs/-/zapis/").status_code == 405
    assert not Enrolment.objects.exists()


def test_a_stranger_who_enrols_logs_in_first(client: Client, course: CoursePage) -> None:
    assert client.post("/kursy/kurs/-/zapis/").url == "/konto/login/?next=/kursy/kurs/"
    assert client.post(f"{urls(course)[0]}-/ukonczone/").url == "/konto/login/?next=/kursy/kurs/"
    assert not Enrolment.objects.exists()


def test_a_withdrawn_course_explains_itself_to_its_learners(
    as_learner: Client, learner: User, client: Client, course: CoursePage
) -> None:
    make.enrolment(learner, course)
    course.unpublish()
    response = as_learner.get("/kursy/kurs/")
    assert response.status_code == 404
    assert "Redakcja wycofała kurs „Kurs”." in response.content.decode()
    assert "Redakcja wycofała" not in client.get("/kursy/kurs/").content.decode()


def test_a_lesson_leads_the_stranger_to_log_in_and_back(client: Client, course: CoursePage) -> None:
    first = urls(course)[0]
    assert client.get(first).url == f"/konto/login/?next={first}"


def test_a_lesson_sends_the_not_enrolled_to_the_course(as_learner: Client, course: CoursePage) -> None:
    assert as_learner.get(urls(course)[0]).url == "/kursy/kurs/"


def test_a_blocked_lesson_names_what_comes_first(as_learner: Client, learner: User, course: CoursePage) -> None:
    make.enrolment(learner, course)
    first, second = urls(course)
    response = as_learner.get(second)
    assert response.status_code == 403
    assert f'<a href="{first}">Lekcja 1</a>' in response.content.decode()
    assert as_learner.post(f"{second}-/ukonczone/").status_code == 403
    assert not Result.objects.exists()


def test_why_not_completed_lists_the_unmet_conditions(as_learner: Client, learner: User, course: CoursePage) -> None:
    make.enrolment(learner, course)
    page = as_learner.get("/kursy/kurs/").content.decode()
    assert "Dlaczego nie ukończono?" in page
    assert "Ukończ lekcję „Lekcja 2”." in page


def test_an_empty_lesson_cannot_be_completed(as_learner: Client, learner: User, course: CoursePage) -> None:
    make.lesson(course, "Pusta", slug="pusta", body=[], required=False)
    enrolment = make.enrolment(learner, course)
    make.complete(enrolment, outline_of(course), items=2)
    assert as_learner.post(f"{urls(course)[2]}-/ukonczone/").status_code == 404


def test_enrolment_is_closed_after_its_last_day(as_learner: Client) -> None:
    closed = timezone.localdate() - timezone.timedelta(days=1)
    make.course("Zamknięty", slug="zamkniety", closes_on=closed)
    assert "Zapisy na ten kurs są zamknięte." in as_learner.get("/kursy/zamkniety/").content.decode()
    as_learner.post("/kursy/zamkniety/-/zapis/")
    assert not Enrolment.objects.exists()


def test_leaving_and_coming_back_keeps_the_results(as_learner: Client, learner: User, course: CoursePage) -> None:
    make.complete(make.enrolment(learner, course), outline_of(course), items=1)
    as_learner.post("/kursy/kurs/-/wypisanie/")
    assert "Zapisz mnie na kurs" in as_learner.get("/kursy/kurs/").content.decode()
    as_learner.post("/kursy/kurs/-/zapis/")
    assert "1\xa0z\xa02 · 50%" in as_learner.get("/kursy/kurs/").content.decode().replace("&nbsp;", "\xa0")


def test_a_withdrawn_lesson_explains_itself_to_who_did_it(
    as_learner: Client, learner: User, client: Client, course: CoursePage
) -> None:
    first = urls(course)[0]
    make.complete(make.enrolment(learner, course), outline_of(course), items=1)
    LessonPage.objects.get(title="Lekcja 1").unpublish()
    response = as_learner.get(first)
    assert response.status_code == 404
    assert "Redakcja wycofała „Lekcja 1”" in response.content.decode()
    assert "Redakcja wycofała" not in client.get(first).content.decode()


def test_a_renamed_lesson_is_found_under_its_old_address(  # type: ignore[no-untyped-def]
    as_learner: Client, learner: User, course: CoursePage, django_capture_on_commit_callbacks
) -> None:
    make.enrolment(learner, course)
    first = urls(course)[0]
    lesson = LessonPage.objects.get(title="Lekcja 1")
    lesson.slug = "nowy-adres"
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail makes the redirect after the commit
        make.publish(lesson)
    response = as_learner.get(first)
    assert response.status_code == 301
    assert response.url == urls(course)[0]


def test_unknown_addresses_are_404(as_learner: Client, course: CoursePage) -> None:
    for path in ("/kursy/nie-ma/", "/kursy/kurs/nie-ma/", "/kursy/kurs/nie-ma/tez-nie/"):
        assert as_learner.get(path).status_code == 404


@pytest.mark.parametrize("lessons", [10, 40])
def test_query_budgets_hold_as_rows_grow(  # type: ignore[no-untyped-def]
    as_learner: Client, learner: User, lessons: int, django_assert_max_num_queries
) -> None:
    course = make.course("Duży", slug="duzy", lessons=lessons)
    make.complete(make.enrolment(learner, course), outline_of(course), items=lessons // 2)
    with django_assert_max_num_queries(8):
        as_learner.get("/kursy/duzy/")
    with django_assert_max_num_queries(8):
        as_learner.get(urls(course)[lessons // 2])
