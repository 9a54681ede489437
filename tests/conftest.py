"""Fixtures that all tests share: the site and its people."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import Client
from modelsearch import signal_handlers as search_signals
from wagtail.signal_handlers import reference_index_auto_update_disabled

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


class _NoTask:
    """Stands in for a task that nobody waits for."""

    def enqueue(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def indexing() -> None:
    """For tests of what Wagtail's indexes know: of references, and of words."""


@pytest.fixture(autouse=True)
def _no_indexing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wagtail writes its indexes anew with each page that is saved, which takes a third of the time of building one.

    Only tests that ask for `indexing` need that. The threads of a test server keep the index of references.
    """
    if "indexing" in request.fixturenames:
        yield
        return
    monkeypatch.setattr(search_signals, "insert_or_update_object_task", _NoTask())
    reference_index_auto_update_disabled.value = True
    yield
    if hasattr(reference_index_auto_update_disabled, "value"):  # the demo clears it by itself
        del reference_index_auto_update_disabled.value


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
