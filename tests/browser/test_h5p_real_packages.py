"""Real packages in the player: they are shown, report, are scored and go on where they stopped.

`python3 run.py bench h5p` plays all of them; these few are of different makes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from wagtail.models import Collection

from bench.playing.browser import PLAYS, STATE, content_frame
from elearning.accounts.models import User
from h5p.django.importing import import_package
from h5p.django.models import Attempt
from tests import make as site_make
from tests.browser import h5p_content
from tests.browser.conftest import Browse
from tests.h5p.django import urls
from tests.h5p.django.packages import real

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("tests.h5p.django.urls"),
]


@pytest.fixture(autouse=True)
def _nothing_received() -> Iterator[None]:
    yield
    urls.activities.clear()
    urls.received.clear()


@pytest.fixture
def person(site: object) -> User:
    return site_make.user("Anna", email="anna@example.org")


@pytest.fixture
def page(browse: Browse, person: User) -> Page:
    return browse(person)


@pytest.mark.parametrize(
    "name",
    ["lumi__H5P.Summary.h5p", "clicreator__H5P.MultiChoice.h5p", "lumi__H5P.Blanks.h5p"],
    ids=lambda n: Path(n).stem,
)
def test_a_real_package_is_played_scored_and_remembered(page: Page, name: str) -> None:
    with real(name) as file:
        version = import_package(file, user=None, collection=Collection.get_first_root_node(), trust=True).version
    page.goto(h5p_content.address(h5p_content.activity(version, "finished")))
    frame = content_frame(page)
    assert frame.locator(".h5p-content").inner_text().strip()
    frame.evaluate(PLAYS)
    frame.evaluate("benchPlay('some')")
    state = frame.evaluate(STATE)
    page.evaluate("document.querySelector('h5p-player').farewell()")

    page.reload()
    frame = content_frame(page)
    assert frame.evaluate(STATE) == state
    frame.evaluate(PLAYS)
    frame.evaluate("benchPlay('all')")
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('h5p-player').farewell()")
    assert urls.received
    assert Attempt.objects.get(number=1).max
