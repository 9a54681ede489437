"""Certificates in the admin: who sees them, who may revoke and replace, and what is asked."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Certificate
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/redakcja/zaswiadczenia/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def course(db: None) -> CoursePage:
    return make.course("Kurs", lessons=1, hours=6, organiser="ROPS")


@pytest.fixture
def certificate(learner: User, course: CoursePage) -> Certificate:
    make.complete(make.enrolment(learner, course), outline_of(course))
    return Certificate.objects.get()


def as_member_of(group: str) -> Client:
    person = make.user("Anna", "Redaktorska")
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor() -> Client:
    return as_member_of("Redakcja")


def test_it_works(certificate: Certificate, editor: Client) -> None:
    page = editor.get(LIST).content.decode()
    assert certificate.number in page
    assert "Anna Żółć-Śćibor" in page
    page = editor.get(f"{LIST}inspect/{certificate.pk}/").content.decode()
    assert "6\xa0godzin dydaktycznych" in page
    assert certificate.code in page
    assert "Unieważnij" in page


@pytest.mark.parametrize(("wanted", "shown"), [("valid", True), ("revoked", False), ("replaced", False)])
def test_the_list_is_filtered_by_state(certificate: Certificate, editor: Client, wanted: str, shown: bool) -> None:
    page = editor.get(LIST, {"state": wanted}).content.decode()
    assert (certificate.number in page) is shown


def test_the_list_is_searched_by_name(certificate: Certificate, editor: Client) -> None:
    assert certificate.number in editor.get(LIST, {"q": "Żółć"}).content.decode()
    assert certificate.number not in editor.get(LIST, {"q": "nowak"}).content.decode()


def test_the_list_takes_no_more_queries_for_more_rows(
    certificate: Certificate, course: CoursePage, editor: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make.complete(make.enrolment(make.user(), course), outline_of(course))
    editor.get(LIST)
    with django_assert_max_num_queries(25):
        editor.get(LIST)


@pytest.mark.parametrize("path", ["", "inspect/{}/", "uniewaznij/{}/", "popraw/{}/"])
def test_others_see_nothing(certificate: Certificate, as_learner: Client, path: str) -> None:
    for client in (as_learner, as_member_of("Prowadzący")):
        answer = client.get(LIST + path.format(certificate.pk))
        assert answer.status_code in {302, 403}
        assert certificate.number not in answer.content.decode()


@pytest.mark.parametrize("path", ["new/", "edit/{}/", "delete/{}/", "history/{}/", "usage/{}/"])
def test_nothing_is_edited_by_a_form(certificate: Certificate, administrator: User, client: Client, path: str) -> None:
    client.force_login(administrator)
    assert client.get(LIST + path.format(certificate.pk)).status_code == 404


def test_revoking_asks_for_a_reason(certificate: Certificate, editor: Client) -> None:
    answer = editor.post(f"{LIST}uniewaznij/{certificate.pk}/", {"reason": " "})
    assert "Podaj powód unieważnienia." in answer.content.decode()
    certificate.refresh_from_db()
    assert certificate.is_valid


def test_revoking_names_who_and_why(certificate: Certificate, editor: Client) -> None:
    editor.post(f"{LIST}uniewaznij/{certificate.pk}/", {"reason": "Pomyłka"})
    certificate.refresh_from_db()
    assert not certificate.is_valid
    page = editor.get(f"{LIST}inspect/{certificate.pk}/").content.decode()
    assert "unieważnione" in page
    assert "Pomyłka" in page
    assert "Anna Redaktorska" in page
    assert f"{LIST}popraw/{certificate.pk}/" not in page


def test_a_get_revokes_nothing(certificate: Certificate, editor: Client) -> None:
    assert editor.get(f"{LIST}uniewaznij/{certificate.pk}/").status_code == 200
    certificate.refresh_from_db()
    assert certificate.is_valid


def corrected(certificate: Certificate, **changes: str) -> dict[str, str]:
    keys = ("name", "course", "organiser", "place", "signatory_name", "signatory_function")
    return {**{key: certificate.facts[key] for key in keys}, **changes}


def test_replacing_leads_to_the_new_one(certificate: Certificate, editor: Client) -> None:
    answer = editor.post(f"{LIST}popraw/{certificate.pk}/", corrected(certificate, name="Anna Nowak"), follow=True)
    new = Certificate.objects.get(replaces=certificate)
    assert new.facts["name"] == "Anna Nowak"
    page = answer.content.decode()
    assert new.number in page
    assert certificate.number in page


def test_replacing_without_a_change_is_refused(certificate: Certificate, editor: Client) -> None:
    answer = editor.post(f"{LIST}popraw/{certificate.pk}/", corrected(certificate))
    assert "Nic nie zmieniono" in answer.content.decode()
    assert Certificate.objects.count() == 1


def test_replacing_twice_is_refused(certificate: Certificate, editor: Client) -> None:
    path = f"{LIST}popraw/{certificate.pk}/"
    editor.post(path, corrected(certificate, name="Anna Nowak"))
    assert editor.post(path, corrected(certificate, name="Anna Lis")).status_code == 404
    assert Certificate.objects.count() == 2


def test_an_empty_name_is_named_and_the_rest_is_kept(certificate: Certificate, editor: Client) -> None:
    changes = corrected(certificate, name="", place="Łańcut")
    answer = editor.post(f"{LIST}popraw/{certificate.pk}/", changes).content.decode()
    assert "Wpisz imię i nazwisko." in answer
    assert 'value="Łańcut"' in answer
    assert Certificate.objects.count() == 1
