"""What is in use stays; what goes takes its files with it."""

import uuid
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Collection

from elearning.accounts.models import User
from h5p.django import removal, updates
from h5p.django.importing import import_package, install_libraries
from h5p.django.models import Attempt, Blob, Content, ContentVersion, Library
from tests.h5p.django.packages import package

pytestmark = pytest.mark.django_db


def test_a_content_goes_with_its_versions_and_files(stored: Path, collection: Collection) -> None:
    content = import_package(package(), user=None, collection=collection).content
    import_package(package(text="Nowe"), user=None, collection=collection, content=content)
    before = Blob.objects.count()
    removal.remove_content(content)
    assert not Content.objects.exists()
    assert not ContentVersion.objects.exists()
    assert Blob.objects.count() == before - 1, "the picture goes, the library stays"
    assert len([path for path in stored.rglob("*") if path.is_file()]) == before - 1


def test_a_content_with_attempts_stays(stored: Path, collection: Collection, learner: User) -> None:
    version = import_package(package(), user=None, collection=collection).version
    started = {"activity": uuid.uuid4(), "key": uuid.uuid4(), "number": 1, "started_at": timezone.now()}
    Attempt.objects.create(user=learner, version=version, title="Karta", **started)
    with pytest.raises(removal.InUse):
        removal.remove_content(version.content)
    assert removal.use_of(version.content).attempts == 1


def test_libraries_that_nothing_plays_with_can_go(stored: Path, collection: Collection) -> None:
    import_package(package(), user=None, collection=collection)
    install_libraries(package(patch=8, script="// 8"), user=None)
    assert [library.patch for library in removal.unused_libraries()] == [8]
    assert removal.remove_libraries(Library.objects.all()) == 1
    assert [library.patch for library in Library.objects.all()] == [7]
    assert len([path for path in stored.rglob("*") if path.is_file()]) == Blob.objects.count()


def test_a_library_of_an_older_version_stays(stored: Path, collection: Collection) -> None:
    content = import_package(package(), user=None, collection=collection).content
    import_package(package(patch=8), user=None, collection=collection, content=content)
    assert not removal.unused_libraries().exists()


def test_a_content_that_was_updated_can_go(stored: Path, collection: Collection) -> None:
    content = import_package(package(), user=None, collection=collection).content
    new = install_libraries(package(patch=8), user=None)[0]
    updates.run(updates.prepare(Library.objects.get(patch=7), new, user=None), user=None)
    content.refresh_from_db()
    removal.remove_content(content)
    assert removal.remove_libraries(Library.objects.all()) == 2
    assert not Blob.objects.exists()
