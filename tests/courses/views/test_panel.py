"""„Mój panel”."""

import pytest
from django.test import Client

from courses.outline import outline_of
from elearning.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_it_works(as_learner: Client, learner: User) -> None:
    course = make.course("Kurs", lessons=2)
    make.complete(make.enrolment(learner, course), outline_of(course), items=1)
    page = as_learner.get("/panel/").content.decode()
    assert "Następny krok: Lekcja 2" in page
    assert outline_of(course).items[1].url in page


def test_an_empty_panel_leads_to_the_catalogue(as_learner: Client) -> None:
    make.site()
    assert "Nie masz jeszcze żadnego kursu" in as_learner.get("/panel/").content.decode()


def test_a_finished_course_has_its_certificate_and_its_news(as_learner: Client, learner: User) -> None:
    course = make.course("Kurs", lessons=1)
    make.complete(make.enrolment(learner, course), outline_of(course))
    make.lesson(course, "Nowa lekcja")
    page = as_learner.get("/panel/").content.decode().replace("&nbsp;", "\xa0")
    assert "Pobierz zaświadczenie" in page
    assert "W\xa0kursie są nowe treści: 1\xa0element." in page


def test_a_withdrawn_course_stays_by_name(as_learner: Client, learner: User) -> None:
    course = make.course("Kurs", lessons=1)
    make.enrolment(learner, course)
    course.unpublish()
    assert "Redakcja wycofała ten kurs." in as_learner.get("/panel/").content.decode()


def test_nobody_sees_the_courses_of_others(as_learner: Client, stranger: User) -> None:
    course = make.course("Cudzy kurs", lessons=1)
    make.complete(make.enrolment(stranger, course), outline_of(course))
    assert "Cudzy kurs" not in as_learner.get("/panel/").content.decode()


def test_a_stranger_logs_in_first(client: Client) -> None:
    assert client.get("/panel/").url == "/konto/login/?next=/panel/"


@pytest.mark.parametrize("courses", [3, 10])
def test_query_budget_holds_as_rows_grow(  # type: ignore[no-untyped-def]
    as_learner: Client, learner: User, courses: int, django_assert_max_num_queries
) -> None:
    first = make.course("Wymagany wcześniej", lessons=1)
    make.complete(make.enrolment(learner, first), outline_of(first))
    for number in range(courses):
        course = make.course(f"Kurs {number}", lessons=2)
        course.prerequisites.add(first)
        course = make.publish(course)
        make.complete(make.enrolment(learner, course), outline_of(course), items=1 + number % 2)
    as_learner.get("/panel/")
    with django_assert_max_num_queries(8):
        as_learner.get("/panel/")
