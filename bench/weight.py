"""What a browser loads for the first view of a lesson and of a quiz: bytes, strangers, how much the page moves."""

import json
import os
import shutil
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.client import Client
from bench.server import HOST, BenchError, environment, free_port, python, serving

LESSON, ATTEMPT = 100 * 1024, 150_000  # bytes
LEARNERS = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHIFT = """() => new Promise((done) => {
  let total = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (total += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 500);
})"""


def browser_path() -> str | None:
    """The machine's own browser; None for the one that the driver brought."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def view(url: str, session: str, width: int) -> tuple[dict[str, int], float]:
    """Bytes by address, headers included, of a view with an empty cache, and the cumulative layout shift."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this benchmark needs it
    except ImportError as error:
        raise BenchError("The browser's driver comes with the tests: python3 run.py test") from error
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        finished: list[Any] = []
        page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - it marks its handlers
        page.goto(url, wait_until="networkidle")
        shift = float(page.evaluate(SHIFT))
        sizes = [(request.url, request.sizes()) for request in finished if not request.url.startswith("data:")]
        browser.close()
    return {name: size["responseBodySize"] + size["responseHeadersSize"] for name, size in sizes}, shift


def measure() -> int:
    """Print every file; 1 where the view is too heavy, asks strangers, or moves."""
    with TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        env = environment(Path(folder), port)
        site = json.loads(python("-m", "bench.fill", str(LEARNERS), "1", env=env))
        origin = f"http://{HOST}:{port}"
        failed = False
        with serving("manage.py", "serve", "--bind", f"{HOST}:{port}", env=env, port=port):
            started = Client(port, site["learners"][0]).post(f"{site['quizzes'][0]}-/podejscie/", [])
            pages = ((site["lessons"][0], LESSON), (started.headers["location"], ATTEMPT))
            for (address, limit), width in product(pages, (390, 1440)):
                sizes, shift = view(origin + address, site["learners"][0], width)
                strangers = [name for name in sizes if not name.startswith(origin)]
                total = sum(sizes.values())
                failed |= total > limit or bool(strangers) or shift > 0
                files = "".join(f"{size:8}  {name.removeprefix(origin)}\n" for name, size in sizes.items())
                sys.stdout.write(
                    f"\n{address}, {width} px\n{files}{total:8}  bytes in {len(sizes)} requests, limit {limit}; "
                    f"to others: {len(strangers)}; layout shift: {shift:.4f}\n"
                )
        return int(failed)
