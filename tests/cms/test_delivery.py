"""Files in whole and in parts, by the application, by the front server and from a storage elsewhere."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponseBase
from django.test import RequestFactory

from elearning.cms.delivery import PART, byte_range, deliver, deliver_bytes

DATA = bytes(range(256)) * 40  # 10,240 bytes


class Elsewhere(FileSystemStorage):
    """Gives out addresses and has no paths, as S3."""

    def path(self, name: str) -> str:
        raise NotImplementedError

    def url(self, name: str | None) -> str:
        return f"https://storage.example.org/{name}?signature=1"


def stored(storage: FileSystemStorage, name: str = "films/a/source.mp4") -> FieldFile:
    """A file on a storage as a row would have it."""
    return FieldFile(None, models.FileField(storage=storage, name="file"), name)  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> FieldFile:
    storage = FileSystemStorage(tmp_path)
    storage.save("films/a/source.mp4", ContentFile(DATA))
    return stored(storage)


def got(
    file: FieldFile, method: str = "get", *, asked: dict[str, str] | None = None, **options: Any
) -> HttpResponseBase:
    request = getattr(RequestFactory(), method)("/", headers=asked or {})
    return deliver(request, file, content_type="video/mp4", **options)


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)  # type: ignore[arg-type]


def test_a_whole_file_says_what_it_is(file: FieldFile) -> None:
    response = got(file, filename="zażółć.mp4")
    assert (response.status_code, body(response)) == (200, DATA)
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(DATA))
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''za%C5%BC%C3%B3%C5%82%C4%87.mp4"


def test_a_file_to_keep_is_an_attachment(file: FieldFile) -> None:
    assert got(file, filename="film.mp4", attachment=True)["Content-Disposition"] == 'attachment; filename="film.mp4"'


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, len(DATA) - 1), ("bytes=-10", len(DATA) - 10, len(DATA) - 1)],
)
def test_a_part_is_sent_as_it_was_asked_for(file: FieldFile, asked: str, first: int, last: int) -> None:
    response = got(file, asked={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert body(response) == DATA[first : last + 1]


def test_the_rest_of_a_large_file_comes_in_parts() -> None:
    assert byte_range("bytes=0-", 200_000_000) == (0, PART)
    assert byte_range("bytes=5000000-", 200_000_000) == (5_000_000, 5_000_000 + PART)
    assert byte_range("bytes=0-9999999", 200_000_000) == (0, 10_000_000)


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "items=0-1", "bytes=9-1" * 2, "bytes=" + "9" * 30 + "-"]
)
def test_what_is_no_range_gets_the_whole(file: FieldFile, asked: str) -> None:
    assert got(file, asked={"Range": asked}).status_code == 200


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=999999-1000000", "bytes=9-1", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(file: FieldFile, asked: str) -> None:
    response = got(file, asked={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(DATA)}")


def test_a_known_file_is_not_sent_again(file: FieldFile) -> None:
    etag = got(file)["ETag"]
    assert got(file, asked={"If-None-Match": etag}).status_code == 304
    assert got(file, asked={"Range": "bytes=0-9", "If-Range": etag}).status_code == 206
    assert got(file, asked={"Range": "bytes=0-9", "If-Range": '"older"'}).status_code == 200


def test_a_file_that_was_replaced_has_another_tag(file: FieldFile) -> None:
    before = got(file)["ETag"]
    Path(file.path).write_bytes(DATA + b"more")
    assert got(file)["ETag"] != before


def test_asked_for_the_head_nothing_is_sent(file: FieldFile) -> None:
    response = got(file, "head", asked={"Range": "bytes=0-9"})
    assert (response.status_code, response["Content-Length"], body(response)) == (206, "10", b"")


def test_a_file_that_is_gone_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(Http404):
        got(stored(FileSystemStorage(tmp_path), "films/none.mp4"))


def test_the_front_server_is_told_which_file_to_send(file: FieldFile, settings: Any) -> None:
    settings.FILE_DELIVERY = "x-accel"
    response = got(stored(file.storage, "films/ą b/source.mp4"), caching="public, max-age=86400")  # type: ignore[arg-type]
    assert response["X-Accel-Redirect"] == "/chronione/films/%C4%85%20b/source.mp4"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert body(response) == b""


def test_a_storage_elsewhere_gives_an_address_that_is_not_kept(tmp_path: Path) -> None:
    response = got(stored(Elsewhere(tmp_path)))
    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")
    assert response["Location"] == "https://storage.example.org/films/a/source.mp4?signature=1"


def made(asked: dict[str, str] | None = None, content: bytes = DATA) -> HttpResponseBase:
    request = RequestFactory().get("/", headers=asked or {})
    return deliver_bytes(request, content, content_type="application/pdf", filename="druk.pdf", attachment=True)


def test_a_file_made_in_memory_is_sent_in_whole_and_in_part() -> None:
    whole = made()
    assert (whole.status_code, body(whole), whole["Content-Length"]) == (200, DATA, str(len(DATA)))
    assert whole["Content-Disposition"] == 'attachment; filename="druk.pdf"'
    part = made({"Range": "bytes=10-19"})
    assert (part.status_code, body(part), part["Content-Range"]) == (206, DATA[10:20], f"bytes 10-19/{len(DATA)}")
    assert made({"Range": "bytes=20000-"}).status_code == 416


def test_a_file_made_anew_with_the_same_bytes_has_the_same_tag() -> None:
    tag = made()["ETag"]
    assert made({"If-None-Match": tag}).status_code == 304
    assert made({"If-None-Match": tag}, b"another").status_code == 200
