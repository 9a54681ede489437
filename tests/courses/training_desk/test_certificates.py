"""Certificates of participation: by the rule, in one go, each refusal with its reason and figures."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import attendance, certificate_files, participation, recording
from elearning.records.models import Certificate, Registration
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from tests import make, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def page() -> TrainingPage:
    """Two days with 16 hours in four blocks, over since yesterday; certificates from 80 %."""
    return trainings.training("Szkolenie Z1", on=timezone.localdate() - timedelta(days=3))


def attended(page: TrainingPage, blocks: int, **fields: Any) -> Registration:
    """Somebody who was there in the first blocks; each has four hours."""
    registration = trainings.registered(page, **fields)
    training = training_of(page)
    ids = [block.id for block in training.schedule.blocks][:blocks]
    voice = attendance.Voice(source=Source.TRAINER, by=make.user())
    attendance.mark(registration, training, ids, Presence.PRESENT, voice)
    return registration


def url(page: TrainingPage, name: str = "certificates") -> str:
    return reverse(f"training_desk:{name}", args=[page.pk])


def test_enough_hours_give_a_certificate_and_one_letter(page: TrainingPage, learner: User) -> None:
    registration = attended(page, 4, user=learner)
    certificate = recording.certify(registration, training_of(page))
    assert recording.certify(registration, training_of(page)) == certificate
    assert certificate.user == learner
    facts = certificate.facts
    assert facts["statement"].replace("\xa0", " ") == "wziął/wzięła udział w szkoleniu kompetencyjnym"
    assert facts["attended"].replace("\xa0", " ") == "16 z 16 godzin dydaktycznych, czyli 100%"
    assert (facts["course"], facts["name"]) == ("Szkolenie Z1", str(learner))
    assert Message.objects.filter(key__startswith="training-certificate:").count() == 1


def test_too_few_hours_are_refused_with_the_figures(page: TrainingPage) -> None:
    registration = attended(page, 3)
    with pytest.raises(recording.NotEarned, match=r"12 z\s16 godzin dydaktycznych, czyli 75%"):
        recording.certify(registration, training_of(page))
    assert not Certificate.objects.exists()


def test_without_an_account_it_goes_to_the_address_of_the_registration(page: TrainingPage, client: Client) -> None:
    registration = attended(page, 4, email="krzysztof@example.org")
    certificate = recording.certify(registration, training_of(page))
    assert certificate.user is None
    assert Message.objects.get().recipient == "krzysztof@example.org"
    own = f"/szkolenia/{page.slug}/-/zgloszenie/{registration.token}/"
    assert certificate.number in client.get(own).content.decode()
    assert b"".join(client.get(f"{own}zaswiadczenie/")).startswith(b"%PDF")
    text = client.get(reverse("records:certificate", args=[certificate.code])).content.decode()
    assert "Zaświadczenie jest ważne" in text
    assert "krzysztof@example.org" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": timezone.localdate()}, participation.NOT_OVER),
        ({"called_off": True}, participation.CALLED_OFF),
        ({"gives_certificates": False}, participation.NO_CERTIFICATES),
    ],
    ids=["still going on", "called off", "without certificates"],
)
def test_what_gives_no_certificate(fields: dict[str, Any], said: str) -> None:
    over = {"on": timezone.localdate() - timedelta(days=3), "called_off_reason": "Choroba"}
    page = trainings.training(**{**over, **fields})
    registration = trainings.registered(page)
    if not page.called_off:
        ids = [block.id for block in training_of(page).schedule.blocks]
        voice = attendance.Voice(source=Source.TRAINER, by=make.user())
        attendance.mark(registration, training_of(page), ids, Presence.PRESENT, voice)
    with pytest.raises(recording.NotEarned) as refused:
        recording.certify(registration, training_of(page))
    assert str(refused.value) == said


def test_the_sheet_says_what_was_done(page: TrainingPage) -> None:
    ready = certificate_files.ensure(recording.certify(attended(page, 4), training_of(page)))
    with ready.file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as paper:
        assert len(paper.pages) == 1
        assert "Szkolenie Z1" in str(paper.docinfo["/Title"])


def test_in_one_go_and_once(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    people = [attended(page, blocks) for blocks in (4, 4, 3)]
    ticked = {"zgloszenie": [person.pk for person in people]}
    text = client.post(url(page), ticked, follow=True).content.decode().replace("\xa0", " ")
    assert "Wystawiono 2 zaświadczenia. Odmowy: 1." in text
    assert "75%" in text
    again = client.post(url(page), ticked, follow=True).content.decode().replace("\xa0", " ")
    assert "Wystawiono 0 zaświadczeń. Wcześniej miało je 2." in again
    assert Certificate.objects.count() == 2
    with ZipFile(BytesIO(b"".join(client.get(url(page, "certificates_archive"))))) as pack:
        assert len(pack.namelist()) == 2


def test_a_registration_of_another_training_is_not_certified(
    client: Client, page: TrainingPage, administrator: User
) -> None:
    client.force_login(administrator)
    other = attended(trainings.training("Inne", on=timezone.localdate() - timedelta(days=3)), 4)
    client.post(url(page), {"zgloszenie": [other.pk, "x", "-1"]})
    assert not Certificate.objects.exists()


def test_nobody_ticked_is_said(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    assert "Nie zaznaczono nikogo" in client.post(url(page), {}, follow=True).content.decode()


def test_those_who_wait_are_not_listed(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    trainings.registered(page, last_name="Rezerwowa", standing=Standing.RESERVED)
    assert "Rezerwowa" not in client.get(url(page)).content.decode()


def test_who_issues_them(client: Client, page: TrainingPage, learner: User, administrator: User) -> None:
    registration = attended(page, 4)
    allowed = {
        learner: (False, False),
        trainings.member("Prowadzący"): (False, False),
        trainings.editor_of(trainings.training("Inne")): (False, False),
        trainings.member("Koordynacja"): (True, False),
        administrator: (True, True),
    }
    for person, (looks, issues) in allowed.items():
        client.force_login(person)
        assert (client.get(url(page)).status_code == 200) is looks, person
        client.post(url(page), {"zgloszenie": [registration.pk]})
        assert Certificate.objects.exists() is issues, person


def test_a_longer_list_takes_no_more_queries(
    client: Client, page: TrainingPage, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(administrator)
    for number in range(8):
        attended(page, 4 if number % 2 else 1, institution=make.institution(f"PCPR {number}"))
    with django_assert_max_num_queries(20):
        client.get(url(page))


def test_a_training_with_registrations_is_not_deleted(client: Client, page: TrainingPage, administrator: User) -> None:
    client.force_login(administrator)
    trainings.registered(page)
    for target in (page, page.get_parent()):
        response = client.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
        assert response.status_code == 409
        assert "zgłoszenie" in response.content.decode()
    assert TrainingPage.objects.filter(pk=page.pk).exists()
