"""A film of 200 MB: what a browser loads before its first picture, and how eight viewers bear on the pages."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.playing.browser import chromium, window
from bench.server import HOST, BenchError, environment, free_port, python, serving

SIZE = 200_000_000  # bytes
CLIP = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=20", "-pix_fmt", "yuv420p", "-g", "50")
FIRST_PICTURE = 2_000_000  # bytes at most before it
# A line of 20 Mb/s: within this machine a browser would have loaded far ahead before it shows anything.
LINE = {"offline": False, "latency": 20, "downloadThroughput": 2_500_000, "uploadThroughput": 1_000_000}
VIEWERS, PAGES = 8, 60
PACE = 0.25  # s between two pieces that a viewer takes
PIECE = 64 * 1024
SLOWER = 2.0  # times a page may take with viewers as without


def measure() -> int:
    """Print both; 1 where an aim is missed."""
    if not shutil.which("ffmpeg"):
        raise BenchError("A film is made by ffmpeg, which is not installed.")
    with TemporaryDirectory(prefix="bench-") as name:
        port = free_port()
        env = environment(Path(name) / "var", port)
        (Path(name) / "var").mkdir()
        site = json.loads(python("-m", "bench.films.fill", str(film(Path(name))), env=env))
        with serving("manage.py", "serve", "--bind", f"{HOST}:{port}", env=env, port=port):
            is_small = first_picture(f"http://{HOST}:{port}", site)
            is_free = pages(port, site)
    return int(not (is_small and is_free))


def film(folder: Path) -> Path:
    """Twenty seconds over and over, with the index in front."""
    clip, whole = folder / "clip.mp4", folder / "film.mp4"
    ffmpeg = ["ffmpeg", "-v", "error", "-nostdin"]
    subprocess.run([*ffmpeg, *CLIP, "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "4M", str(clip)], check=True)
    times = str(SIZE // clip.stat().st_size)
    copied = ["-stream_loop", times, "-i", str(clip), "-c", "copy", "-movflags", "+faststart", str(whole)]
    subprocess.run([*ffmpeg, *copied], check=True)
    clip.unlink()
    return whole


def first_picture(origin: str, site: dict[str, Any]) -> bool:
    """Bytes of the film that came to the browser until it showed the first picture."""
    with chromium() as browser, window(browser, origin, site["session"]) as page:
        received: list[int] = []
        films: set[str] = set()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", LINE)
        network.on("Network.requestWillBeSent", lambda event: _note(event, films))
        network.on("Network.dataReceived", lambda event: _count(event, films, received))
        page.goto(f"{origin}{site['page']}")
        started = time.perf_counter()
        page.get_by_role("button", name="Odtwórz", exact=True).click()
        page.wait_for_function("() => document.querySelector('video').currentTime > 0")
        took = time.perf_counter() - started
        loaded = sum(received)
    sys.stdout.write(
        f"first picture of a film of {SIZE / 1e6:.0f} MB at 20 Mb/s: {loaded / 1e6:.2f} MB, {took * 1000:.0f} ms  "
        f"{'within' if loaded < FIRST_PICTURE else 'ABOVE'} {FIRST_PICTURE / 1e6:.0f} MB\n"
    )
    return loaded < FIRST_PICTURE


def _note(event: dict[str, Any], films: set[str]) -> None:
    if "/-/plik/" in event["request"]["url"]:
        films.add(event["requestId"])


def _count(event: dict[str, Any], films: set[str], received: list[int]) -> None:
    if event["requestId"] in films:
        received.append(event["dataLength"])


def pages(port: int, site: dict[str, Any]) -> bool:
    """How long the film's page takes while nobody and while eight people watch, each a second's film a second."""
    alone = times(port, site["page"])
    with viewers(port, site["file"]):
        time.sleep(1)
        crowded = times(port, site["page"])
    slower = median(crowded) / median(alone)
    for name, took in (("nobody watches", alone), (f"{VIEWERS} viewers", crowded)):
        sys.stdout.write(f"a page, {name:18}{median(took):7.1f} ms  p95 {quantiles(took, n=20)[-1]:7.1f} ms\n")
    sys.stdout.write(f"{slower:.2f} ×  {'within' if slower <= SLOWER else 'ABOVE'} {SLOWER:g} ×\n")
    return slower <= SLOWER


def times(port: int, path: str) -> list[float]:
    """Milliseconds of one request after the other."""
    taken = []
    for _ in range(PAGES):
        started = time.perf_counter()
        _get(port, path)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _get(port: int, path: str) -> None:
    connection = HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise BenchError(f"{path}: {answer.status}")


@contextmanager
def viewers(port: int, path: str) -> Iterator[None]:
    """People who watch slowly, as on a line of 2 Mb/s, from different places of the film."""
    done = threading.Event()
    threads = [threading.Thread(target=_watch, args=(port, path, number, done)) for number in range(VIEWERS)]
    for thread in threads:
        thread.start()
    yield
    done.set()
    for thread in threads:
        thread.join()


def _watch(port: int, path: str, number: int, done: threading.Event) -> None:
    place = number * 10_000_000
    connection = HTTPConnection(HOST, port, timeout=30)
    while not done.is_set():
        connection.request("GET", path, headers={"Range": f"bytes={place}-"})
        answer = connection.getresponse()
        while not done.is_set() and (piece := answer.read(PIECE)):
            place += len(piece)
            time.sleep(PACE)
        if done.is_set():
            break
    connection.close()
