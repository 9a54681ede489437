"""A training, and the browsers of those who organise it."""

from typing import Any

import pytest
from django.test import Client

from courses.models import TrainingPage
from elearning.accounts.models import User
from tests import trainings


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Szkoła Kooperacji")


@pytest.fixture
def organiser(page: TrainingPage) -> User:
    """An editor of that page alone."""
    return trainings.editor_of(page)


@pytest.fixture
def desk(organiser: User) -> Client:
    client = Client()
    client.force_login(organiser)
    return client


@pytest.fixture
def editorial(db: None) -> Client:
    """The browser of an editor of the whole site."""
    client = Client()
    client.force_login(trainings.member("Redakcja"))
    return client
