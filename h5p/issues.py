"""Findings about a package: a code for programs, and place, cause and remedy for people, in English and Polish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.wording import WORDING


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `code` is a key of `h5p.wording.WORDING`; `place` is a path in the package, with a JSON pointer."""

    code: str
    place: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def cause(self, language: str = "en") -> str:
        """What is wrong, in English or Polish ("pl")."""
        return WORDING[self.code].cause(language).format(**{"place": self.place, **self.values})

    def remedy(self, language: str = "en") -> str:
        """What to do about it."""
        return WORDING[self.code].remedy(language).format(**{"place": self.place, **self.values})


class InvalidPackage(Exception):
    """The package is refused; `issues` say why, all that could be found in one reading."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(f"{issue.code} {issue.place}" for issue in self.issues))
