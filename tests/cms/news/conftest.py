"""The list of news."""

import pytest

from elearning.cms.models import NewsIndexPage
from tests.cms.news import builders


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return builders.index(lead="Co nowego.")
