"""„Moje szkolenia” on the panel."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records.models import Registration
from elearning.records.places import Standing
from tests import make, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Szkolenie")


def address(registration: Registration) -> str:
    page = TrainingPage.objects.get(pk=registration.training_id)
    return reverse("trainings:registration", args=[page.slug, registration.token])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def test_panel_lists_coming_and_past_trainings(as_learner: Client, learner: User) -> None:
    coming = trainings.registered(trainings.training("Nadchodzące"), user=learner, standing=Standing.RESERVED)
    past = trainings.registered(
        trainings.training("Minione", on=timezone.localdate() - timedelta(days=9)), user=learner
    )
    shown = text(as_learner.get("/panel/"))
    before, after = shown.split("Minione szkolenia: 1")
    assert address(coming) in before
    assert "lista rezerwowa" in before
    assert address(past) in after


def test_panel_has_what_was_registered_without_the_account(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(page, "Nowa@Example.org")
    client.force_login(make.user("Nowa", "Osoba", email="nowa@example.org"))
    assert address(made) in text(client.get("/panel/"))


def test_panel_shows_the_newest_of_several(as_learner: Client, learner: User, page: TrainingPage) -> None:
    old = trainings.registered(page, user=learner, standing=Standing.CANCELLED)
    new = trainings.registered(page, user=learner)
    shown = text(as_learner.get("/panel/"))
    assert address(new) in shown
    assert address(old) not in shown


def test_panel_without_trainings_says_nothing_of_them(as_learner: Client, site: object) -> None:
    assert "Moje szkolenia" not in text(as_learner.get("/panel/"))


@pytest.mark.parametrize("rows", [2, 8])
def test_query_budget(
    as_learner: Client, learner: User, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        trainings.registered(trainings.training(f"Szkolenie {number}"), user=learner, standing=Standing.RESERVED)
    as_learner.get("/panel/")
    with django_assert_max_num_queries(10):
        as_learner.get("/panel/")
