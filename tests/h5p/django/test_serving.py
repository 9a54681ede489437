"""Files of libraries and contents, as a frame of opaque origin gets them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from h5p.django import tokens
from h5p.django.models import Library
from h5p.django.serving import byte_range
from tests.h5p.django import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]

FILM = bytes(range(256)) * 1000


def body(response: HttpResponse) -> bytes:
    return response.getvalue()


@pytest.fixture
def film() -> str:
    version = make.version(files={"videos/film.mp4": FILM})
    return f"/h5p/c/{tokens.sign(tokens.Grant(version.pk), now=timezone.now())}/videos/film.mp4"


def test_a_file_of_a_library_is_the_same_for_ever(client: Client, django_assert_num_queries: Callable) -> None:
    library = make.library()
    make.library("H5P.Other", files={"card.js": "other"})
    with django_assert_num_queries(1):
        response = client.get(f"/h5p/lib/{library.tree_hash}/card.js")
    assert response.status_code == 200
    assert body(response) == make.SCRIPT.encode()
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_says_that_every_origin_may_read_it_and_that_it_runs_nothing(client: Client, film: str) -> None:
    library = make.library(files={"icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"})
    for address in (film, f"/h5p/lib/{library.tree_hash}/icon.svg"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "Set-Cookie" not in response
        assert "Cookie" not in response.get("Vary", "")


def test_a_blocked_library_is_not_served(client: Client) -> None:
    library = make.library(trust=Library.Trust.BLOCKED)
    assert client.get(f"/h5p/lib/{library.tree_hash}/card.js").status_code == 404


@pytest.mark.parametrize("path", ["nothing.js", "../card.js", "card.js/", "%2e%2e/card.js", "\x00"])
def test_what_a_library_does_not_have_is_not_found(client: Client, path: str) -> None:
    library = make.library()
    assert client.get(f"/h5p/lib/{library.tree_hash}/{path}").status_code == 404


def test_a_file_of_a_content_needs_an_address_that_holds(client: Client, film: str) -> None:
    assert client.get(film).status_code == 200
    version = make.version(make.library("H5P.Other"), files={"secret.png": b"1"})
    assert client.get(film.replace("videos/film.mp4", "secret.png")).status_code == 404
    old = tokens.sign(tokens.Grant(version.pk), now=timezone.now() - timedelta(days=2))
    assert client.get(f"/h5p/c/{old}/secret.png").status_code == 404
    assert client.get(f"/h5p/c/{version.pk}/secret.png").status_code == 404


@pytest.mark.parametrize(
    ("header", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=255990-", 206, 255990, 256000),
        ("bytes=-5", 206, 255995, 256000),
        ("bytes=10-9999999", 206, 10, 256000),
        ("bytes=0-1,5-6", 200, 0, 256000),
        ("lines=1-2", 200, 0, 256000),
        ("", 200, 0, 256000),
    ],
)
def test_a_film_is_served_in_parts(client: Client, film: str, header: str, status: int, start: int, end: int) -> None:
    response = client.get(film, headers={"Range": header} if header else {})
    assert response.status_code == status
    assert body(response) == FILM[start:end]
    assert response["Content-Length"] == str(end - start)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    if status == 206:
        assert response["Content-Range"] == f"bytes {start}-{end - 1}/256000"


@pytest.mark.parametrize("header", ["bytes=256000-", "bytes=9-2", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(client: Client, film: str, header: str) -> None:
    response = client.get(film, headers={"Range": header})
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */256000"


def test_a_part_of_another_version_of_the_file_is_served_whole(client: Client, film: str) -> None:
    response = client.get(film, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert response.status_code == 200
    assert body(response) == FILM


def test_what_the_browser_has_is_not_sent_again(client: Client, film: str) -> None:
    etag = client.get(film)["ETag"]
    response = client.get(film, headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert response.content == b""
    assert response["Access-Control-Allow-Origin"] == "*"


def test_head_sends_no_body(client: Client, film: str) -> None:
    response = client.head(film)
    assert response["Content-Length"] == "256000"
    assert body(response) == b""


def test_only_reading_is_allowed(client: Client, film: str) -> None:
    assert client.post(film).status_code == 405
    assert client.delete(film).status_code == 405


def test_a_range_is_of_bytes_and_a_single_one() -> None:
    assert byte_range("bytes=5-5", 10) == (5, 6)
    assert byte_range("bytes=-20", 10) == (0, 10)
    assert byte_range("bytes=-", 10) is None
    assert byte_range(f"bytes={'9' * 40}-", 10) is None
