"""Talking to the person who started run.py, and running other programs for them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
PYTHON = str(VENV / "bin" / "python")


class Stop(Exception):
    """A reason to end which the person at the terminal can act upon."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(command: Sequence[str], env: Mapping[str, str] | None = None, *, doing: str, quiet: bool = False) -> None:
    """Run one step of the set-up with its output on the terminal; `doing` names it when it fails."""
    try:
        status = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL if quiet else None).returncode
    except OSError as error:
        raise Stop(f"Nie udało się: {doing}. {command[0]}: {error.strerror}") from error
    if status:
        raise Stop(f"Nie udało się: {doing} (kod {status}). Przyczyna jest w komunikatach powyżej.")


def succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    except OSError:
        return False


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def read_stamp(path: Path) -> list[str]:
    """The words left by an earlier set-up that went well."""
    return path.read_text().split() if path.exists() else []
