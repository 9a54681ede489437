"""`python -m bench.look_at_documents FOLDER`: every page of the .docx and .pdf in a folder as PNG, to look at.

Word files go through LibreOffice (`soffice`), pages through Poppler (`pdftoppm`). The pictures go to FOLDER/pages, or
to `--into`; what is missing on this machine is said, and the exit code is 1 then.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

DOTS = "90"  # an inch
PATIENCE = 180  # seconds, for the first start of LibreOffice too


class Missing(Exception):
    """A program that this machine does not have; the text says what it is for."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.look_at_documents", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path)
    chosen = parser.parse_args()
    into = chosen.into or chosen.folder / "pages"
    into.mkdir(parents=True, exist_ok=True)
    failed = False
    for path in sorted(chosen.folder.iterdir()):
        if path.suffix.lower() not in {".docx", ".pdf"}:
            continue
        try:
            pages = look(path, into)
        except (Missing, subprocess.SubprocessError) as reason:
            failed = True
            sys.stdout.write(f"{path.name}: {reason}\n")
        else:
            sys.stdout.write(f"{path.name}: {len(pages)} pages\n")
    sys.stdout.write(f"{into}\n")
    return int(failed)


def look(path: Path, into: Path) -> list[Path]:
    """The pictures of the pages of one file, `porozumienie.docx-1.png` and so on. Raises `Missing`."""
    with TemporaryDirectory(prefix="look-") as folder:
        pdf = path if path.suffix.lower() == ".pdf" else converted(path, Path(folder))
        for old in into.glob(f"{path.name}-*.png"):
            old.unlink()
        pdftoppm = program("pdftoppm", "draws pages (package poppler-utils)")
        command = [pdftoppm, "-r", DOTS, "-png", pdf, into / path.name]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return sorted(into.glob(f"{path.name}-*.png"))


def converted(path: Path, folder: Path) -> Path:
    """A Word file as the PDF of LibreOffice. Raises `Missing`, and `SubprocessError` where it makes none."""
    soffice = program("soffice", "opens Word files (LibreOffice)")
    # A profile of its own: another window of LibreOffice would swallow the command.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
    made = folder / f"{path.stem}.pdf"
    for _ in range(2):  # the first start of a new profile may only set it up
        subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)
        if made.exists():
            return made
    raise subprocess.SubprocessError("LibreOffice made no PDF of it")


def program(name: str, purpose: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is missing on this machine: it {purpose}")
    return found


if __name__ == "__main__":
    sys.exit(main())
