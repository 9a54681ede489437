"""Who comes into the desk, and who decides there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records.models import Registration
from tests import trainings

pytestmark = pytest.mark.django_db

# Pages of one training that are read, and those that change something.
READ = ["training", "registrations", "exports", "invitations"]
CHANGE = ["add_registration", "message", "copy"]
# To the log-in, out of the admin, or back to its first page.
AWAY = {302, 403}
ALL = [*READ, *CHANGE]


@pytest.fixture
def registration(page: TrainingPage) -> Registration:
    return trainings.registered(page)


def browser_of(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def status(client: Client, name: str, page: TrainingPage, *more: Any) -> int:
    """200, or one of `AWAY`."""
    return client.get(reverse(f"training_desk:{name}", args=[page.pk, *more])).status_code


@pytest.mark.parametrize("name", ALL)
def test_strangers_learners_and_trainers_do_not_come_in(page: TrainingPage, learner: User, name: str) -> None:
    trainer = trainings.member("Prowadzący")
    page.staff.add(trainer)
    page.save()
    for person in (None, learner, trainer):
        assert status(browser_of(person), name, page) in AWAY


@pytest.mark.parametrize("name", ALL)
def test_an_editor_of_another_page_does_not_come_in(page: TrainingPage, name: str) -> None:
    other = trainings.editor_of(trainings.training("Inne szkolenie"))
    assert status(browser_of(other), name, page) == 302


@pytest.mark.parametrize("name", READ)
def test_coordinators_look(page: TrainingPage, name: str) -> None:
    assert status(browser_of(trainings.member("Koordynacja")), name, page) == 200


@pytest.mark.parametrize("name", CHANGE)
def test_coordinators_change_nothing(page: TrainingPage, name: str) -> None:
    assert status(browser_of(trainings.member("Koordynacja")), name, page) == 302


@pytest.mark.parametrize("name", ALL)
def test_editors_and_administrators_do_everything(page: TrainingPage, administrator: User, name: str) -> None:
    assert status(browser_of(trainings.member("Redakcja")), name, page) == 200
    assert status(browser_of(administrator), name, page) == 200


@pytest.mark.parametrize("name", [*READ, "add_registration", "message"])
def test_an_editor_of_the_page_organises_it(page: TrainingPage, name: str) -> None:
    assert status(browser_of(trainings.editor_of(page)), name, page) == 200


def test_an_editor_of_one_page_makes_no_second_one_of_it(page: TrainingPage) -> None:
    assert status(browser_of(trainings.editor_of(page)), "copy", page) == 302


def test_one_registration_is_shown_to_those_of_its_training_only(
    page: TrainingPage, registration: Registration, learner: User
) -> None:
    other = trainings.training("Inne szkolenie")
    editor_of_other = trainings.editor_of(other)
    for person in (None, learner, trainings.member("Prowadzący"), editor_of_other):
        assert status(browser_of(person), "registration", page, registration.pk) in AWAY
    for person in (trainings.member("Koordynacja"), trainings.editor_of(page), trainings.member("Redakcja")):
        assert status(browser_of(person), "registration", page, registration.pk) == 200
    # Their own training does not open the registrations of another one.
    assert status(browser_of(editor_of_other), "registration", other, registration.pk) == 404


def test_the_list_has_the_trainings_one_may_see(page: TrainingPage, learner: User, administrator: User) -> None:
    other = trainings.training("Inne szkolenie")
    url = reverse("training_desk:list")
    for person in (None, learner, trainings.member("Prowadzący")):
        assert browser_of(person).get(url).status_code in AWAY
    seen = browser_of(trainings.editor_of(page)).get(url).content.decode()
    assert page.title in seen
    assert other.title not in seen
    for person in (trainings.member("Koordynacja"), trainings.member("Redakcja"), administrator):
        seen = browser_of(person).get(url).content.decode()
        assert page.title in seen
        assert other.title in seen


def test_the_menu_leads_to_the_desk(page: TrainingPage) -> None:
    url = reverse("training_desk:list")
    for person in (trainings.member("Koordynacja"), trainings.member("Redakcja")):
        assert url in browser_of(person).get("/redakcja/").content.decode()
    assert url not in browser_of(trainings.member("Prowadzący")).get("/redakcja/").content.decode()


def test_a_training_in_the_tree_leads_to_its_desk(page: TrainingPage) -> None:
    client = browser_of(trainings.editor_of(page))
    url = reverse("training_desk:training", args=[page.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    listing = browser_of(trainings.member("Redakcja")).get(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    assert url in listing.content.decode()


def test_a_post_by_somebody_who_only_looks_changes_nothing(page: TrainingPage, registration: Registration) -> None:
    client = browser_of(trainings.member("Koordynacja"))
    sent = {"zgloszenia": registration.pk, "dzialanie": "anuluj", "potwierdzam": "tak"}
    assert client.post(reverse("training_desk:decide", args=[page.pk]), sent).status_code == 302
    registration.refresh_from_db()
    assert registration.is_open
    invited = {"lista": "ola@example.org", "potwierdzam": "tak"}
    assert client.post(reverse("training_desk:invitations", args=[page.pk]), invited).status_code == 302
    assert page.invitations.count() == 0
