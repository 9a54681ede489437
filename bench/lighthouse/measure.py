"""Lighthouse on the kinds of pages that people come to without an account, and how much the home page weighs."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.client import Client
from bench.lighthouse.program import CATEGORIES, Audit, audit, install
from bench.server import HOST, BenchError, environment, free_port, python, serving
from bench.weight import view

AIM = 98  # of 100, in each category
HOME_LIMIT = 100_000  # bytes of HTML, CSS, JavaScript and fonts
RUNS = 3  # performance is a median: what else the machine does moves it
PAGES = {
    "home": r"/",
    "model": r"/modele/gminy-wiejskie/",
    "news article": r"/aktualnosci/[^/]+/",
    "film": r"/filmy/[^/]+/",
    "course": r"/kursy/[^/]+/",
}
ADDRESS = re.compile(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>")
WEIGHED = {"": "HTML", "css": "CSS", "js": "JavaScript", "woff2": "fonts"}


def measure() -> int:
    """Print scores, what took points, and every file of the home page; 1 where an aim is missed."""
    install()
    with TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        env = environment(Path(folder), port)
        sys.stdout.write("The demo site is being built; this takes a minute or two.\n")
        python("manage.py", "prepare", "--demo", env=env)
        with serving("manage.py", "serve", "--bind", f"{HOST}:{port}", env=env, port=port):
            origin = f"http://{HOST}:{port}"
            failed = [_audited(name, origin, address) for name, address in _addresses(port).items()]
            return int(_is_heavy(origin) or any(failed))


def _addresses(port: int) -> dict[str, str]:
    """One page of each kind: the first in the map of the site."""
    known = ADDRESS.findall(Client(port).get("/sitemap.xml").text)
    found = {name: next((one for one in known if re.fullmatch(kind, one)), "") for name, kind in PAGES.items()}
    if missing := [name for name, address in found.items() if not address]:
        raise BenchError(f"The demo site has no such page: {', '.join(missing)}")
    return found


def _audited(name: str, origin: str, address: str) -> bool:
    """Whether a page misses an aim. The first visit draws it, as it would for whoever comes first."""
    runs = [audit(origin + address) for _ in range(RUNS)]
    scores = {category: round(median(run.scores[category] for run in runs)) for category in CATEGORIES}
    told = "  ".join(f"{category} {score}" for category, score in scores.items())
    sys.stdout.write(f"\n{name:13} {told}  ({address})\n{_faults(runs)}")
    sys.stdout.flush()
    return min(scores.values()) < AIM


def _faults(runs: Sequence[Audit]) -> str:
    return "".join(f"{'':14}- {fault}\n" for fault in sorted({fault for run in runs for fault in run.faults}))


def _is_heavy(origin: str) -> bool:
    """The home page as somebody sees it first, on a telephone and on a desk."""
    heavy = False
    for width in (390, 1440):
        sizes, shift = view(f"{origin}/", None, width)
        kinds = {name: _kind(name) for name in sizes}
        total = sum(size for name, size in sizes.items() if kinds[name])
        strangers = [name for name in sizes if not name.startswith(origin)]
        heavy |= total > HOME_LIMIT or bool(strangers) or shift > 0
        rows = "".join(
            f"{size:8}  {kinds[name] or 'picture':10}  {name.removeprefix(origin)}\n" for name, size in sizes.items()
        )
        sys.stdout.write(
            f"\nThe home page, {width} px\n{rows}{total:8}  bytes without pictures, limit {HOME_LIMIT}; "
            f"to others: {len(strangers)}; layout shift: {shift:.4f}\n"
        )
    return heavy


def _kind(address: str) -> str:
    """What counts, by the end of its address; empty for pictures."""
    last = address.partition("?")[0].rpartition("/")[2]
    return WEIGHED.get(last.rpartition(".")[2] if "." in last else "", "")
