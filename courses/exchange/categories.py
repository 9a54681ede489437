"""Paths of categories, as Moodle writes them: levels with slashes between, a slash in a name doubled."""

import re
from collections.abc import Sequence

CONTEXT = re.compile(r"^\$[^/]*\$/?")
SLASH = re.compile(r"(?<!/)/(?!/)")


def from_moodle(path: str) -> tuple[str, ...]:
    """The levels of a path, without the course it belongs to and Moodle's own top level."""
    path = CONTEXT.sub("", path.strip())
    levels = [level.replace("//", "/").strip() for level in SLASH.split(path)]
    return tuple(level for number, level in enumerate(levels) if level and not (number == 0 and level == "top"))


def to_moodle(category: Sequence[str]) -> str:
    """The path of a category in the course that imports it."""
    return "/".join(["$course$", "top", *map(_escaped, category)])


def _escaped(level: str) -> str:
    """A name whose own slashes are no ends of levels; as Moodle does, with a space where it ends in one."""
    name = level.replace("/", "//")
    return f"{' ' * name.startswith('/')}{name}{' ' * name.endswith('/')}"
