"""Certificates: issued once, frozen, numbered without gaps, revoked or replaced but never changed."""

from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.cms.models import Project
from elearning.notifications.models import Message
from elearning.records import certificate_files, certificates
from elearning.records.certificate_code import ALPHABET, canonical_code, new_code
from elearning.records.models import Certificate, Enrolment
from tests import make

pytestmark = pytest.mark.django_db


def strip(colour: str = "navy", name: str = "znaki.png") -> ImageFile:
    file = BytesIO()
    Image.new("RGB", (300, 40), colour).save(file, "PNG")
    return ImageFile(file, name=name)


@pytest.fixture
def project(db: None) -> Project:
    image = get_image_model().objects.create(title="Znaki", file=strip())
    return Project.objects.create(
        name="Liderzy", funding_text="Tekst o Unii.", logo_strip=image, logo_strip_alt="Flagi"
    )


@pytest.fixture
def course(project: Project) -> CoursePage:
    return make.course("Kurs", hours=6, organiser="ROPS", place="Rzeszów", project=project, signatory_name="Jan Wzór")


@pytest.fixture
def certificate(learner: User, course: CoursePage) -> Certificate:
    make.complete(make.enrolment(learner, course), outline_of(course))
    return Certificate.objects.get()


def content_of(certificate: Certificate) -> bytes:
    with certificate_files.ensure(certificate).file.open("rb") as file:
        return bytes(file.read())


def test_it_works(certificate: Certificate, learner: User) -> None:
    year = timezone.localdate().year
    assert certificate.number == f"MK/{year}/000001"
    assert certificate.user == learner
    facts = certificate.facts
    assert (facts["name"], facts["course"], facts["hours"]) == ("Anna Żółć-Śćibor", "Kurs", 6)
    assert facts["programme"] == ["Moduł"]
    assert facts["result"] is None
    assert facts["completed"] == facts["issued"] == timezone.localdate().isoformat()
    assert (facts["organiser"], facts["place"], facts["signatory_name"]) == ("ROPS", "Rzeszów", "Jan Wzór")
    assert (facts["project"], facts["funding_text"], facts["logo_alt"]) == ("Liderzy", "Tekst o Unii.", "Flagi")
    assert facts["verification_url"].endswith(f"/zaswiadczenia/{certificate.code}/")


def test_issuing_again_gives_the_same_one(certificate: Certificate, course: CoursePage) -> None:
    again = certificates.issue(enrolment=certificate.enrolment, outline=outline_of(course), score=Decimal("0.9"))
    assert again == certificate
    assert Certificate.objects.count() == 1


def test_issuing_takes_few_queries(
    certificate: Certificate, stranger: User, course: CoursePage, django_assert_max_num_queries: Any
) -> None:
    outline, enrolment = outline_of(course), make.enrolment(stranger, course)
    with transaction.atomic(), django_assert_max_num_queries(4):
        certificates.issue(enrolment=enrolment, outline=outline, score=Decimal("0.8999"))
    assert enrolment.certificates.get().facts["result"] == 89


def test_a_withdrawn_transaction_leaves_no_gap_in_the_numbers(
    certificate: Certificate, stranger: User, colleague: User, course: CoursePage
) -> None:
    outline = outline_of(course)
    with transaction.atomic():
        certificates.issue(enrolment=make.enrolment(stranger, course), outline=outline, score=None)
        transaction.set_rollback(True)
    following = certificates.issue(enrolment=make.enrolment(colleague, course), outline=outline, score=None)
    assert following.number.endswith("000002")


def test_the_file_stays_the_same_bytes_whatever_changes(
    certificate: Certificate, learner: User, course: CoursePage, project: Project
) -> None:
    before = content_of(certificate)
    learner.first_name, learner.last_name = "Maria", "Nowak"
    learner.save()
    course.title = "Inny tytuł"
    make.publish(course)
    project.funding_text = "Inny tekst"
    project.save()
    project.logo_strip.file.delete(save=False)
    project.logo_strip.file.save("nowe.png", strip("red"))
    after = Certificate.objects.get()
    assert content_of(after) == before
    assert after.sha256 == sha256(before).hexdigest()


def test_a_file_made_late_still_shows_what_held_at_issue(certificate: Certificate, project: Project) -> None:
    assert not certificate.file
    project.logo_strip.file.delete(save=False)
    ready = certificate_files.ensure(certificate)
    with storages["private"].open(ready.facts["logo"]) as frozen:
        assert sha256(frozen.read()).hexdigest() in ready.facts["logo"]
    assert ready.file.size > 10_000


def test_a_strip_that_cannot_be_read_keeps_nobody_from_completing(
    learner: User, course: CoursePage, project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.logo_strip.file.storage.delete(project.logo_strip.file.name)
    make.complete(make.enrolment(learner, course), outline_of(course))
    issued = Certificate.objects.get()
    assert issued.facts["logo"] == ""
    assert "cannot be read" in caplog.text
    assert certificate_files.ensure(issued).file


def test_the_task_makes_the_file(learner: User, course: CoursePage, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make.complete(make.enrolment(learner, course), outline_of(course))
    assert Certificate.objects.get().file


def test_revoking_keeps_the_first_date_and_reason(certificate: Certificate, administrator: User) -> None:
    assert certificates.revoke(certificate, by=administrator, reason="Pomyłka")
    first = certificate.revoked_at
    assert not certificates.revoke(certificate, by=administrator, reason="Inny powód")
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.revoked_reason) == (first, "Pomyłka")
    assert certificate.revoked_by == administrator
    assert not certificate.is_valid


def test_a_replacement_is_a_new_one_and_the_old_one_is_kept(certificate: Certificate, administrator: User) -> None:
    old_facts = dict(certificate.facts)
    new = certificates.replace(certificate, by=administrator, corrections={"name": "Anna Żółć-Ścibor"})
    old = Certificate.objects.get(pk=certificate.pk)
    assert old.facts == old_facts
    assert not old.is_valid
    assert old.replacement == new
    assert new.is_valid
    assert new.number != old.number
    assert new.code != old.code
    assert new.facts["name"] == "Anna Żółć-Ścibor"
    assert (new.facts["number"], new.facts["code"]) == (new.number, new.code)
    changed = {key for key in old_facts if old_facts[key] != new.facts[key]}
    assert changed <= {"name", "number", "code", "verification_url", "issued"}
    message = Message.objects.get(key=f"certificate-replaced:{new.pk}")
    assert new.number in message.body


def test_a_revoked_one_cannot_be_replaced(certificate: Certificate, administrator: User) -> None:
    certificates.revoke(certificate, by=administrator, reason="Pomyłka")
    with pytest.raises(certificates.NotValid):
        certificates.replace(certificate, by=administrator, corrections={"name": "Ktoś"})
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("key", ["result", "hours", "number", "issued"])
def test_numbers_dates_and_results_are_not_corrected(certificate: Certificate, administrator: User, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        certificates.replace(certificate, by=administrator, corrections={key: "100"})


def test_the_message_names_the_certificate_and_leads_to_it(certificate: Certificate) -> None:
    message = Message.objects.get(key__startswith="course-completed")
    assert "„Kurs”" in message.subject
    assert certificate.number in message.body
    assert f"/zaswiadczenia/{certificate.code}/pdf/" in message.body


def test_a_code_is_found_however_it_is_typed(certificate: Certificate, django_assert_num_queries: Any) -> None:
    signs = certificate.code.replace("-", "")
    for typed in (certificate.code.lower(), signs, f" {signs[:6]} – {signs[6:]} ", signs.replace("", " ")):
        assert certificates.find(typed) == certificate
    with django_assert_num_queries(0):
        assert certificates.find("to nie kod") is None


def test_codes_are_different_and_easy_to_read() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(canonical_code(code) == code for code in codes)
    assert not set("AEIOU015S") & set(ALPHABET)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_parallel_issues_give_each_person_one_certificate_and_number(learner: User) -> None:
    course = make.course("Kurs", lessons=1)
    outline = outline_of(course)
    enrolments = [make.enrolment(learner, course), *(make.enrolment(make.user("Osoba"), course) for _ in range(3))]
    barrier, errors = Barrier(8), list[Exception]()

    def work(enrolment: Enrolment) -> None:
        barrier.wait()
        try:
            with transaction.atomic():
                locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
                certificates.issue(enrolment=locked, outline=outline, score=None)
        except Exception as error:  # noqa: BLE001 - the test reports it
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(enrolment,)) for enrolment in enrolments * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Certificate.objects.count() == 4
    assert sorted(number[-6:] for number in Certificate.objects.values_list("number", flat=True)) == [
        "000001",
        "000002",
        "000003",
        "000004",
    ]
