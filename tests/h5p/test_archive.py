"""The archive's streams: limits while reading, memory, and reading again."""

import io
import os
import time
import tracemalloc
import zipfile

import pytest

from h5p.archive import MEGABYTE, Archive, Limits
from h5p.documents import parse_json
from h5p.issues import InvalidPackage
from h5p.media_types import media_type
from h5p.package import read

from . import hostile

FILM_MEGABYTES = 40


def test_a_large_film_is_never_held_in_memory(tmp_path):
    piece = os.urandom(MEGABYTE)
    path = tmp_path / "film.h5p"
    path.write_bytes(hostile.valid())
    with zipfile.ZipFile(path, "a") as archive, archive.open("content/film.mp4", "w") as film:
        for _ in range(FILM_MEGABYTES):
            film.write(piece)
    tracemalloc.start()
    try:
        with path.open("rb") as source, Archive(source) as archive:
            package = read(archive)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert package.content_files["film.mp4"].size == FILM_MEGABYTES * MEGABYTE
    assert peak < 5 * MEGABYTE


def test_a_bomb_stops_while_it_unpacks_whatever_its_header_says():
    data = hostile.packed({**hostile.files(), "content/film.mp4": bytes(30 * MEGABYTE)})
    unpacked = []
    with (
        Archive(io.BytesIO(data)) as archive,
        archive.open("content/film.mp4") as stream,
        pytest.raises(InvalidPackage) as refusal,
    ):
        unpacked.extend(len(piece) for piece in iter(lambda: stream.read(1000), b""))
    assert refusal.value.issues[0].code == "compression-bomb"
    assert sum(unpacked) <= 100 * len(data)


def test_a_stream_gives_the_bytes_and_may_be_opened_again():
    limits = Limits(total_bytes=3 * MEGABYTE)
    data = hostile.packed({**hostile.files(), "content/a.png": os.urandom(2 * MEGABYTE)})
    with Archive(io.BytesIO(data), limits) as archive:
        first, again = (archive.open("content/a.png").read() for _ in range(2))
        assert first == again
        assert len(first) == archive.entries["content/a.png"].size
        with pytest.raises(KeyError):
            archive.open("content/none.png")


def test_two_streams_may_be_read_at_the_same_time():
    with Archive(io.BytesIO(hostile.valid())) as archive:
        one, two = archive.open("h5p.json"), archive.open("content/content.json")
        start = one.read(5)
        params = two.read()
        assert start + one.read() == hostile.files()["h5p.json"]
        assert params == hostile.files()["content/content.json"]


def test_refused_files_cannot_be_opened():
    data = hostile.packed({**hostile.files(), "content/../evil.png": b"x"})
    with Archive(io.BytesIO(data)) as archive:
        assert [issue.code for issue in archive.issues] == ["unsafe-path"]
        assert "content/../evil.png" not in archive.entries


def test_a_hostile_list_of_files_is_judged_quickly():
    paths = {f"{'a/' * 19}{number}/b/c.png": b"" for number in range(5_000)}
    awful = {f"H5P.X-1.0/language/{'a' * 200}{number}!.json": b"" for number in range(2_000)}
    data = hostile.packed({**hostile.files(), **paths, **awful})
    start = time.process_time()
    with pytest.raises(InvalidPackage), Archive(io.BytesIO(data)) as archive:
        read(archive)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text", ['"\\\\u0000"', '"\\ud83d\\ude00"', '{"a": 1.5e300, "b": -12}', "[" * 100 + "]" * 100, "\ufeff1"]
)
def test_unusual_but_right_json_is_read(text):
    parse_json(text.encode(), "content/content.json")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("images/Photo.JPG", "image/jpeg"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("film.mp4", "video/mp4"),
        ("icon.svg", "image/svg+xml"),
        ("a.html", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
    ],
)
def test_media_types_come_from_our_own_table(path, expected):
    assert media_type(path) == expected
