"""PDF of a Word file, by LibreOffice where the site has it (`LIBREOFFICE` in the settings).

LibreOffice takes files only. They lie in the memory of the machine (a tmpfs), in a folder of their own that nobody else
may read, and are gone when it has answered; no disk holds them.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from django.conf import settings

MEMORY = Path("/dev/shm")  # noqa: S108 - it is memory, which is the point
SECONDS = 60
# One takes about 300 MB and a processor.
AT_ONCE = 1
# Tagged, as screen readers need it: help.libreoffice.org, „PDF Export Command Line Parameters”.
FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'

_turn = BoundedSemaphore(AT_ONCE)


class NotConverted(RuntimeError):
    """LibreOffice made no PDF, or took too long. Says nothing of what is in the file."""


def is_set_up() -> bool:
    """Whether there is LibreOffice, and memory to work in."""
    return bool(settings.LIBREOFFICE) and MEMORY.is_dir()


def to_pdf(content: bytes) -> bytes:
    """The PDF of a DOCX. Raises `NotConverted`; takes some seconds, one file after another."""
    if not _turn.acquire(timeout=SECONDS):
        raise NotConverted
    try:
        with TemporaryDirectory(prefix="dokument-", dir=MEMORY) as folder:
            return _converted(content, Path(folder))
    finally:
        _turn.release()


def _converted(content: bytes, folder: Path) -> bytes:
    source, made = folder / "dokument.docx", folder / "dokument.pdf"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", FILTER, "--outdir", str(folder)]
    # Neither the site's secrets nor a folder on the disk are in reach of its environment.
    surroundings = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    try:
        subprocess.run(
            [str(settings.LIBREOFFICE), profile, *options, str(source)],
            cwd=folder,
            env=surroundings,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
        )
        return made.read_bytes()
    except (OSError, subprocess.SubprocessError):
        pass
    raise NotConverted
