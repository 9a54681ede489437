"""Plays every package and prints what each did, beside what its type is known to do."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.playing import opening
from bench.playing.browser import Played, chromium, play
from bench.playing.expected import BROKEN, LIBRARIES_ONLY, REFUSED, TYPES
from bench.server import HOST, ROOT, BenchError, environment, free_port, python, serving

PACKAGES = ROOT.parent / "shared" / "h5p-packages"
HEAD = f"{'package':38}{'type':28}{'shown':7}{'on load':20}{'played':52}{'score':9}{'state':10}verdict\n"


def measure() -> int:
    """Print the table and the comparison with the stock player; 1 where a package or the player misses its aim."""
    if not PACKAGES.is_dir():
        raise BenchError("The packages are not part of the project: put them beside it, in shared/h5p-packages.")
    with TemporaryDirectory(prefix="bench-") as folder:
        port, origin = (number := free_port()), f"http://{HOST}:{number}"
        env = environment(Path(folder), port)
        site = json.loads(python("-m", "bench.playing.fill", str(PACKAGES), env=env))
        with serving("manage.py", "serve", "--bind", f"{HOST}:{port}", env=env, port=port), chromium() as browser:
            return int(any([not table(browser, origin, site), not opening.compare(browser, origin, site, PACKAGES)]))


def table(browser: Any, origin: str, site: Mapping[str, Any], only: str = "") -> bool:
    """Play and print row by row; whether every row is as it should be. `only` is part of the packages' names."""
    sys.stdout.write(HEAD)
    missed = 0
    chosen = {name: what for name, what in site["packages"].items() if only in name}
    for name, what in chosen.items():
        if "version" not in what:
            row, faults = refusal(name, what)
        else:
            played = play(browser, origin, site["sessions"][0], what["version"])
            row, faults = shown(name, what["type"], played)
        missed += bool(faults)
        sys.stdout.write(f"{row}{'MISSED: ' + ', '.join(faults) if faults else BROKEN.get(name, 'as known')}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{len(chosen)} packages, {missed} missed\n")
    return not missed


def refusal(name: str, what: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The row of a package that was not imported, and what is wrong with that."""
    if "libraries" in what:
        row = f"{name.removesuffix('.h5p'):38}libraries only: {', '.join(what['libraries'])}"
        return f"{row:164}", [] if name in LIBRARIES_ONLY else ["has a content"]
    row = f"{name.removesuffix('.h5p'):38}refused: {', '.join(what['codes'])}"
    return f"{row:164}", [] if REFUSED.get(name, "nothing") in what["codes"] else ["should not be refused so"]


def shown(name: str, kind: str, played: Played) -> tuple[str, list[str]]:
    """The row of a package that was played, and what is wrong with it."""
    state = "restored" if played.is_restored else "-" if played.before in {None, "{}", "[]"} else "differs"
    row = (
        f"{name.removesuffix('.h5p'):37} {kind:27} {'yes' if played.renders else 'no':7}{' '.join(played.load):19.19} "
        f"{' '.join(played.verbs):51.51} {played.score:9}{state:10}"
    )
    if name in BROKEN:
        return row, ["plays now"] if played.renders else []
    return row, list(_faults(name, kind, played))


def _faults(name: str, kind: str, played: Played) -> Iterator[str]:
    expected = TYPES.get(kind.partition(" ")[0])
    if name in REFUSED or expected is None:
        yield "not known"
        return
    verbs = {verb.rstrip("*") for verb in played.verbs}
    if not played.renders:
        yield "; ".join(["not shown", *played.errors[:2]])
    if lacking := expected.load - {verb.rstrip("*") for verb in played.load}:
        yield f"no {' '.join(lacking)} on load"
    if lacking := expected.every - verbs:
        yield f"no {' '.join(lacking)}"
    if expected.one_of and not expected.one_of & verbs:
        yield f"none of {' '.join(sorted(expected.one_of))}"
    if expected.score and not played.score:
        yield "no score"
    if expected.state and not played.is_restored:
        yield "state not restored"
