"""Materials of a training: who sees them, and who gets the files."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from courses.models import TrainingPage
from courses.trainings.materials import Material, fingerprint, materials_of
from elearning.accounts.models import User
from elearning.records.places import Standing
from tests import make, trainings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]


def document(title: str = "Slajdy", content: bytes = b"%PDF-1.7 slajdy") -> Document:
    return Document.objects.create(title=title, file=ContentFile(content, name="slajdy.pdf"))


def training(*materials: tuple[str, dict[str, Any]]) -> TrainingPage:
    return trainings.training(materials=list(materials))


def file(audience: str = "all", of: Document | None = None) -> tuple[str, dict[str, Any]]:
    return "file", {"title": "Slajdy", "audience": audience, "document": of or document()}


def url(page: TrainingPage, number: int = 0) -> str:
    return f"/szkolenia/{page.slug}/-/material/{page.materials[number].id}/"


def answer_to(client: Client, address: str) -> int:
    """What is answered; a file that comes is read to its end, so that it is closed."""
    response = client.get(address)
    if response.streaming:
        list(response)
    return int(response.status_code)


def titles(found: list[Material]) -> list[str]:
    return [material.title for material in found]


def test_participants_see_more_than_others() -> None:
    page = training(
        ("link", {"title": "Strona", "audience": "all", "url": "https://example.org/"}),
        ("link", {"title": "Zadania", "audience": "participants", "url": "https://example.org/zadania"}),
    )
    assert titles(materials_of(page, participant=False)) == ["Strona"]
    assert titles(materials_of(page, participant=True)) == ["Strona", "Zadania"]


def test_a_file_says_its_type_and_size() -> None:
    (material,) = materials_of(training(file()), participant=False)
    assert material.detail == "PDF, 1\xa0KB"


def test_a_file_that_was_deleted_is_left_out() -> None:
    slides = document()
    page = training(file(of=slides))
    slides.delete()
    assert materials_of(TrainingPage.objects.get(pk=page.pk), participant=True) == []


def test_an_unpublished_course_of_the_library_is_left_out() -> None:
    other = trainings.training("Inne")
    page = training(("film", {"title": "Nagranie", "audience": "all", "film": other}))
    other.unpublish()
    assert materials_of(TrainingPage.objects.get(pk=page.pk), participant=True) == []


def test_another_set_of_materials_has_another_fingerprint() -> None:
    page = training(file())
    before = fingerprint(page)
    page.materials.append(("link", {"title": "Strona", "audience": "all", "url": "https://example.org/"}))
    assert fingerprint(make.publish(page)) != before != ""


def test_a_file_for_all_is_given_to_a_stranger(client: Client) -> None:
    page = training(file())
    response = client.get(url(page))
    assert b"".join(response) == b"%PDF-1.7 slajdy"
    assert "attachment" in response["Content-Disposition"]


@pytest.fixture
def reserved() -> TrainingPage:
    return training(file("participants"))


def test_a_file_for_participants_is_given_to_those_who_have_a_place(
    client: Client, reserved: TrainingPage, learner: User, colleague: User, administrator: User
) -> None:
    assert answer_to(client, url(reserved)) == 403
    trainings.registered(reserved, user=learner)
    trainings.registered(reserved, user=colleague, standing=Standing.RESERVED)
    elsewhere = trainings.editor_of(trainings.training("Inne"))
    people = {learner: 200, colleague: 403, elsewhere: 403, trainings.editor_of(reserved): 200, administrator: 200}
    for person, status in people.items():
        client.force_login(person)
        assert answer_to(client, url(reserved)) == status, person


def test_the_key_of_a_registration_opens_it(client: Client, reserved: TrainingPage) -> None:
    registration = trainings.registered(reserved)
    (material,) = materials_of(reserved, participant=True, token=registration.token)
    assert answer_to(client, material.url) == 200
    waiting = trainings.registered(reserved, standing=Standing.RESERVED)
    for key in (waiting.token, uuid4(), "nic"):
        assert answer_to(client, f"{url(reserved)}?zgloszenie={key}") == 403


def test_wagtails_own_address_does_not_give_it_away(
    client: Client, reserved: TrainingPage, administrator: User
) -> None:
    slides = Document.objects.get()
    assert answer_to(client, slides.url) == 403
    client.force_login(administrator)
    assert answer_to(client, slides.url) == 200


def test_a_file_that_another_training_gives_to_all_is_open(client: Client, reserved: TrainingPage) -> None:
    slides = Document.objects.get()
    training(file(of=slides))
    assert answer_to(client, slides.url) == 200


def test_what_is_no_file_is_not_found(client: Client) -> None:
    page = training(("link", {"title": "Strona", "audience": "all", "url": "https://example.org/"}))
    assert answer_to(client, url(page)) == 404
    assert answer_to(client, f"/szkolenia/{page.slug}/-/material/{uuid4()}/") == 404


def test_a_file_of_a_draft_is_for_its_editors(client: Client) -> None:
    page = training(file())
    page.unpublish()
    assert answer_to(client, url(page)) == 404
