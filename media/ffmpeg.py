"""Running ffmpeg, which Debian has and a site can do without."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Nothing of the network, and no list of files that would name others: the demuxer is told, never guessed.
SAFE = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file,pipe")
DEMUXERS = {"mp4": "mov", "webm": "matroska"}
MISSING = "Na serwerze nie ma programu ffmpeg. Poproś administratorkę lub administratora o\xa0jego instalację."
LONGEST_ERROR = 300


class Failed(Exception):
    """ffmpeg could not do it; the text is for the editor and names no path."""


def is_installed() -> bool:
    return shutil.which("ffmpeg") is not None


def run(source: Path, container: str, arguments: Sequence[str], *, folder: Path, seconds: float) -> None:
    """Turn `source` into what the arguments say, with names relative to `folder`. Raises `Failed`.

    The program gets as little of the machine as it can (`nice`), and `seconds` of time.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise Failed(MISSING)
    # Under a name of its own, so that no message holds the path.
    link = folder / f"zrodlo.{container}"
    link.unlink(missing_ok=True)
    link.symlink_to(source)
    command = [*_standing_back(), program, *SAFE, "-f", DEMUXERS[container], "-i", link.name, *arguments]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"Trwało to dłużej niż {seconds / 60:.0f}\xa0min, więc przerwaliśmy.") from error
    except subprocess.CalledProcessError as error:
        raise Failed(_told(error.stderr)) from error


def _standing_back() -> list[str]:
    """Pages come before films."""
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


def _told(said: bytes) -> str:
    """The last thing ffmpeg said, which is mostly what went wrong."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return (
        f"Program ffmpeg nie poradził sobie z\xa0plikiem: {lines[-1][:LONGEST_ERROR] if lines else 'bez wyjaśnienia'}"
    )
