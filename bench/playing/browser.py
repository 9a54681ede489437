"""Plays one package in a browser and writes down what happened."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.server import BenchError
from bench.weight import browser_path

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PLAYS = Path(__file__).with_name("plays.js").read_text()
# What the player tells the page, as "verb", or "verb*" from a part of the content.
LISTEN = """
window.told = [];
document.addEventListener("h5p:statement", ({ detail }) => {
  const part = detail.object.definition?.extensions?.["http://h5p.org/x-api/h5p-subContentId"];
  window.told.push(detail.verb.id.split("/").pop() + (part ? "*" : ""));
});
"""
READY = "() => window.H5P && H5P.instances && H5P.instances.length && document.readyState === 'complete'"
STATE = "() => { const s = H5P.instances[0].getCurrentState?.(); return s === undefined ? null : JSON.stringify(s); }"
SHOWN = "() => document.body.innerText.trim().length + 10 * document.querySelectorAll('img, canvas, svg, video').length"
OPENING, PLAYING = 20_000, 120_000  # ms


@dataclass(slots=True)
class Played:
    """What a package did. Verbs of parts end with a star; `state` is None where there was nothing to remember."""

    height: float = 0
    content: int = 0
    errors: list[str] = field(default_factory=list)
    load: list[str] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    before: str | None = None
    after: str | None = None

    @property
    def renders(self) -> bool:
        return self.height > 0 and self.content > 0 and not self.errors

    @property
    def is_restored(self) -> bool:
        return self.before is not None and self.before == self.after

    @property
    def score(self) -> str:
        """Of the last result of the whole that the server has."""
        scored = [attempt for attempt in self.kept.get("attempts", ()) if attempt["raw"] is not None]
        return f"{scored[-1]['raw']:g}/{scored[-1]['max']:g}" if scored else ""


@contextmanager
def chromium() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only measurements in a browser need it
    except ImportError as error:
        raise BenchError("The browser's driver comes with the tests: python3 run.py test") from error
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def window(browser: Any, origin: str, session: str) -> Iterator[Any]:
    """An empty browser in which somebody is logged in."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, locale="pl-PL", reduced_motion="reduce")
    context.set_default_timeout(OPENING)
    context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def content_frame(page: Any) -> Any:
    """The frame of the player once its content is there. Raises an error of Playwright where it does not come."""
    page.wait_for_selector("h5p-player iframe", state="attached")
    frame = page.wait_for_selector("h5p-player iframe", state="attached").content_frame()
    frame.wait_for_function(READY)
    return frame


def play(browser: Any, origin: str, session: str, version: int) -> Played:
    """Open a version, answer something, come again, and go on to its end."""
    from playwright.sync_api import Error  # noqa: PLC0415

    found = Played()
    with window(browser, origin, session) as page:
        page.on("pageerror", lambda error: found.errors.append(str(error).splitlines()[0][:80]))
        page.set_default_timeout(OPENING)
        try:
            _through(page, f"{origin}/bench/activity/{version}/", found)
        except Error as error:
            found.errors.append(str(error).splitlines()[0][:80])
        found.kept = json.loads(page.request.get(f"{origin}/bench/kept/{version}/").text())
    return found


def _through(page: Any, address: str, found: Played) -> None:
    page.goto(address)
    frame = content_frame(page)
    page.wait_for_timeout(1500)
    found.height = page.evaluate("document.querySelector('h5p-player iframe').offsetHeight")
    found.content = frame.evaluate(SHOWN)
    found.load = list(dict.fromkeys(page.evaluate("told")))
    frame.evaluate(PLAYS)
    frame.evaluate("benchPlay('some')")
    found.before = frame.evaluate(STATE)
    found.verbs += page.evaluate("told")
    page.evaluate("document.querySelector('h5p-player').farewell()")

    page.reload()
    frame = content_frame(page)
    page.wait_for_timeout(500)
    found.after = frame.evaluate(STATE)
    frame.evaluate(PLAYS)
    frame.evaluate("benchPlay('all')")
    page.wait_for_timeout(500)
    found.verbs = list(dict.fromkeys(found.verbs + page.evaluate("told")))
    page.evaluate("document.querySelector('h5p-player').farewell()")
