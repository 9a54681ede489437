"""Certificates for their owners and for those who verify them."""

from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import certificate_files, certificates
from elearning.records.models import Certificate
from elearning.records.views.certificates import TRIES
from tests import make

pytestmark = pytest.mark.django_db

WRONG = "BBBB-CCCC-DDDD"
UNKNOWN = "Nie ma zaświadczenia o\xa0takim kodzie."


@pytest.fixture
def course(db: None) -> CoursePage:
    return make.course("Kurs", lessons=1, hours=6, organiser="ROPS", place="Rzeszów", signatory_name="Jan Wzór")


@pytest.fixture
def certificate(learner: User, course: CoursePage) -> Certificate:
    make.complete(make.enrolment(learner, course), outline_of(course))
    return Certificate.objects.get()


def file_path(certificate: Certificate) -> str:
    return f"/zaswiadczenia/{certificate.code}/pdf/"


def download(client: Client, certificate: Certificate) -> tuple[Any, bytes]:
    """The answer and its bytes; reading them to the end closes the file."""
    answer = client.get(file_path(certificate))
    content = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer, content


def test_it_works(certificate: Certificate, client: Client) -> None:
    answer = client.get("/zaswiadczenia/", {"code": certificate.code.lower().replace("-", " ")}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/zaswiadczenia/{certificate.code}/", 302)]
    for fact in ("Zaświadczenie jest ważne", "Anna Żółć-Śćibor", "Kurs", certificate.number, "ROPS", "Rzeszów"):
        assert fact in page
    assert "6\xa0godzin dydaktycznych" in page
    assert "noindex" in page


def test_it_says_no_more_than_the_sheet(certificate: Certificate, learner: User, client: Client) -> None:
    page = client.get(f"/zaswiadczenia/{certificate.code}/").content.decode()
    assert learner.email not in page
    assert "PCPR A" not in page


@pytest.mark.parametrize("typed", ["", " "])
def test_no_code_is_an_error_at_the_field(client: Client, typed: str) -> None:
    page = client.get("/zaswiadczenia/", {"code": typed}).content.decode()
    assert "Wpisz kod weryfikacyjny." in page


@pytest.mark.parametrize("typed", ["nie kod", "1" * 40, "<script>alert(1)</script>"])
def test_what_cannot_be_a_code_is_told_so_and_kept(certificate: Certificate, client: Client, typed: str) -> None:
    answer = client.get("/zaswiadczenia/", {"code": typed})
    assert answer.status_code == 404
    assert "Kod ma 12 znaków" in answer.content.decode()
    assert answer.context["form"]["code"].value() == typed
    assert "<script>alert" not in answer.content.decode()


def test_an_unknown_code_says_nothing_by_form_and_by_address(certificate: Certificate, client: Client) -> None:
    for answer in (client.get("/zaswiadczenia/", {"code": WRONG}), client.get(f"/zaswiadczenia/{WRONG}/")):
        assert answer.status_code == 404
        assert UNKNOWN in answer.content.decode()
        assert "Żółć" not in answer.content.decode()


def test_guessing_is_limited_and_the_right_code_too(
    certificate: Certificate, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elearning.accounts.limits.time", lambda: 1_800_000_000.0)
    statuses = [client.get(f"/zaswiadczenia/{WRONG}/").status_code for _ in range(TRIES)]
    assert set(statuses) == {404}
    answer = client.get(f"/zaswiadczenia/{certificate.code}/")
    assert answer.status_code == 429
    assert "Żółć" not in answer.content.decode()
    assert client.get("/zaswiadczenia/", {"code": WRONG}).status_code == 429
    assert client.get("/zaswiadczenia/").status_code == 200


def test_revoked_says_so_and_not_why(certificate: Certificate, administrator: User, client: Client) -> None:
    certificates.revoke(certificate, by=administrator, reason="Pomyłka w nazwisku")
    page = client.get(f"/zaswiadczenia/{certificate.code}/").content.decode()
    assert "Zaświadczenie unieważnione" in page
    assert "jest ważne" not in page
    assert "Pomyłka" not in page


def test_a_replaced_one_says_so(certificate: Certificate, administrator: User, client: Client) -> None:
    new = certificates.replace(certificate, by=administrator, corrections={"name": "Anna Nowak"})
    page = client.get(f"/zaswiadczenia/{certificate.code}/").content.decode()
    assert "Zastąpiło je nowe zaświadczenie" in page
    assert new.code not in page
    assert "Anna Nowak" in client.get(f"/zaswiadczenia/{new.code}/").content.decode()


def test_an_unpublished_course_still_verifies_and_downloads(
    certificate: Certificate, course: CoursePage, as_learner: Client
) -> None:
    course.unpublish()
    assert "Zaświadczenie jest ważne" in as_learner.get(f"/zaswiadczenia/{certificate.code}/").content.decode()
    assert download(as_learner, certificate)[0].status_code == 200


@pytest.mark.parametrize("path", ["/zaswiadczenia/", "/zaswiadczenia/{}/", "/zaswiadczenia/{}/pdf/"])
def test_nothing_is_posted(certificate: Certificate, as_learner: Client, path: str) -> None:
    assert as_learner.post(path.format(certificate.code)).status_code == 405


def test_the_owner_downloads_the_same_bytes_for_ever(
    certificate: Certificate, learner: User, as_learner: Client
) -> None:
    answer, content = download(as_learner, certificate)
    certificate.refresh_from_db()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="zaswiadczenie-{certificate.number.replace("/", "-")}.pdf"'
    )
    assert sha256(content).hexdigest() == certificate.sha256
    learner.last_name = "Nowak"
    learner.save()
    assert download(as_learner, certificate)[1] == content


def test_an_unchanged_file_is_not_sent_again(certificate: Certificate, as_learner: Client) -> None:
    certificate_files.ensure(certificate)
    first, _content = download(as_learner, certificate)
    again = as_learner.get(file_path(certificate), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first["Cache-Control"]


def test_head_tells_the_size_without_the_file(certificate: Certificate, as_learner: Client) -> None:
    answer = as_learner.head(file_path(certificate))
    assert answer.status_code == 200
    assert int(answer["Content-Length"]) > 10_000
    assert b"".join(answer.streaming_content) == b""  # type: ignore[attr-defined]


def test_a_stranger_to_the_certificate_finds_nothing(certificate: Certificate, stranger: User, client: Client) -> None:
    client.force_login(stranger)
    assert client.get(file_path(certificate)).status_code == 404
    assert client.get(f"/zaswiadczenia/{WRONG}/pdf/").status_code == 404


def test_a_visitor_logs_in_first_and_comes_back(certificate: Certificate, client: Client) -> None:
    answer = client.get(file_path(certificate))
    assert answer.url == f"/konto/login/?next={file_path(certificate)}"  # type: ignore[attr-defined]


def test_staff_with_the_right_download_it(certificate: Certificate, administrator: User, client: Client) -> None:
    client.force_login(administrator)
    assert download(client, certificate)[0].status_code == 200


def test_query_budgets(
    certificate: Certificate, as_learner: Client, client: Client, django_assert_max_num_queries: Any
) -> None:
    certificate_files.ensure(certificate)
    with django_assert_max_num_queries(4):
        client.get(f"/zaswiadczenia/{certificate.code}/")
    with django_assert_max_num_queries(5):
        download(as_learner, certificate)


def test_the_panel_says_how_large_the_file_is(certificate: Certificate, as_learner: Client) -> None:
    assert "Pobierz zaświadczenie (PDF)<" in as_learner.get("/panel/").content.decode()
    certificate_files.ensure(certificate)
    assert "\xa0KB)" in as_learner.get("/panel/").content.decode()
