"""Contents in the admin: uploaded, looked at, replaced, deleted; by whoever may."""

import io
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from elearning.accounts.models import User
from h5p.archive import Archive
from h5p.django import trusting
from h5p.django.importing import import_package
from h5p.django.models import Attempt, Content, Library
from h5p.package import read
from tests.h5p import hostile
from tests.h5p.django.conftest import browser
from tests.h5p.django.packages import package, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

INDEX = "/redakcja/h5p/"
ADD = "/redakcja/h5p/add/"


@pytest.fixture(autouse=True)
def _files(stored: Path) -> None:
    """Every test has a storage of its own."""


@pytest.fixture
def content(collection: Collection) -> Content:
    return import_package(package(), user=None, collection=collection).content


def upload(**changes: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("karta.h5p", package(**changes).read(), "application/zip")


def text(response: Any) -> str:
    return response.content.decode()


def test_an_editor_uploads_a_content(editor: User, collection: Collection) -> None:
    client = browser(editor)
    assert "Plik H5P" in text(client.get(ADD))
    response = client.post(ADD, {"file": upload(), "title": "", "collection": collection.pk}, follow=True)
    content = Content.objects.get()
    assert response.redirect_chain[-1][0] == f"/redakcja/h5p/{content.pk}/"
    assert (content.title, content.created_by) == ("Rozmowa z klientem", editor)
    assert "Uczestnicy nie dostają jeszcze tej treści." in text(response)
    assert "<h5p-player" in text(response)


def test_a_title_of_the_editor_comes_before_that_of_the_file(editor: User, collection: Collection) -> None:
    browser(editor).post(ADD, {"file": upload(), "title": " Mój tytuł ", "collection": collection.pk})
    assert Content.objects.get().title == "Mój tytuł"


def test_every_finding_is_listed_with_place_cause_and_remedy(editor: User, collection: Collection) -> None:
    files = {"content/a.svg": b"<svg/>", "content/b.exe": b"MZ"}
    response = browser(editor).post(ADD, {"file": upload(files=files), "title": "", "collection": collection.pk})
    assert response.status_code == 422
    page = text(response)
    assert "Plik został odrzucony." in page
    assert "content/a.svg to obraz SVG." in page
    assert "Zamień go na\xa0obraz PNG albo JPG" in page or "Zamień go na obraz PNG albo JPG" in page
    assert "content/b.exe" in page
    assert "Uwagi: 2" in page
    assert not Content.objects.exists()


def test_a_script_that_shows_progress_gets_the_address_to_go_to(editor: User, collection: Collection) -> None:
    data = {"file": upload(), "title": "", "collection": collection.pk}
    response = browser(editor).post(ADD, data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json() == {"url": f"/redakcja/h5p/{Content.objects.get().pk}/"}


@pytest.mark.parametrize("name", ["karta.zip", "karta.h5p.exe"])
def test_another_ending_is_refused_at_once(editor: User, collection: Collection, name: str) -> None:
    file = SimpleUploadedFile(name, package().read())
    response = browser(editor).post(ADD, {"file": file, "title": "", "collection": collection.pk})
    assert response.status_code == 422
    assert "Wybierz plik z\xa0końcówką .h5p." in text(response)


def test_the_same_file_again_is_said_and_stores_nothing(editor: User, content: Content) -> None:
    data = {"file": upload(), "title": "", "collection": content.collection_id}
    response = browser(editor).post(ADD, data, follow=True)
    assert "więc nic nie zostało zapisane" in text(response)
    assert Content.objects.count() == 1


def test_replacing_makes_a_new_version_and_a_refused_file_none(editor: User, content: Content) -> None:
    client = browser(editor)
    url = f"/redakcja/h5p/{content.pk}/replace/"
    broken = SimpleUploadedFile("karta.h5p", b"PK no")
    assert client.post(url, {"file": broken}).status_code == 422
    assert text_of(content) == "Zażółć"
    client.post(url, {"file": upload(text="Nowe")})
    assert text_of(content) == "Nowe"
    page = text(client.get(f"/redakcja/h5p/{content.pk}/?version=1"))
    assert "Podgląd wersji 1, która nie jest bieżąca" in page


def test_the_title_and_embedding_are_changed(editor: User, content: Content) -> None:
    client = browser(editor)
    data = {"title": "Nowy", "collection": content.collection_id, "embed_allowed": "on"}
    response = client.post(f"/redakcja/h5p/{content.pk}/settings/", data, follow=True)
    content.refresh_from_db()
    assert (content.title, content.embed_allowed) == ("Nowy", True)
    assert f"/h5p/public/{content.key}/" in text(response)
    assert "Kod do osadzenia" in text(response)


def test_an_export_is_a_package(editor: User, content: Content) -> None:
    response = browser(editor).get(f"/redakcja/h5p/{content.pk}/export/")
    assert response["Content-Disposition"] == 'attachment; filename="rozmowa-z-klientem.h5p"'
    with Archive(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert read(archive).params == {"text": "Zażółć"}


def test_an_unused_content_is_deleted_after_a_question(editor: User, content: Content) -> None:
    client = browser(editor)
    url = f"/redakcja/h5p/{content.pk}/delete/"
    assert "Tego nie da się cofnąć." in text(client.get(url))
    assert client.post(url).status_code == 302
    assert not Content.objects.exists()


def test_a_content_with_attempts_is_not_deleted_and_the_page_says_why(
    editor: User, content: Content, learner: User
) -> None:
    Attempt.objects.create(
        user=learner,
        version=content.live_version,
        activity=uuid.uuid4(),
        key=uuid.uuid4(),
        number=1,
        title="Karta",
        started_at=timezone.now(),
    )
    client = browser(editor)
    url = f"/redakcja/h5p/{content.pk}/delete/"
    assert "Nie można usunąć tej treści, bo jest używana." in text(client.get(url))
    assert client.post(url).status_code == 409
    assert Content.objects.exists()


def test_the_list_finds_by_title_and_by_type(editor: User, collection: Collection, content: Content) -> None:
    manifest = {
        "mainLibrary": "H5P.Other",
        "preloadedDependencies": [{"machineName": "H5P.Other", "majorVersion": 1, "minorVersion": 0}],
    }
    described = hostile.description(machineName="H5P.Other", title="Inny typ", preloadedJs=None, preloadedCss=None)
    other = {"H5P.Other-1.0/library.json": hostile.encoded(described)}
    import_package(package(title="Oś czasu", manifest=manifest, files=other), user=None, collection=collection)
    client = browser(editor)
    page = text(client.get(INDEX))
    assert "Rozmowa z klientem" in page
    assert "Oś czasu" in page
    page = text(client.get(f"{INDEX}?type=H5P.Other"))
    assert "Oś czasu" in page
    assert "Rozmowa z klientem" not in page


def test_the_list_takes_few_queries(
    editor: User, collection: Collection, content: Content, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        import_package(package(title=f"Treść {number}"), user=None, collection=collection)
    client = browser(editor)
    client.get(INDEX)
    with django_assert_max_num_queries(20):
        page = text(client.get(INDEX))
    assert page.count("Treść ") >= 5


def test_the_page_of_a_content_takes_few_queries(
    editor: User, content: Content, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        import_package(package(text=f"{number}"), user=None, collection=content.collection, content=content)
    client = browser(editor)
    client.get(f"/redakcja/h5p/{content.pk}/")
    with django_assert_max_num_queries(32):
        client.get(f"/redakcja/h5p/{content.pk}/")


def test_an_administrator_consents_on_the_page_of_a_content(administrator: User, content: Content) -> None:
    client = browser(administrator)
    url = f"/redakcja/h5p/{content.pk}/"
    assert "Udostępnij uczestnikom" in text(client.get(url))
    waiting = [library.pk for library in content.live_version.waiting_libraries]
    data = {"library": waiting, "decision": "trust", "next": url}
    response = client.post("/redakcja/h5p/libraries/decide/", data)
    assert response["Location"] == url
    assert content.live_version.is_playable
    assert "Uczestnicy nie dostają" not in text(client.get(url))


def test_a_blocked_library_is_said_in_the_preview(editor: User, content: Content) -> None:
    trusting.block(Library.objects.all(), user=None)
    page = text(browser(editor).get(f"/redakcja/h5p/{content.pk}/"))
    assert "zablokowan" in page
    assert "<h5p-player" not in page


def test_the_chooser_offers_only_what_the_editor_may_choose(editor: User, other_editor: User, content: Content) -> None:
    url = reverse("h5p_chooser:choose")
    chosen = reverse("h5p_chooser:chosen", args=[content.pk])
    assert "Rozmowa z klientem" in browser(editor).get(url).json()["html"]
    assert browser(editor).get(chosen).json()["result"]["title"] == "Rozmowa z klientem"
    assert "Rozmowa z klientem" not in browser(other_editor).get(url).json()["html"]
    assert browser(other_editor).get(chosen).status_code == 404
    search = reverse("h5p_chooser:choose_results") + "?q=" + quote("Rozmowa")
    assert "Rozmowa z klientem" not in text(browser(other_editor).get(search))
