"""The client of the hub against a stand-in server of our own: what it asks, and what it does not put up with."""

import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from h5p.hub import Hub, HubError, Site, content_types, download, register

SITE = Site(local_id="platforma", platform="Platforma", platform_version="1.0")
ID = "7b0f3f52-9a67-4d6e-8a51-7f5f0d9f8c11"
PACKAGE = b"PK" + bytes(range(256)) * 1000


class StandIn(ThreadingHTTPServer):
    """A hub on a port of this machine; `answers` maps paths to (status, body), `asked` keeps what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, tuple[int, Any]] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.pause = 0.0  # seconds between pieces of a body

    def hub(self, **limits: Any) -> Hub:
        return Hub(address=f"http://127.0.0.1:{self.server_port}/v1/", **limits)


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.asked.append((self.path, parse_qs(body, keep_blank_values=True)))
        status, answer = self.server.answers.get(self.path, (404, b""))
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(data))} | self.server.headers).items():
            self.send_header(name, value)
        self.end_headers()
        step = len(data) if not self.server.pause else 1
        try:
            for start in range(0, len(data), max(step, 1)):
                self.wfile.write(data[start : start + step])
                time.sleep(self.server.pause)
        except OSError:
            self.close_connection = True

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with StandIn() as stand_in:
        thread = threading.Thread(target=stand_in.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield stand_in
        stand_in.shutdown()
        thread.join()


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "id": "H5P.MultiChoice",
        "version": {"major": 1, "minor": 16, "patch": 14},
        "coreApiVersionNeeded": {"major": 1, "minor": 26},
        "title": "Multiple Choice",
        "summary": "Pytania",
        "owner": "Joubel",
        "license": {"id": "MIT"},
        "icon": "https://example.org/icon.svg",
        "isRecommended": True,
        "popularity": 3,
    } | changes


def test_a_site_registers_and_gets_an_id(server):
    server.answers["/v1/sites"] = (200, {"uuid": ID})
    assert register(server.hub(), SITE) == ID
    ((path, form),) = server.asked
    assert path == "/v1/sites"
    assert (form["local_id"], form["core_api_version"], form["uuid"]) == (["platforma"], ["1.28"], [""])


def test_content_types_are_listed_by_title(server):
    newer = entry(id="H5P.Zebra", title="Alfa", coreApiVersionNeeded={"major": 1, "minor": 29})
    server.answers["/v1/content-types/"] = (200, {"contentTypes": [entry(), newer]})
    alfa, choice = content_types(server.hub(), Site(local_id="p", platform="P", platform_version="1", id=ID))
    assert server.asked[0][1]["uuid"] == [ID]
    assert (alfa.title, alfa.plays_here) == ("Alfa", False)
    assert (choice.machine_name, choice.version, choice.license) == ("H5P.MultiChoice", (1, 16, 14), "MIT")
    assert choice.plays_here
    assert choice.is_recommended


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "../../etc"},
        {"id": 7},
        {"version": None},
        {"version": {"major": 1, "minor": "x", "patch": 0}},
        {"version": {"major": True, "minor": 1, "patch": 0}},
        {"coreApiVersionNeeded": {"major": -1, "minor": 0}},
    ],
)
def test_an_entry_that_makes_no_sense_is_left_out(server, odd):
    server.answers["/v1/content-types/"] = (200, {"contentTypes": [entry(**odd), "x", entry()]})
    assert len(content_types(server.hub(), SITE)) == 1


def test_an_icon_that_is_no_web_address_is_left_out(server):
    server.answers["/v1/content-types/"] = (200, {"contentTypes": [entry(icon="javascript:alert(1)", title=None)]})
    (found,) = content_types(server.hub(), SITE)
    assert (found.icon, found.title) == ("", "H5P.MultiChoice")


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"[]", b'{"uuid": 7}', b'{"uuid": "x"}', b'{"uuid": NaN}', b"[" * 9000]
)
def test_an_answer_that_is_none_is_an_error_of_the_hub(server, answer):
    server.answers |= {"/v1/sites": (200, answer), "/v1/content-types/": (200, answer)}
    with pytest.raises(HubError):
        register(server.hub(), SITE)
    with pytest.raises(HubError):
        content_types(server.hub(), SITE)


@pytest.mark.parametrize("status", [404, 422, 500, 503])
def test_a_refusal_is_an_error_that_names_the_status(server, status):
    server.answers["/v1/sites"] = (status, b"no")
    with pytest.raises(HubError, match=str(status)):
        register(server.hub(), SITE)


def test_a_package_is_downloaded_in_pieces(server):
    server.answers["/v1/content-types/H5P.MultiChoice"] = (200, PACKAGE)
    target = io.BytesIO()
    assert download(server.hub(), "H5P.MultiChoice", target) == len(PACKAGE)
    assert target.getvalue() == PACKAGE


def test_a_package_larger_than_allowed_is_not_downloaded_to_its_end(server):
    server.answers["/v1/content-types/H5P.MultiChoice"] = (200, PACKAGE)
    target = io.BytesIO()
    with pytest.raises(HubError, match="larger"):
        download(server.hub(package_bytes=100_000), "H5P.MultiChoice", target)
    assert len(target.getvalue()) <= 100_000


def test_a_package_that_breaks_off_is_an_error(server):
    server.answers["/v1/content-types/H5P.MultiChoice"] = (200, PACKAGE)
    server.headers["Content-Length"] = str(len(PACKAGE) + 10)
    with pytest.raises(HubError):
        download(server.hub(wait_seconds=1), "H5P.MultiChoice", io.BytesIO())


def test_a_hub_that_drips_is_given_up(server):
    server.answers["/v1/sites"] = (200, b" " * 1000)
    server.pause = 0.05
    before = time.monotonic()
    with pytest.raises(HubError, match="too long"):
        register(server.hub(most_seconds=0.3), SITE)
    assert time.monotonic() - before < 5


def test_a_redirect_is_not_followed(server):
    server.answers |= {"/v1/content-types/H5P.X": (302, b""), "/secret": (200, b"secret")}
    server.headers["Location"] = "/secret"
    with pytest.raises(HubError, match="302"):
        download(server.hub(), "H5P.X", io.BytesIO())
    assert [path for path, _ in server.asked] == ["/v1/content-types/H5P.X"]


def test_a_hub_that_is_away_is_an_error():
    with StandIn() as closed:
        port = closed.server_port
    with pytest.raises(HubError, match="cannot be reached"):
        register(Hub(address=f"http://127.0.0.1:{port}"), SITE)


@pytest.mark.parametrize("name", ["../sites", "H5P.X/..", "H5P.X?a=1", "", "H5P X", "H5P.X\r\nX: 1"])
def test_a_name_that_is_none_never_reaches_the_address(server, name):
    with pytest.raises(ValueError, match=r".*"):
        download(server.hub(), name, io.BytesIO())
    assert server.asked == []


@pytest.mark.parametrize(
    "address", ["", "file:///etc/passwd", "ftp://example.org", "hub", "https://", "https://a/?b=c"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="address"):
        Hub(address=address)


def test_a_local_id_that_the_hub_would_refuse_is_refused_before():
    with pytest.raises(ValueError, match="15"):
        Site(local_id="x" * 16, platform="P", platform_version="1")
