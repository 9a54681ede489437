"""What was imported leaves again, whole."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from wagtail.models import Collection

from h5p.archive import Archive
from h5p.django.exporting import export
from h5p.django.importing import import_package
from h5p.django.models import Content, Library
from h5p.package import read
from tests.h5p import hostile
from tests.h5p.django.packages import package, real

pytestmark = pytest.mark.django_db


def test_an_export_is_a_valid_package_of_the_same_content(stored: Path, collection: Collection) -> None:
    version = import_package(package(), user=None, collection=collection).version
    with export(version) as file, Archive(file) as archive:
        exported = read(archive)
        assert exported.params == {"text": "Zażółć"}
        assert exported.missing == ()
        assert [one.library.tree_hash for one in exported.libraries] == [Library.objects.get().tree_hash]
        assert exported.manifest is not None
        assert exported.manifest.raw["x-unknown"] == {"kept": True}
        assert exported.content_files["images/photo.PNG"].size == len(hostile.PNG)


def test_the_title_is_the_present_one(stored: Path, collection: Collection) -> None:
    version = import_package(package(), user=None, collection=collection).version
    Content.objects.update(title="Nowy tytuł")
    version.content.refresh_from_db()
    with export(version) as file, zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("h5p.json"))["title"] == "Nowy tytuł"


def test_the_same_content_gives_the_same_bytes(stored: Path, collection: Collection) -> None:
    version = import_package(package(), user=None, collection=collection).version
    with export(version) as one, export(version) as other:
        assert one.read() == other.read()


def test_a_real_content_comes_back_from_its_export(stored: Path, collection: Collection) -> None:
    with real("lumi__H5P.MultiChoice.h5p") as file:
        version = import_package(file, user=None, collection=collection).version
    libraries = Library.objects.count()
    with export(version) as file:
        again = import_package(io.BytesIO(file.read()), user=None, collection=collection, title="Znowu").version
    assert again.params == version.params
    assert set(again.libraries.all()) == set(version.libraries.all())
    assert Library.objects.count() == libraries
