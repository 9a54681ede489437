"""Fixtures that all tests share: the site and its people."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import Client

from elearning.accounts.models import User
from elearning.cms.models import HomePage
from tests import make
from tests.template_variables import UndefinedVariables

# Playwright keeps an event loop in the main thread, in which Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits and Wagtail's site paths start anew in each test."""
    cache.clear()


@pytest.fixture(autouse=True)
def template_variables(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fails the test in which one of our templates used a variable that nobody defined."""
    undefined = UndefinedVariables()
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", undefined)
    yield undefined.found
    assert undefined.found == []


@pytest.fixture
def site(db: None) -> HomePage:
    return make.site()


@pytest.fixture
def learner(db: None) -> User:
    """Anna of PCPR A."""
    return make.user("Anna", "Żółć-Śćibor", email="anna@example.org", institution=make.institution("PCPR A"))


@pytest.fixture
def colleague(db: None) -> User:
    """Ewa of the same institution."""
    return make.user("Ewa", "Nowak", email="ewa@example.org", institution=make.institution("PCPR A"))


@pytest.fixture
def stranger(db: None) -> User:
    """Jan of another institution."""
    return make.user("Jan", "Kowalski", email="jan@example.org", institution=make.institution("PCPR B"))


@pytest.fixture
def administrator(db: None) -> User:
    return make.user("Adam", "Mazur", email="adm@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def as_learner(learner: User) -> Client:
    """A browser in which Anna is logged in."""
    client = Client()
    client.force_login(learner)
    return client
