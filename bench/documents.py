"""How long a template of ten pages with 60 fields and 30 rows takes from what was typed to its file; how much memory.

`python -m bench.documents` measures in a process of its own, with the settings of `bench.server.environment`.
"""

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any

import django
from django.urls import get_resolver

from bench.server import environment, python
from library import composing, values
from library.sheet import Sheet
from tests.library import samples

ROUNDS = 15
DAY = date(2026, 10, 7)
DOCX, PDF, MEMORY = 0.3, 1.5, 100  # seconds, seconds, MB above the idle process


def measure() -> int:
    """Print the medians, the slowest and the memory; 1 where an aim is missed."""
    with TemporaryDirectory(prefix="bench-") as folder:
        found = json.loads(python("-m", "bench.documents", env=environment(Path(folder), 0)))
    sys.stdout.write(f"{found['pages']} pages, 60 fields, 30 rows; medians of {ROUNDS} rounds\n")
    missed = False
    for name, limit in (("docx", DOCX), ("pdf", PDF)):
        took = found[name]
        missed |= took["median"] > limit
        sys.stdout.write(
            f"{name.upper():5}{took['median'] * 1000:7.0f} ms  (slowest {took['slowest'] * 1000:.0f}, "
            f"first {took['first'] * 1000:.0f}, processor {took['processor'] * 1000:.0f}; "
            f"{took['kilobytes']:.0f} KB)  {_verdict(took['median'], limit)} {limit * 1000:g} ms\n"
        )
    missed |= found["memory"] > MEMORY
    verdict = _verdict(found["memory"], MEMORY)
    sys.stdout.write(f"peak {found['memory']:5.0f} MB above the idle process  {verdict} {MEMORY} MB\n")
    return int(missed)


def _verdict(found: float, limit: float) -> str:
    return "within" if found <= limit else "ABOVE"


def _measured() -> dict[str, Any]:
    """The figures, taken in this process: what it holds when idle is what is there before the first file."""
    django.setup()
    list(get_resolver().url_patterns)  # the whole site is imported, as in a server
    from library import docx_file, pdf  # noqa: PLC0415 - reads Django's settings

    idle = _resident()
    signs = samples.signs()
    found = {
        "docx": _timed(lambda sheet: docx_file.write(sheet, signs=signs)),
        "pdf": _timed(lambda sheet: pdf.write(sheet, signs=signs, day=DAY)),
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    # Every page names its number once: /Type/Page, and /Type/Pages for the list of them.
    content = pdf.write(samples.large_sheet(), day=DAY)
    return {**found, "memory": peak - idle, "pages": content.count(b"/Type/Page") - content.count(b"/Type/Pages")}


def _timed(write: Callable[[Sheet], bytes]) -> dict[str, float]:
    """Other values in every round, so that nothing is remembered from the one before."""
    document, took, processor, content = samples.large(), [], [], b""
    for number in range(ROUNDS):
        typed = {name: f"{value} {number}" if isinstance(value, str) else value for name, value in _typed().items()}
        started, computed = perf_counter(), thread_time()
        content = write(composing.compose(document, values.read(document.fields, typed)))
        took.append(perf_counter() - started)
        processor.append(thread_time() - computed)
    return {
        "median": median(took),
        "slowest": max(took),
        "first": took[0],
        "processor": median(processor),
        "kilobytes": len(content) / 1000,
    }


def _typed() -> dict[str, Any]:
    """What a browser sends: all fields of the sample are texts."""
    return dict(samples.large_values())


def _resident() -> float:
    """Memory that the process holds now, in MB; where the system does not say, the most it ever held."""
    said = Path("/proc/self/statm")
    if said.exists():
        return int(said.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured()))
