"""Opening a Question Set: requests and time in the player of the site and in the stock player, in the same browser."""

import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.playing.browser import window
from bench.server import HOST, ROOT

PACKAGE = "sr258__H5P.QuestionSet.h5p"
ASSETS = ROOT / "var" / "assets"
ROUNDS = 7
REQUESTS, SHARE = 12, 0.6  # aims: requests at most, and time and requests as a share of the stock player's
LIMIT = 30_000  # ms
PAGE = """<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>Odtwarzacz</title>
<link rel="icon" href="data:,"><script src="player/main.bundle.js"></script></head><body><div id="place"></div><script>
new H5PStandalone.H5P(document.getElementById("place"), {h5pJsonPath: "/package",
  frameJs: "/player/frame.bundle.js", frameCss: "/player/styles/h5p.css"});
</script></body></html>"""
INTERACTIVE = ".h5p-question-check-answer:visible, .h5p-question-next:visible"

# Requests and milliseconds of one opening.
Opening = tuple[int, float]


class Quiet(SimpleHTTPRequestHandler):
    """Files over connections that stay open, as servers do, and no log."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def stock(package: Path) -> Iterator[str]:
    """The address of a page of the stock player with this package, unpacked."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder / "package")
        (folder / "player").symlink_to(ASSETS / "h5p-standalone" / "dist")
        (folder / "index.html").write_text(PAGE)
        server = ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=folder))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{HOST}:{server.server_port}/index.html"
        server.shutdown()
        server.server_close()


def opened(browser: Any, origin: str, session: str, address: str) -> Opening:
    """Open the page with an empty cache and wait until the first question can be answered."""
    with window(browser, origin, session) as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.frame_locator("iframe").locator(INTERACTIVE).first.wait_for(timeout=LIMIT)
        took = (time.perf_counter() - started) * 1000
        page.wait_for_load_state("networkidle")
    return sum(not url.startswith(("data:", "blob:", "about:")) for url in requests), took


def compare(browser: Any, origin: str, site: Mapping[str, Any], packages: Path) -> bool:
    """Print medians of openings in turn; whether the aims are met."""
    ours_at = f"{origin}/bench/activity/{site['packages'][PACKAGE]['version']}/"
    ours, theirs = [], []
    with stock(packages / PACKAGE) as stock_at:
        for number in range(ROUNDS + 1):
            pair = [opened(browser, origin, site["sessions"][1], address) for address in (ours_at, stock_at)]
            if number:  # the first only warms up
                ours.append(pair[0])
                theirs.append(pair[1])
    (requests, took), (their_requests, their_time) = map(_median, (ours, theirs))
    shares = requests / their_requests, took / their_time
    sys.stdout.write(
        f"\nopening a Question Set      requests      ms\n{'our player':26}{requests:10}{took:8.0f}\n"
        f"{'h5p-standalone':26}{their_requests:10}{their_time:8.0f}\n"
        f"{'ours of stock':26}{shares[0]:10.0%}{shares[1]:8.0%}   aims: {REQUESTS} requests, {SHARE:.0%} of both\n"
    )
    return requests <= REQUESTS and max(shares) <= SHARE


def _median(openings: list[Opening]) -> Opening:
    counted, timed = zip(*openings, strict=True)
    return round(median(counted)), median(timed)
