"""Films in lessons: who meets them, and what watching them does to a course."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.cms.rates import Rate
from elearning.records import recording
from elearning.records.models import Enrolment, Result
from elearning.records.outline import Item, Status
from media import viewing
from media.models import FilmPage, Watch
from media.views import progress
from tests import make
from tests.courses import films
from tests.courses.films import MINUTE
from tests.media.films import browser_of
from tests.media.films import person as person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(site: Any) -> FilmPage:
    return films.film()


@pytest.fixture
def course(site: Any) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=0)


@pytest.fixture
def item(course: CoursePage, film: FilmPage) -> Item:
    films.lesson(course, films.block(film), slug="lekcja")
    return films.films_of(course)[0]


def status_of(item: Item) -> str | None:
    return Result.objects.filter(item=item.id).values_list("status", flat=True).first()


def course_page(client: Client) -> str:
    return client.get("/kursy/kurs/").content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def lesson_page(client: Client, course: CoursePage) -> str:
    return client.get(outline_of(course).items[0].url).content.decode()


def test_it_works(as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item) -> None:
    enrolment = make.enrolment(learner, course)
    page = lesson_page(as_learner, course)
    assert f'id="{item.url.partition("#")[2]}"' in page
    assert f'data-save="/kursy/kurs/-/film/{item.id}/"' in page
    token = films.token(film, learner)

    begun = films.send(as_learner, item, token, (0, 6), position=6)

    assert begun.json() == {
        "watched": 6 * MINUTE,
        "share": 0.6,
        "text": "Obejrzano 6 z\xa010 minut. Do ukończenia brakuje 3 minut.",
        "met": False,
    }
    assert status_of(item) == Status.IN_PROGRESS
    page = lesson_page(as_learner, course)
    assert "Obejrzano 6 z\xa010 minut. Do ukończenia brakuje 3 minut." in page
    assert f'data-start="{6 * MINUTE}"' in page

    done = films.send(as_learner, item, token, (0, 6), (7, 10), position=10)

    assert done.json()["met"]
    assert (Result.objects.get().status, Result.objects.get().title) == (Status.COMPLETED, "Film o zespole")
    as_learner.post(f"{outline_of(course).items[0].url}-/ukonczone/")
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


def test_the_page_of_a_course_names_the_film_that_is_missing(
    as_learner: Client, learner: User, course: CoursePage, item: Item
) -> None:
    make.enrolment(learner, course)
    assert "Obejrzyj film „Film o zespole”." in course_page(as_learner)
    as_learner.post(f"{outline_of(course).items[0].url}-/ukonczone/")
    page = lesson_page(as_learner, course).replace("\xa0", " ")
    assert "Na tej stronie jest jeszcze film „Film o zespole”." in page


def test_what_was_watched_elsewhere_counts_with_the_first_report(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    token = films.token(film, learner)
    viewing.report(user=learner, film=film, token=token, played=[[0, 9 * MINUTE]], position=0)
    assert status_of(item) is None
    assert "data-begun" in lesson_page(as_learner, course)

    assert films.send(as_learner, item, films.token(film, learner, minutes_ago=0)).json()["met"]

    assert status_of(item) == Status.COMPLETED


def test_an_empty_report_begins_nothing(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    assert films.send(as_learner, item, films.token(film, learner)).status_code == 200
    assert status_of(item) is None


def test_a_report_that_comes_twice_records_once(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    token = films.token(film, learner)
    first, again = (films.send(as_learner, item, token, (0, 9.5)) for _ in range(2))
    assert first.json() == again.json()
    assert Result.objects.count() == Watch.objects.count() == 1


def test_only_the_enrolled_are_heard(
    as_learner: Client, learner: User, colleague: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    token = films.token(film, learner)
    assert films.send(Client(), item, token, (0, 9)).status_code == 401
    assert films.send(as_learner, item, token, (0, 9)).status_code == 403
    make.enrolment(learner, course)
    make.enrolment(colleague, course)
    assert films.send(browser_of(colleague), item, token, (0, 9)).status_code == 403
    assert as_learner.get(f"/kursy/kurs/-/film/{item.id}/").status_code == 405
    lesson = outline_of(course).items[0]
    for key in (uuid4(), lesson.id):
        assert as_learner.post(f"/kursy/kurs/-/film/{key}/", "{}", content_type="application/json").status_code == 404
    assert as_learner.post(f"/kursy/kurs/-/film/{item.id}/", "[", content_type="application/json").status_code == 400
    assert not Watch.objects.exists()
    assert not Result.objects.exists()


def test_staff_are_no_learners_unless_they_enrol(
    administrator: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    for person in (administrator, person_of("Redakcja", email="red@example.org")):
        token = films.token(film, person)
        assert films.send(browser_of(person), item, token, (0, 9)).status_code == 403
        assert not Watch.objects.filter(user=person).exists()
        make.enrolment(person, course)
        assert films.send(browser_of(person), item, token, (0, 9)).json()["met"]
        assert Result.objects.filter(enrolment__user=person, status=Status.COMPLETED).exists()


def test_whoever_left_the_course_is_not_heard(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    recording.leave(make.enrolment(learner, course))
    assert films.send(as_learner, item, films.token(film, learner), (0, 9)).status_code == 403
    assert not Watch.objects.exists()


def test_the_whole_film_at_once_is_not_believed(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    token = films.token(film, learner, minutes_ago=0)
    for _ in range(5):
        answer = films.send(as_learner, item, token, (0, 10), position=10).json()
        assert not answer["met"]
        assert answer["watched"] < MINUTE // 2
    assert status_of(item) == Status.IN_PROGRESS


def test_a_film_that_one_may_not_see_takes_nothing(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    token = films.token(film, learner)
    PageViewRestriction.objects.create(page=film, restriction_type="groups")
    assert films.send(as_learner, item, token, (0, 9)).status_code == 403
    PageViewRestriction.objects.all().delete()
    film.unpublish()
    assert films.send(as_learner, item, token, (0, 9)).status_code == 403
    assert not Watch.objects.exists()
    page = lesson_page(as_learner, course)
    assert "Tego filmu teraz nie ma" in page
    assert "<film-progress" not in page
    assert "Obejrzyj film „Film o zespole”." in course_page(as_learner)


def test_a_film_completed_before_it_went_stays_completed(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, item: Item
) -> None:
    make.enrolment(learner, course)
    films.send(as_learner, item, films.token(film, learner), (0, 9))
    film.unpublish()
    assert "Obejrzyj film" not in course_page(as_learner)
    assert "Tego filmu teraz nie ma" in lesson_page(as_learner, course)


def test_a_blocked_film_is_not_counted(as_learner: Client, learner: User, film: FilmPage) -> None:
    course = make.course("Po kolei", slug="po-kolei", lessons=1, sequential=True)
    films.lesson(course, films.block(film), slug="z-filmem")
    make.enrolment(learner, course)
    assert films.send(as_learner, films.films_of(course)[0], films.token(film, learner), (0, 9)).status_code == 403
    assert not Watch.objects.exists()


def test_two_lessons_with_one_film_share_what_was_watched(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage
) -> None:
    films.lesson(course, films.block(film, share=50), films.block(film, title="Jeszcze raz", share=100), slug="dwa")
    make.enrolment(learner, course)
    half, whole = films.films_of(course)
    token = films.token(film, learner)
    assert films.send(as_learner, half, token, (0, 6)).json()["met"]
    assert not films.send(as_learner, whole, token, (0, 6)).json()["met"]
    assert (status_of(half), status_of(whole)) == (Status.COMPLETED, Status.IN_PROGRESS)


def test_too_many_reports_wait(
    as_learner: Client,
    learner: User,
    course: CoursePage,
    film: FilmPage,
    item: Item,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make.enrolment(learner, course)
    monkeypatch.setattr(progress, "RATE", Rate(2, seconds=10**9))
    token = films.token(film, learner)
    assert [films.send(as_learner, item, token, (0, 1)).status_code for _ in range(3)] == [200, 200, 429]


def test_a_report_costs_eight_queries(
    as_learner: Client,
    learner: User,
    course: CoursePage,
    film: FilmPage,
    item: Item,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.enrolment(learner, course)
    films.lesson(course, films.block(films.film(), title="Drugi"), slug="druga")
    token = films.token(film, learner)
    films.send(as_learner, item, token, (0, 1))
    # Session, user, course, standing, film, who may see it; the lock and the update, between two of a savepoint.
    with django_assert_num_queries(10):
        films.send(as_learner, item, token, (0, 2))


def test_a_lesson_with_films_costs_little(
    as_learner: Client, learner: User, course: CoursePage, film: FilmPage, django_assert_max_num_queries: Any
) -> None:
    films.lesson(course, films.block(film), films.block(films.film(), title="Drugi"), slug="dwa")
    make.enrolment(learner, course)
    lesson_page(as_learner, course)
    with django_assert_max_num_queries(26) as counted:
        lesson_page(as_learner, course)
    assert not [query for query in counted.captured_queries if re.search("wagtailcore_revision", query["sql"])]
