"""Learners in the admin: the list, and where one of them stands, in the same words as on the course page."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import recording
from elearning.records.models import Enrolment
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/redakcja/uczestnicy/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def course(db: None) -> CoursePage:
    page = make.course("Kurs", lessons=2)
    make.quiz(page, "Test końcowy", pass_mark=70)
    return page


@pytest.fixture
def enrolment(learner: User, course: CoursePage) -> Enrolment:
    enrolment = make.enrolment(learner, course)
    make.complete(enrolment, outline_of(course), items=1)
    return enrolment


@pytest.fixture(params=["Redakcja", "Koordynacja", "Prowadzący"])
def staff(request: Any, db: None) -> Client:
    return as_member_of(request.param)


def as_member_of(group: str) -> Client:
    person = make.user("Tomasz", "Wójcik")
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


def test_it_works(enrolment: Enrolment, staff: Client) -> None:
    page = staff.get(LIST).content.decode()
    assert "Anna Żółć-Śćibor" in page
    assert "PCPR A" in page
    assert f"{LIST}inspect/{enrolment.pk}/" in page
    assert "w toku" in page
    assert f"{enrolment.enrolled_at:%Y}" in page
    assert "temu" not in page


def test_trainers_read_numbers_of_certificates_but_open_none(enrolment: Enrolment, course: CoursePage) -> None:
    course.get_descendants().get(title="Test końcowy").unpublish()
    make.complete(enrolment, outline_of(course))
    page = as_member_of("Prowadzący").get(f"{LIST}inspect/{enrolment.pk}/").content.decode()
    certificate = enrolment.certificates.get()
    assert certificate.number in page
    assert reverse("zaswiadczenia:inspect", args=[certificate.pk]) not in page


def test_the_editor_reads_what_the_learner_reads(enrolment: Enrolment, course: CoursePage, as_learner: Client) -> None:
    outline = outline_of(course)
    unmet = [condition.text for condition in recording.progress(enrolment, outline).unmet]
    assert len(unmet) == 2
    editors = as_member_of("Redakcja").get(f"{LIST}inspect/{enrolment.pk}/").content.decode()
    learners = as_learner.get(outline.url).content.decode()
    assert "Dlaczego nie ukończono?" in editors
    for text in unmet:
        assert text in editors
        assert text in learners


def test_a_completed_course_shows_its_certificate(
    enrolment: Enrolment, course: CoursePage, administrator: User, client: Client
) -> None:
    for page in outline_of(course).items[2:]:
        assert page.title == "Test końcowy"
    course.get_descendants().get(title="Test końcowy").unpublish()
    make.complete(enrolment, outline_of(course))
    client.force_login(administrator)
    page = client.get(f"{LIST}inspect/{enrolment.pk}/").content.decode()
    assert "Dlaczego nie ukończono?" not in page
    assert reverse("zaswiadczenia:inspect", args=[enrolment.certificates.get().pk]) in page
    assert "100%" in page


def test_a_withdrawn_course_keeps_its_results_on_show(
    enrolment: Enrolment, course: CoursePage, administrator: User, client: Client
) -> None:
    course.unpublish()
    client.force_login(administrator)
    page = client.get(f"{LIST}inspect/{enrolment.pk}/").content.decode()
    assert "wycofany" in page
    assert "Lekcja 1" in page


@pytest.mark.parametrize(("wanted", "shown"), [("running", True), ("completed", False), ("left", False)])
def test_the_list_is_filtered_by_state(
    enrolment: Enrolment, administrator: User, client: Client, wanted: str, shown: bool
) -> None:
    client.force_login(administrator)
    assert ("Anna Żółć-Śćibor" in client.get(LIST, {"state": wanted}).content.decode()) is shown


def test_the_list_is_filtered_by_course(
    enrolment: Enrolment, course: CoursePage, administrator: User, client: Client
) -> None:
    other = make.course("Inny kurs")
    client.force_login(administrator)
    assert "Anna Żółć-Śćibor" in client.get(LIST, {"course": course.pk}).content.decode()
    assert "Anna Żółć-Śćibor" not in client.get(LIST, {"course": other.pk}).content.decode()


def test_the_list_takes_no_more_queries_for_more_rows(
    enrolment: Enrolment, course: CoursePage, administrator: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make.enrolment(make.user(institution=make.institution(f"PCPR {number}")), course)
    client.force_login(administrator)
    client.get(LIST)
    with django_assert_max_num_queries(25):
        client.get(LIST)


def test_learners_see_nothing_of_it(enrolment: Enrolment, as_learner: Client) -> None:
    for path in (LIST, f"{LIST}inspect/{enrolment.pk}/"):
        assert as_learner.get(path).status_code in {302, 403}


@pytest.mark.parametrize("path", ["new/", "edit/{}/", "delete/{}/"])
def test_nothing_is_edited_by_a_form(enrolment: Enrolment, administrator: User, client: Client, path: str) -> None:
    client.force_login(administrator)
    assert client.get(LIST + path.format(enrolment.pk)).status_code == 404
