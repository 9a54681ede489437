"""Reading the demo texts."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

# In the order of the catalogue.
COURSES = (
    "kooperacja-w-gminach-wiejskich",
    "kooperacja-w-gminach-miejsko-wiejskich",
    "kooperacja-w-miastach",
)

Table = dict[str, Any]


def read(name: str) -> Table:
    """One TOML file of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def modules(course: str) -> list[Table]:
    """The modules of a course, in the order of their file names."""
    files = sorted(path for path in (FOLDER / course).glob("*.toml") if path.name != "course.toml")
    return [read(f"{course}/{path.name}") for path in files]
