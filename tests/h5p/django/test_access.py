"""Who gets past which door."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from elearning.accounts.models import User
from h5p.django import permissions
from h5p.django.importing import import_package, install_libraries
from h5p.django.models import Content, Library, LibraryUpdate
from h5p.django.updates import prepare
from tests.h5p.django.conftest import browser
from tests.h5p.django.packages import package

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

OF_CONTENT = ("content", "replace", "settings", "export", "delete")
PEOPLE = ("learner", "colleague", "stranger", "editor", "other_editor", "administrator")


@pytest.fixture
def content(stored: Path, collection: Collection) -> Content:
    """A content of the north."""
    return import_package(package(), user=None, collection=collection).content


@pytest.fixture
def update(content: Content) -> LibraryUpdate:
    new = install_libraries(package(patch=8), user=None)[0]
    return prepare(Library.objects.get(patch=7), new, user=None)


@pytest.fixture(params=PEOPLE)
def person(request: pytest.FixtureRequest) -> tuple[str, User]:
    return request.param, request.getfixturevalue(request.param)


def is_in(response: Any) -> bool:
    """Whether the page was shown; the admin sends those whom it refuses to its start, or to the log-in page."""
    if response.status_code == 302:
        assert response["Location"].startswith(("/redakcja/", "/konto/")), response["Location"]
        return False
    assert response.status_code in (200, 403), response.status_code
    return bool(response.status_code == 200)


@pytest.mark.parametrize("name", OF_CONTENT)
def test_only_editors_of_the_collection_reach_a_content(content: Content, person: tuple[str, User], name: str) -> None:
    who, user = person
    response = browser(user).get(reverse(f"h5p_contents:{name}", args=[content.pk]))
    assert is_in(response) == (who in ("editor", "administrator"))
    response.close()


@pytest.mark.parametrize("name", ["h5p_contents:index", "h5p_contents:add", "h5p_libraries:index"])
def test_lists_are_for_editors(content: Content, person: tuple[str, User], name: str) -> None:
    who, user = person
    response = browser(user).get(reverse(name))
    assert is_in(response) == (who in ("editor", "other_editor", "administrator"))


def test_an_editor_does_not_see_contents_of_another_region(content: Content, person: tuple[str, User]) -> None:
    who, user = person
    seen = set(permissions.seen_by(user)) | set(permissions.chosen_by(user))
    assert seen == ({content} if who in ("editor", "administrator") else set())


def test_only_administrators_decide_about_libraries(content: Content, person: tuple[str, User]) -> None:
    who, user = person
    library = Library.objects.get()
    client = browser(user)
    assert is_in(client.get(reverse("h5p_libraries:add"))) == (who == "administrator")
    client.post(reverse("h5p_libraries:decide"), {"library": [library.pk], "decision": "trust"})
    library.refresh_from_db()
    assert (library.trust == Library.Trust.TRUSTED) == (who == "administrator")


def test_only_administrators_update_libraries(update: LibraryUpdate, person: tuple[str, User]) -> None:
    who, user = person
    client = browser(user)
    assert is_in(client.get(reverse("h5p_updates:update", args=[update.pk]))) == (who == "administrator")
    client.post(reverse("h5p_updates:run", args=[update.pk]))
    update.refresh_from_db()
    assert (update.done_at is not None) == (who == "administrator")
    client.post(reverse("h5p_libraries:prepare", args=[update.old_id]), {"new": update.new_id})
    assert LibraryUpdate.objects.count() == (2 if who == "administrator" else 1)


def test_whoever_is_logged_out_is_asked_to_log_in(content: Content) -> None:
    for name in OF_CONTENT:
        response = Client().get(reverse(f"h5p_contents:{name}", args=[content.pk]))
        assert "/login/" in response["Location"]


def test_nobody_uploads_into_the_collection_of_another_region(
    stored: Path, other_editor: User, collection: Collection, other_collection: Collection
) -> None:
    file = SimpleUploadedFile("karta.h5p", package().read())
    data = {"file": file, "title": "", "collection": collection.pk}
    assert browser(other_editor).post(reverse("h5p_contents:add"), data).status_code == 422
    assert not Content.objects.exists()


def test_nobody_moves_a_content_into_the_collection_of_another_region(
    content: Content, editor: User, other_collection: Collection
) -> None:
    data = {"title": "Karta", "collection": other_collection.pk}
    browser(editor).post(reverse("h5p_contents:settings", args=[content.pk]), data)
    content.refresh_from_db()
    assert content.collection.name == "Północ"


@pytest.mark.parametrize("name", ["replace", "delete"])
def test_another_region_changes_nothing(content: Content, other_editor: User, name: str) -> None:
    file = SimpleUploadedFile("karta.h5p", package(text="Obce").read())
    browser(other_editor).post(reverse(f"h5p_contents:{name}", args=[content.pk]), {"file": file})
    content.refresh_from_db()
    assert content.versions.count() == 1
