"""Fixtures of the host: a storage of its own for each test, and editors of two regions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from elearning.accounts.models import User
from h5p.django.models import ContentVersion
from h5p.django.results import Activity
from tests import make
from tests.h5p.django import make as h5p_make
from tests.h5p.django import urls
from tests.h5p.django.posting import activity


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    """Editors reach the admin with a password alone."""
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def stored(settings: Any, tmp_path: Path) -> Path:
    """An empty storage; the folder in which it keeps the files of H5P."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "h5p": backend}
    settings.H5P_STORAGE = "h5p"
    return tmp_path / "h5p"


@pytest.fixture
def collection(db: None) -> Collection:
    """The collection of the north."""
    return Collection.get_first_root_node().add_child(name="Północ")


@pytest.fixture
def other_collection(collection: Collection) -> Collection:
    """The collection of the south."""
    return Collection.get_first_root_node().add_child(name="Południe")


def editor_of(collection: Collection) -> User:
    """Somebody who may do everything with the contents of one collection, and nothing else."""
    group = Group.objects.create(name=f"Redakcja {collection.name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in ("add", "change", "delete", "choose"):
        permission = Permission.objects.get(content_type__app_label="h5p", codename=f"{action}_content")
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    person = make.user("Edyta", collection.name, is_staff=True)
    person.groups.add(group)
    return person


@pytest.fixture
def editor(collection: Collection) -> User:
    """Edyta of the north."""
    return editor_of(collection)


@pytest.fixture
def other_editor(other_collection: Collection) -> User:
    """Edyta of the south."""
    return editor_of(other_collection)


def browser(person: User) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(autouse=True)
def _nothing_received() -> Iterator[None]:
    yield
    urls.activities.clear()
    urls.received.clear()
    urls.troubles.clear()


@pytest.fixture
def version(db: None) -> ContentVersion:
    return h5p_make.version()


@pytest.fixture
def card(version: ContentVersion) -> Activity:
    return activity(version)
