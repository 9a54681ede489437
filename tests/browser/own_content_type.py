"""Our H5P content type in the stock player: a folder as its packages hold it, served, opened, and what it reports."""

import json
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Frame, Locator, Page

from h5p import content_types

PLAYER = settings.ASSETS_DIR / "h5p-standalone" / "dist"
LIBRARY = content_types.library_folders()[0]
PAGE = """<!doctype html>
<html lang="pl"><head><meta charset="utf-8"><title>Odtwarzacz</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="player/main.bundle.js"></script></head>
<body style="margin: 0"><main><div id="place"></div></main><script>
  window.statements = [];
  const options = {h5pJsonPath: "/package", frameJs: "/player/frame.bundle.js", frameCss: "/player/styles/h5p.css",
    id: 7, title: "Zestaw", xAPIObjectIRI: "https://example.org/zestaw",
    saveFreq: 3, ajax: {contentUserDataUrl: "saved"},
    user: {name: "Osoba", mail: "osoba@example.org"}, ...OPTIONS};
  new H5PStandalone.H5P(document.getElementById("place"), options).then(() => {
    H5P.externalDispatcher.on("xAPI", event => window.statements.push(event.data.statement));
    window.ready = true;
  });
</script></body></html>
"""
SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId"


class Quiet(SimpleHTTPRequestHandler):
    """Writes no log, and takes what the player saves."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"success": true}')

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder under an address of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def lay_out(folder: Path, params: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """The player, and a content of ours with its library, as an unpacked package."""
    package = folder / "package"
    (package / "content" / "images").mkdir(parents=True)
    for path, data in files.items():
        (package / "content" / path).write_bytes(data)
    (package / "content" / "content.json").write_text(json.dumps(params))
    shutil.copytree(LIBRARY, package / LIBRARY.name)
    name, version = LIBRARY.name.split("-")
    major, minor = version.split(".")
    dependency = {"machineName": name, "majorVersion": major, "minorVersion": minor}
    manifest = {"title": "Zestaw", "language": "pl", "mainLibrary": name, "embedTypes": ["iframe"]}
    (package / "h5p.json").write_text(json.dumps({**manifest, "license": "U", "preloadedDependencies": [dependency]}))
    (folder / "player").symlink_to(PLAYER)


class Stock:
    """A page of the stock player with one content."""

    def __init__(self, page: Page, url: str, folder: Path) -> None:
        self.page, self.url, self.folder = page, url, folder
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def open(self, state: Mapping[str, Any] | None = None) -> "Stock":
        """Opens the content; `state` is what was kept of an earlier visit."""
        options = {"contentUserData": [{"state": json.dumps(state or {})}]}
        (self.folder / "index.html").write_text(PAGE.replace("OPTIONS", json.dumps(options)))
        self.page.goto(f"{self.url}/index.html")
        self.page.wait_for_function("() => window.ready")
        self.question(1).wait_for()
        return self

    @property
    def frame(self) -> Frame:
        return self.page.frames[1]

    def question(self, number: int) -> Locator:
        return self.frame.locator(".aqs-part").nth(number - 1)

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name, exact=True)

    def instance(self, call: str) -> Any:
        return self.frame.evaluate(f"H5P.instances[0].{call}")

    @property
    def statements(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("window.statements")
        return found

    def reported(self, verb: str) -> list[dict[str, Any]]:
        """The statements with this verb."""
        return [one for one in self.statements if one["verb"]["id"].endswith(f"/{verb}")]


@contextmanager
def stock(
    browser: Browser,
    folder: Path,
    params: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    *,
    width: int = 1000,
) -> Iterator[Stock]:
    """The stock player with this content on a screen of that width."""
    lay_out(folder, params, files or {})
    with serving(folder) as url:
        context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        found = Stock(context.new_page(), url, folder)
        yield found
        context.close()
    assert found.troubles == []
