"""Libraries in the admin: seen, decided about, updated, removed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection

from elearning.accounts.models import User
from h5p.django.importing import import_package, install_libraries
from h5p.django.models import Content, Library, LibraryUpdate
from tests.h5p.django import make
from tests.h5p.django.conftest import browser
from tests.h5p.django.packages import package

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

INDEX = "/redakcja/h5p/libraries/"
DECIDE = "/redakcja/h5p/libraries/decide/"


@pytest.fixture(autouse=True)
def _files(stored: Path) -> None:
    """Every test has a storage of its own."""


@pytest.fixture
def old(collection: Collection) -> Library:
    """Patch 7, with which the content „Rozmowa z klientem” plays."""
    return import_package(package(), user=None, collection=collection).version.main_library


@pytest.fixture
def new(old: Library) -> Library:
    """Patch 8, with which nothing plays."""
    return install_libraries(package(patch=8), user=None)[0]


def text(response: Any) -> str:
    return response.content.decode()


def test_the_list_says_what_an_administrator_decides_by(administrator: User, old: Library, new: Library) -> None:
    Library.objects.filter(pk=old.pk).update(added_by=administrator)
    page = text(browser(administrator).get(INDEX))
    assert "H5P.Sample" in page
    assert "czeka na zgodę" in page
    assert "1.0.7" in page
    assert "1.0.8" in page
    assert "MIT" in page
    assert "Adam Mazur" in page


def test_the_list_names_what_a_library_lacks(administrator: User) -> None:
    needs = [{"machineName": "H5P.Nowhere", "majorVersion": 1, "minorVersion": 2}]
    make.library("H5P.Lonely", description={"preloadedDependencies": needs})
    assert "H5P.Nowhere 1.2" in text(browser(administrator).get(INDEX))


def test_the_list_is_filtered_by_state_and_name(administrator: User, old: Library, new: Library) -> None:
    make.library("H5P.Zebra")
    client = browser(administrator)
    assert "H5P.Zebra" not in text(client.get(f"{INDEX}?state=quarantined"))
    assert "H5P.Sample" not in text(client.get(f"{INDEX}?q=zebra"))
    unused = text(client.get(f"{INDEX}?state=unused"))
    assert "1.0.8" in unused
    assert "1.0.7" not in unused


def test_the_list_takes_few_queries(administrator: User, old: Library, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        make.library(f"H5P.Many{number}")
    client = browser(administrator)
    client.get(INDEX)
    with django_assert_max_num_queries(16):
        client.get(INDEX)


@pytest.mark.parametrize(
    ("decision", "state"), [("trust", "trusted"), ("block", "blocked"), ("withdraw", "quarantined")]
)
def test_an_administrator_decides_about_ticked_libraries(
    administrator: User, old: Library, new: Library, decision: str, state: str
) -> None:
    Library.objects.update(trust="blocked" if decision != "block" else "trusted")
    browser(administrator).post(DECIDE, {"library": [old.pk], "decision": decision})
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.trust, old.trusted_by) == (state, administrator)
    assert new.trust != state


def test_only_unused_libraries_are_removed(administrator: User, old: Library, new: Library) -> None:
    browser(administrator).post(DECIDE, {"library": [old.pk, new.pk], "decision": "remove"})
    assert list(Library.objects.all()) == [old]


@pytest.mark.parametrize("data", [{}, {"library": ["x"], "decision": "trust"}, {"decision": "burn"}])
def test_nonsense_changes_nothing(administrator: User, old: Library, data: dict[str, Any]) -> None:
    response = browser(administrator).post(DECIDE, {"next": "https://evil.example/", **data})
    assert response["Location"] == INDEX
    old.refresh_from_db()
    assert old.trust == Library.Trust.QUARANTINED


def test_libraries_are_installed_without_a_content(administrator: User) -> None:
    file = SimpleUploadedFile("biblioteki.h5p", package().read())
    response = browser(administrator).post(f"{INDEX}add/", {"file": file, "trust": "on"}, follow=True)
    assert "Liczba bibliotek w\N{NO-BREAK SPACE}pliku: 1." in text(response)
    assert Library.objects.get().trust == Library.Trust.TRUSTED
    assert not Content.objects.exists()


def test_an_update_is_prepared_previewed_run_and_undone(administrator: User, old: Library, new: Library) -> None:
    client = browser(administrator)
    page = text(client.get(f"{INDEX}{old.pk}/"))
    assert "Rozmowa z klientem" in page
    assert "Przygotuj aktualizację" in page
    response = client.post(f"{INDEX}{old.pk}/update/", {"new": new.pk})
    update = LibraryUpdate.objects.get()
    assert response["Location"] == f"/redakcja/h5p/updates/{update.pk}/"
    content = Content.objects.get()
    page = text(client.get(response["Location"]))
    assert f"/redakcja/h5p/{content.pk}/?version=1" in page
    assert f"/redakcja/h5p/{content.pk}/?version=2" in page
    assert "przygotowana" in page
    preview = text(client.get(f"/redakcja/h5p/{content.pk}/?version=2"))
    assert "H5P.Sample 1.0.8" in preview
    assert "<h5p-player" in preview
    client.post(f"/redakcja/h5p/updates/{update.pk}/run/")
    content.refresh_from_db()
    assert content.live_version.main_library == new
    page = text(client.post(f"/redakcja/h5p/updates/{update.pk}/undo/", follow=True))
    content.refresh_from_db()
    assert content.live_version.main_library == old
    assert "cofnięta" in page


def test_a_prepared_update_is_taken_back(administrator: User, old: Library, new: Library) -> None:
    client = browser(administrator)
    client.post(f"{INDEX}{old.pk}/update/", {"new": new.pk})
    update = LibraryUpdate.objects.get()
    assert client.post(f"/redakcja/h5p/updates/{update.pk}/discard/")["Location"] == f"{INDEX}{old.pk}/"
    assert not LibraryUpdate.objects.exists()


def test_an_update_that_was_run_is_not_run_again(administrator: User, old: Library, new: Library) -> None:
    client = browser(administrator)
    client.post(f"{INDEX}{old.pk}/update/", {"new": new.pk})
    url = f"/redakcja/h5p/updates/{LibraryUpdate.objects.get().pk}/run/"
    client.post(url)
    assert "Tego nie można już zrobić." in text(client.post(url, follow=True))


def test_pages_about_one_library_and_one_update_take_few_queries(
    administrator: User, collection: Collection, old: Library, new: Library, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        import_package(package(title=f"Treść {number}"), user=None, collection=collection)
    client = browser(administrator)
    client.post(f"{INDEX}{old.pk}/update/", {"new": new.pk})
    url = f"/redakcja/h5p/updates/{LibraryUpdate.objects.get().pk}/"
    client.get(url)
    with django_assert_max_num_queries(16):
        assert text(client.get(url)).count("Treść ") >= 4
    with django_assert_max_num_queries(20):
        client.get(f"{INDEX}{old.pk}/")
