"""Content types of a hub in the admin: off until an operator names one, for administrators only, against a stand-in."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache

from elearning.accounts.models import User
from h5p.django.models import Library
from tests import make
from tests.h5p import hostile
from tests.h5p.django.conftest import browser
from tests.h5p.test_hub import ID, StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

HUB = "/redakcja/h5p/libraries/hub/"
INSTALL = f"{HUB}install/"
KIND = {
    "id": "H5P.Sample",
    "title": "Rozmowa",
    "summary": "Pytania i odpowiedzi",
    "version": {"major": 1, "minor": 0, "patch": 7},
    "coreApiVersionNeeded": {"major": 1, "minor": 19},
    "license": {"id": "MIT"},
}


@pytest.fixture
def administrator(db: None) -> User:
    return make.user("Adam", "Admin", email="adm@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def stand_in(settings: Any, stored: Path) -> Iterator[StandIn]:
    """A hub that offers one content type."""
    server = StandIn()
    libraries = {path: data for path, data in hostile.files().items() if path.startswith(hostile.LIBRARY)}
    server.answers = {
        "/v1/sites": (200, {"uuid": ID}),
        "/v1/content-types/": (200, {"contentTypes": [KIND]}),
        "/v1/content-types/H5P.Sample": (200, hostile.packed(libraries)),
    }
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.H5P_HUB_URL = f"http://127.0.0.1:{server.server_port}/v1/"
    cache.clear()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
    cache.clear()


def text(response: Any) -> str:
    return response.content.decode()


def test_a_content_type_is_listed_and_installed(administrator: User, stand_in: StandIn) -> None:
    client = browser(administrator)
    assert "Rodzaje treści z H5P Hub" in text(client.get("/redakcja/h5p/libraries/"))
    page = text(client.get(HUB))
    assert "Rozmowa" in page
    assert "1.0.7" in page

    answer = client.post(INSTALL, {"type": "H5P.Sample"}, follow=True)

    assert "Liczba bibliotek w\N{NO-BREAK SPACE}pliku: 1" in text(answer)
    library = Library.objects.get()
    assert (library.source, library.trust) == (Library.Source.HUB, Library.Trust.QUARANTINED)


def test_the_list_is_asked_for_once_a_day(administrator: User, stand_in: StandIn) -> None:
    client = browser(administrator)
    client.get(HUB)
    asked = len(stand_in.asked)

    client.get(HUB)

    assert len(stand_in.asked) == asked == 2


def test_a_hub_that_fails_is_said_and_changes_nothing(administrator: User, stand_in: StandIn) -> None:
    client = browser(administrator)
    stand_in.answers = {}
    assert "H5P Hub nie odpowiada" in text(client.get(HUB))

    answer = client.post(INSTALL, {"type": "H5P.Sample"}, follow=True)

    assert "Nic się nie zmieniło" in text(answer)
    assert not Library.objects.exists()


def test_a_hostile_package_of_a_hub_is_refused(administrator: User, stand_in: StandIn) -> None:
    stand_in.answers["/v1/content-types/H5P.Sample"] = (200, b"no zip")

    answer = browser(administrator).post(INSTALL, {"type": "H5P.Sample"}, follow=True)

    assert "Odrzuciliśmy paczkę" in text(answer)
    assert not Library.objects.exists()


def test_a_name_that_is_none_is_not_asked_for(administrator: User, stand_in: StandIn) -> None:
    assert browser(administrator).post(INSTALL, {"type": "../../etc"}).status_code == 404
    assert stand_in.asked == []


def test_only_administrators_come_in(editor: User, stand_in: StandIn) -> None:
    client = browser(editor)
    assert client.get(HUB).status_code in {302, 403}
    client.post(INSTALL, {"type": "H5P.Sample"})
    assert not Library.objects.exists()
    assert stand_in.asked == []


def test_without_an_address_there_is_no_hub(administrator: User, settings: Any) -> None:
    settings.H5P_HUB_URL = ""
    client = browser(administrator)
    assert client.get(HUB).status_code == 404
    assert "H5P Hub" not in text(client.get("/redakcja/h5p/libraries/"))
