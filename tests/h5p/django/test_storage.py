"""Files by the hash of their bytes."""

import hashlib
import io
from pathlib import Path

import pytest
from django.db import transaction
from wagtail.models import Collection

from h5p.django.importing import import_package
from h5p.django.models import Blob
from h5p.django.storage import Source, discard_orphans, keeping, open_blob
from tests.h5p.django.packages import package

pytestmark = pytest.mark.django_db


def source(data: bytes) -> Source:
    return Source(hashlib.sha256(data).hexdigest(), len(data), lambda: io.BytesIO(data))


def keep(*contents: bytes) -> None:
    with keeping(map(source, contents)) as kept, transaction.atomic():
        kept.register()


def test_bytes_come_back_by_their_hash(stored: Path) -> None:
    keep(b"one", b"two")
    with open_blob(source(b"two").sha256) as file:
        assert file.read() == b"two"
    assert Blob.objects.get(sha256=source(b"one").sha256).size == 3


def test_the_same_bytes_are_written_once(stored: Path) -> None:
    keep(b"one", b"one")
    path = next(path for path in stored.rglob("*") if path.is_file())
    path.write_bytes(b"eno")
    keep(b"one")
    assert path.read_bytes() == b"eno", "what has a row is not written again"


def test_a_source_that_fails_takes_the_others_with_it(stored: Path) -> None:
    def broken() -> io.BytesIO:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"), keeping([source(b"one"), Source("ab" * 32, 3, broken)]):
        pytest.fail("the block is not entered")
    assert [path for path in stored.rglob("*") if path.is_file()] == []
    assert not Blob.objects.exists()


def test_a_file_whose_row_went_a_moment_ago_is_written_anew(stored: Path) -> None:
    keep(b"one")
    with keeping([source(b"one")]) as kept:
        assert discard_orphans() == 1
        with transaction.atomic():
            kept.register()
    with open_blob(source(b"one").sha256) as file:
        assert file.read() == b"one"


def test_orphans_go_and_what_is_used_stays(stored: Path, collection: Collection) -> None:
    import_package(package(), user=None, collection=collection)
    used = Blob.objects.count()
    keep(b"orphan")
    assert discard_orphans() == 1
    assert discard_orphans() == 0
    assert Blob.objects.count() == used
    assert len([path for path in stored.rglob("*") if path.is_file()]) == used
