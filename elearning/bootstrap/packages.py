"""Python packages: .venv from the hashed locks, by uv or, where that cannot be had, by pip."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Sequence

from elearning.bootstrap.terminal import CACHE, PYTHON, ROOT, VENV, Stop, digest, read_stamp, run, say, succeeds


def lock_entry(lock: str, name: str) -> str:
    """The lines of one package, its pin and hashes, from the text of a hashed lock."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    if not found:
        raise Stop(f"W requirements-setup.txt nie ma pakietu {name}.")
    return found.group() + "\n"


def pip_settings(listing: str, environ: Mapping[str, str]) -> dict[str, str]:
    """What pip was told, from the output of `pip config list` and from PIP_* variables, which win."""
    settings = {}
    for line in listing.splitlines():
        section, _, option = line.partition("=")[0].rpartition(".")
        if section in ("global", "install"):
            settings[option] = str(ast.literal_eval(line.partition("=")[2]))
    for name, value in environ.items():
        if name.startswith("PIP_") and value:
            settings[name[4:].lower().replace("_", "-")] = value
    return settings


def uv_environment(pip: Mapping[str, str]) -> dict[str, str]:
    """The same wishes in the variables of uv, which reads neither pip.conf nor PIP_*."""

    def places(option: str) -> list[str]:
        # pip passes over a local folder that is missing, uv would stop at it.
        words = pip.get(option, "").split()
        return [word for word in words if re.match("https?:", word) or Path(word.replace("file://", "")).exists()]

    wishes = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(places("extra-index-url")),
        "UV_FIND_LINKS": ",".join(places("find-links")),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("default-timeout", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
    }
    # Hashes decide which file is right, so any index may offer it, as with pip.
    fixed = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_INDEX_STRATEGY": "unsafe-best-match"}
    return {**fixed, **{name: value for name, value in wishes.items() if value}}


def apt_install(packages: Sequence[str], *, purpose: str) -> None:
    """Install packages of Debian or Ubuntu as root or by password-less sudo; otherwise say what to type."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or not succeeds([*sudo, "true"]):
        raise Stop(f"Brakuje: {purpose}. Wykonaj: sudo apt-get install {' '.join(packages)}")
    say(f"→ Instaluję pakiety systemu: {', '.join(packages)}")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    run([*apt, "update"], doing="odświeżenie listy pakietów systemu", quiet=True)
    run([*apt, "install", "-y", "--no-install-recommends", *packages], doing=f"instalacja: {purpose}", quiet=True)


def pip_at_hand() -> list[str]:
    """This Python's pip or the one made by find_pip; empty when there is none."""
    for python in (sys.executable, str(CACHE / "pip" / "bin" / "python")):
        if succeeds([python, "-m", "pip", "--version"]):
            return [python, "-m", "pip"]
    return []


def find_pip() -> list[str]:
    """A pip to start from. Debian ships Python without pip and without what makes one."""
    if not pip_at_hand():
        make = [sys.executable, "-m", "venv", "--clear", str(CACHE / "pip")]
        if not succeeds(make):
            apt_install(["python{}.{}-venv".format(*sys.version_info)], purpose="moduł venv Pythona")
            run(make, doing="utworzenie środowiska dla pip")
    return pip_at_hand()


def install_tool(name: str) -> Path:
    """A package of requirements-setup.txt, checked by hash, in a folder of its own, which is returned."""
    entry = lock_entry((ROOT / "requirements-setup.txt").read_text(), name)
    home, wanted = CACHE / name, CACHE / f"{name}.txt"
    if read_stamp(home / ".lock") != [digest(entry)]:
        say(f"→ Pobieram narzędzie {name}")
        shutil.rmtree(home, ignore_errors=True)
        wanted.write_text(entry)
        options = ["--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes"]
        command = [*find_pip(), "install", *options, "--target", str(home), "-r", str(wanted)]
        run(command, {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}, doing=f"pobranie narzędzia {name}")
        (home / ".lock").write_text(digest(entry))
    return home


def sync_with_uv(uv: str, lock: Path, *, fresh: bool) -> None:
    pip = pip_at_hand() or ["true"]
    listing = subprocess.run([*pip, "config", "list"], capture_output=True, text=True).stdout
    env = {**os.environ, **uv_environment(pip_settings(listing, os.environ))}
    if fresh:
        run([uv, "venv", "-q", "--clear", "--python", sys.executable, str(VENV)], env, doing="utworzenie .venv")
    sync = [uv, "pip", "sync", "-q", "--require-hashes", "--python", PYTHON, str(lock)]
    run(sync, env, doing="instalacja bibliotek Pythona")


def sync_with_pip(lock: Path) -> None:
    """The slow way, for machines that no wheel of uv fits."""
    run([find_pip()[0], "-m", "venv", "--clear", str(VENV)], doing="utworzenie .venv")
    run(
        [PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)],
        doing="instalacja bibliotek Pythona",
    )


def install_packages(*, dev: bool) -> None:
    """Make .venv hold what the lock says. The set for development contains the other one and stays."""
    kind, python, _ = [*read_stamp(VENV / ".lock"), "", "", ""][:3]
    kind, version = ("dev" if dev else kind or "run"), "{}.{}".format(*sys.version_info)
    lock = ROOT / ("requirements-dev.txt" if kind == "dev" else "requirements.txt")
    stamp = [kind, version, digest(lock.read_text())]
    if read_stamp(VENV / ".lock") == stamp and succeeds([PYTHON, "-c", ""]):
        return
    try:
        uv = shutil.which("uv") or str(install_tool("uv") / "bin" / "uv")
    except Stop as reason:
        if not pip_at_hand():
            raise
        say(f"  {reason} Spróbuję bez uv, samym pip: to potrwa dłużej.")
        uv = ""
    say("→ Instaluję biblioteki Pythona")
    if uv:
        sync_with_uv(uv, lock, fresh=python != version or not succeeds([PYTHON, "-c", ""]))
    else:
        sync_with_pip(lock)
    (VENV / ".lock").write_text(" ".join(stamp))
