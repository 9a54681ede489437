"""The Polish letters of a font as a file of their own: 2 KB, where the ready „latin-ext” has 33 KB of all Europe."""

from __future__ import annotations

import os
from pathlib import Path

from elearning.bootstrap.packages import install_tool
from elearning.bootstrap.terminal import PYTHON, run

# Ó and ó are in the „latin” file. tokens.css names the same letters as a unicode-range.
POLISH = "ĄąĆćĘęŁłŃńŚśŹźŻż"
WHOLE, CUT = "-latin-ext-", "-polish-"
OPTIONS = (
    f"--unicodes={','.join(f'{ord(letter):X}' for letter in POLISH)}",
    "--flavor=woff2",
    # The licence keeps the name of the font for the whole font; style sheets give the file its name.
    "--obfuscate-names",
)


def cut_polish_letters(folder: Path) -> None:
    """Beside each „latin-ext” file of this folder, one with the Polish letters alone."""
    env = {**os.environ, "PYTHONPATH": str(install_tool("fonttools"))}
    for whole in sorted(folder.glob(f"*{WHOLE}*.woff2")):
        target = whole.with_name(whole.name.replace(WHOLE, CUT))
        command = [PYTHON, "-m", "fontTools.subset", str(whole), *OPTIONS, f"--output-file={target}"]
        run(command, env, doing="przygotowanie czcionek")
