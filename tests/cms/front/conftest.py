"""A site whose pages are kept, as in production: in files."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from elearning.cms.models import NewsIndexPage, NewsPage
from tests import make


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> None:
    """Pages are kept in files of this test alone."""
    settings.BASE_URL = "http://testserver"
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "pages"},
    }


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[None]]:
    """What is done inside is committed, as far as anybody can tell: a test's own transaction never is."""

    @contextmanager
    def committed() -> Iterator[None]:
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return committed


@pytest.fixture
def article(site: Any) -> NewsPage:
    """The news „Pierwsza wiadomość” below /aktualnosci/."""
    index = site.add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
    news: NewsPage = make.publish(index.add_child(instance=NewsPage(title="Pierwsza wiadomość", slug="pierwsza")))
    return news
