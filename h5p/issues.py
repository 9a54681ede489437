"""Findings about a package: a code for programs, and place, cause and remedy for people, in English and Polish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.wording import WORDING

# A hostile package could hold ten thousand bad files; nobody reads more findings than this.
MOST_ISSUES = 200


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


class Findings:
    """Collects findings, so that an author learns of all of them at once. Keeps the first `MOST_ISSUES`."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._issues = list(issues)

    def add(self, code: str, place: str = "", **values: Any) -> None:
        """Note one finding; text values are made fit to show."""
        shown_values = {key: shown(value) if isinstance(value, str) else value for key, value in values.items()}
        self.extend([Issue(code, shown(place), shown_values)])

    def extend(self, issues: Iterable[Issue]) -> None:
        """Note findings made elsewhere, each once."""
        for issue in issues:
            if len(self._issues) < MOST_ISSUES and issue not in self._issues:
                self._issues.append(issue)

    def __bool__(self) -> bool:
        return bool(self._issues)

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(self._issues)

    def stop(self) -> None:
        """Raise InvalidPackage if there is any finding."""
        if self._issues:
            raise InvalidPackage(self._issues)


def shown(text: str, length: int = 120) -> str:
    """Text from a package as it may be shown: control and direction characters are spelled out, and the end is cut."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in cut)
