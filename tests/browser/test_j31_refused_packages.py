"""J31: what is no zip, climbs out, is a bomb, lacks a library or carries a scripted SVG is refused at the field.

No files stay behind, and the old version still serves.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Collection

from h5p.django.importing import import_package
from h5p.django.models import Blob, Content, ContentVersion, Library
from tests import make
from tests.browser.checks import fits
from tests.browser.conftest import Browse, Guard
from tests.h5p import hostile
from tests.h5p.django.packages import package

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = """
H5P.Sample = function () { H5P.EventDispatcher.call(this); };
H5P.Sample.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.Sample.prototype.attach = function ($place) { $place.text('Pierwsza wersja'); };
"""
MISSING = {"machineName": "H5P.Nieznana", "majorVersion": 1, "minorVersion": 0}


def lacking() -> bytes:
    """A package whose main library, newer than the one installed, needs one that is nowhere."""
    files = hostile.files()
    description = hostile.description(patchVersion=8, preloadedDependencies=[MISSING])
    files[f"{hostile.LIBRARY}/library.json"] = hostile.encoded(description)
    return hostile.packed(files)


REFUSED = {
    "no zip": (b"To nie jest paczka.", "nie jest"),
    "../": (hostile.packed({**hostile.files(), "../wyjscie.json": b"{}"}), "wyjscie.json"),
    "a bomb": (hostile.packed({**hostile.files(), "content/bomba.txt": bytes(40_000_000)}), "bomba.txt"),
    "a library missing": (lacking(), "H5P.Nieznana 1.0"),
    "a scripted SVG": (hostile.packed({**hostile.files(), "content/images/obraz.svg": SVG}), "obraz.svg"),
}


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    """A storage of this test's own; the folder of its files."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "h5p": backend}
    settings.H5P_STORAGE = "h5p"
    settings.STAFF_SECOND_FACTOR = False
    return tmp_path


@pytest.fixture
def page(site: object, browse: Browse, guard: Guard) -> Page:
    """The editor's window."""
    guard.expected.add(422)
    return browse(make.user("Redaktorka", "Przykładowa", email="red@example.org", is_staff=True, is_superuser=True))


@pytest.fixture
def content(site: object) -> Content:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return import_package(package(script=SCRIPT), user=None, collection=root, trust=True).content


def kept(stored: Path) -> tuple[Any, ...]:
    """All that a refused package could have left behind."""
    files = sorted(str(path) for path in stored.rglob("*") if path.is_file())
    return files, *(model.objects.count() for model in (Blob, Library, Content, ContentVersion))


def give(page: Page, data: bytes, button: str) -> None:
    file = {"name": "paczka.h5p", "mimeType": "application/zip", "buffer": data}
    page.get_by_label("Plik H5P").set_input_files(file)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_and_the_old_version_still_serves(
    page: Page, content: Content, stored: Path, data: bytes, said: str
) -> None:
    before = kept(stored)
    page.goto(f"/redakcja/h5p/{content.pk}/replace/")
    give(page, data, "Prześlij nową wersję")

    findings = page.get_by_role("region", name="Uwagi")
    expect(findings).to_contain_text(said)
    fits(page)
    assert kept(stored) == before
    content.refresh_from_db()
    assert content.live_version is not None
    assert content.live_version.number == 1
    page.goto(f"/redakcja/h5p/{content.pk}/")
    expect(page.frame_locator("h5p-player iframe").get_by_text("Pierwsza wersja")).to_be_visible()


def test_a_first_upload_that_is_refused_leaves_nothing(page: Page, stored: Path) -> None:
    before = kept(stored)
    page.goto("/redakcja/h5p/add/")
    page.get_by_label("Tytuł").fill("Rozmowa")
    give(page, REFUSED["a scripted SVG"][0], "Prześlij")

    expect(page.get_by_role("region", name="Uwagi")).to_contain_text("obraz.svg")
    expect(page.get_by_label("Tytuł")).to_have_value("Rozmowa")
    assert kept(stored) == before


def test_a_good_package_afterwards_is_taken(page: Page) -> None:
    page.goto("/redakcja/h5p/add/")
    give(page, REFUSED["no zip"][0], "Prześlij")
    expect(page.get_by_role("region", name="Uwagi")).to_be_visible()
    give(page, package(script=SCRIPT).read(), "Prześlij")
    expect(page.frame_locator("h5p-player iframe").get_by_text("Pierwsza wersja")).to_be_visible()
    assert Content.objects.count() == 1
