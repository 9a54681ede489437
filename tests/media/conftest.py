"""People of the films' tests."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Collection

from tests.media import films


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor(db: None) -> Client:
    films.allow(Collection.get_first_root_node())
    return films.browser_of(films.person("Redakcja", email="maria@example.org"))
