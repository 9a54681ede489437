"""What stands before the form of registration, and what opens it: the window, an account, an invitation."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import TrainingPage, TrainingQuota
from elearning.accounts.models import User
from elearning.institutions.models import Institution
from elearning.notifications.models import Message
from elearning.records.models import Invitation, Registration
from elearning.records.places import Standing
from tests import make, trainings
from tests.registrations import OLA, OTHER_INSTITUTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Szkolenie", capacity=2)


def address(page: TrainingPage, name: str = "register", *more: Any) -> str:
    return reverse(f"trainings:{name}", args=[page.slug, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def send(client: Client, page: TrainingPage, **fields: Any) -> Any:
    return client.post(address(page), {**OLA, **fields})


# --- What stands before the form --------------------------------------------------------------------------------------
def closed(client: Client, page: TrainingPage) -> str:
    """What a visitor reads instead of the form; sending it by force does nothing."""
    answer = client.get(address(page))
    assert answer.status_code == 200
    shown = text(answer).split("<main")[1].split("</main")[0]
    assert "<form" not in shown
    assert 'href="/szkolenia/' in shown
    assert send(client, page).status_code == 409
    assert not Registration.objects.exists()
    assert not Message.objects.exists()
    return shown


def test_past_training_explains(client: Client, db: None) -> None:
    page = trainings.training(on=timezone.localdate() - timedelta(days=10))
    assert "To wydarzenie już się odbyło" in closed(client, page)


def test_closed_window_names_its_end_and_whom_to_ask(client: Client, db: None) -> None:
    page = trainings.training(
        registration_closes_at=timezone.now() - timedelta(hours=1), contact_email="zapisy@example.org"
    )
    shown = closed(client, page)
    assert "Zapisy już się skończyły" in shown
    assert "zapisy@example.org" in shown


def test_window_that_is_not_open_yet_names_its_beginning(client: Client, db: None) -> None:
    page = trainings.training(registration_opens_at=timezone.now() + timedelta(days=2))
    assert "Zapisy jeszcze się nie zaczęły" in closed(client, page)


def test_training_that_was_called_off_says_why(client: Client, db: None) -> None:
    page = trainings.training(called_off=True, called_off_reason="Choroba prowadzącej.")
    assert "Choroba prowadzącej." in closed(client, page)


def test_training_without_registration_here_says_so(client: Client, db: None) -> None:
    assert "nie zapisujesz się na platformie" in closed(client, trainings.training(has_registration=False))


def test_log_in_for_an_account_leads_back_to_the_form(client: Client, db: None) -> None:
    page = trainings.training(needs_account=True)
    shown = closed(client, page)
    assert f"/konto/login/?next={address(page).replace('/', '%2F')}" in shown
    client.force_login(make.user())
    assert "Twoje dane" in text(client.get(address(page)))


def test_unpublished_training_is_unknown(client: Client, page: TrainingPage) -> None:
    page.unpublish()
    for name in ("register", "sent"):
        assert client.get(address(page, name)).status_code == 404
    assert client.get("/szkolenia/nie-ma/-/zapis/").status_code == 404


# --- Invitations ------------------------------------------------------------------------------------------------------
@pytest.fixture
def invited(administrator: User) -> Invitation:
    return Invitation.objects.create(
        training=trainings.training("Dla zaproszonych", by_invitation=True),
        email="ola@example.org",
        name="Ola Kowalska-Nowak",
        institution=make.institution("PCPR A"),
        invited_at=timezone.now(),
        invited_by=administrator,
    )


def test_invitation_fills_in_and_its_address_needs_no_confirmation(client: Client, invited: Invitation) -> None:
    page = TrainingPage.objects.get()
    link = address(page, "invitation", invited.token)
    shown = text(client.get(link))
    for known in ("Ola", "Kowalska-Nowak", "ola@example.org"):
        assert f'value="{known}"' in shown
    institution = Institution.objects.get(name="PCPR A")
    answer = client.post(link, {**OLA, "email": "OLA@example.org", "institution": str(institution.pk)})
    made = Registration.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(page, "registration", made.token))
    assert made.standing == Standing.ADMITTED
    assert "Masz już zgłoszenie" in text(client.get(link))


def test_without_invitation_there_is_no_form(client: Client, invited: Invitation) -> None:
    page = TrainingPage.objects.get()
    assert "dla osób zaproszonych" in closed(client, page)
    client.force_login(make.user())
    assert "dla osób zaproszonych" in closed(client, page)


def test_account_with_the_invited_address_needs_no_link(client: Client, invited: Invitation) -> None:
    client.force_login(make.user(email="ola@example.org"))
    page = TrainingPage.objects.get()
    assert client.post(address(page), OTHER_INSTITUTION).status_code == 302
    assert Registration.objects.get().standing == Standing.ADMITTED


def test_account_with_another_address_takes_up_an_invitation_by_its_link(
    as_learner: Client, learner: User, invited: Invitation
) -> None:
    page = TrainingPage.objects.get()
    link = address(page, "invitation", invited.token)
    shown = text(as_learner.get(link))
    assert "ola@example.org" in shown
    assert "adres z zaproszenia" in shown
    assert as_learner.post(link, {**OTHER_INSTITUTION, "email": "trzeci@example.org"}).status_code == 302
    made = Registration.objects.get()
    assert (made.user, made.email, made.standing) == (learner, "ola@example.org", Standing.ADMITTED)
    assert address(page, "registration", made.token) in text(as_learner.get("/panel/"))


def test_places_set_aside_for_an_institution_invite_its_people(client: Client, db: None) -> None:
    page = trainings.training(by_invitation=True, capacity=5)
    chosen, other = make.institution("PCPR A"), make.institution("PCPR B")
    page.quotas.add(TrainingQuota(institution=chosen, places=2))
    page = make.publish(page)
    refused = send(client, page, institution=str(other.pk))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["institution"]
    assert send(client, page, institution=str(chosen.pk)).status_code == 302
    assert Registration.objects.get().institution == chosen


def test_invitation_of_another_training_opens_nothing(client: Client, invited: Invitation) -> None:
    other = trainings.training("Inne")
    assert client.get(address(other, "invitation", invited.token)).status_code == 404
