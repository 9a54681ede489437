"""What the page about libraries says of each: used by how many, what it lacks, how much of it is in Polish."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from h5p.django.filtered import site_language
from h5p.django.models import Library
from h5p.django.registry import as_core, name_of
from h5p.library import DependencyKind
from h5p.localisation import coverage
from h5p.names import LibraryName


@dataclass(frozen=True, slots=True)
class Row:
    """A library as the list shows it.

    `contents` are those whose live version plays with it, `versions` all, older ones too. `missing` are libraries it
    names that are not installed; `translated` of `texts` are in the language of the site. `newer` is an update.
    """

    library: Library
    contents: int
    versions: int
    missing: Sequence[LibraryName]
    newer: Library | None
    translated: int = 0
    texts: int = 0

    @property
    def is_removable(self) -> bool:
        """Nothing plays with it, and it is no part of the site."""
        return not self.versions and self.library.source != Library.Source.BUILT_IN


def rows(libraries: Iterable[Library]) -> list[Row]:
    """Rows for one page of libraries. Three queries."""
    shown = list(libraries)
    uses = _uses(shown)
    installed = _installed()
    return [_row(library, uses.get(library.pk, (0, 0)), installed) for library in shown]


def _row(library: Library, uses: tuple[int, int], installed: dict[LibraryName, list[Library]]) -> Row:
    core = as_core(library)
    wanted = [one.name for one in core.description.dependencies if one.kind != DependencyKind.EDITOR]
    translated, texts = coverage(core, site_language())
    newer = [row for row in installed.get(core.name, []) if row.patch > library.patch]
    return Row(
        library=library,
        contents=uses[0],
        versions=uses[1],
        missing=[name for name in wanted if name not in installed],
        newer=max(newer, key=lambda row: (row.patch, row.pk), default=None),
        translated=translated,
        texts=texts,
    )


def _uses(libraries: Sequence[Library]) -> dict[int, tuple[int, int]]:
    """How many live versions, and how many of all, play with each. One query."""
    is_live = Q(pins__version__content__live_version=F("pins__version"))
    found = Library.objects.filter(pk__in=[library.pk for library in libraries]).annotate(
        live=Count("pins", filter=is_live), every=Count("pins")
    )
    return {pk: (live, every) for pk, live, every in found.values_list("pk", "live", "every")}


def _installed() -> dict[LibraryName, list[Library]]:
    """Every library that is not blocked, by name, with nothing but its name and version. One query."""
    light = Library.objects.exclude(trust=Library.Trust.BLOCKED)
    by_name: dict[LibraryName, list[Library]] = defaultdict(list)
    for row in light.only("machine_name", "major", "minor", "patch", "tree_hash", "trust"):
        by_name[name_of(row)].append(row)
    return dict(by_name)
