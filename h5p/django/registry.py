"""Installed libraries as the core knows them: rows of the database in, libraries by name out."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Case, IntegerField, QuerySet, Value, When

from h5p.description import parse_description
from h5p.django.models import ContentVersion, Library
from h5p.library import Library as CoreLibrary
from h5p.names import LibraryName

# Trusted ones first.
_ORDER = Case(When(trust=Library.Trust.TRUSTED, then=Value(0)), default=Value(1), output_field=IntegerField())


class Registry:
    """Libraries by the name that contents ask for. `given` come first; the others are looked up among those installed.

    Of several trees of one name the best is taken: a trusted one, of them the newest patch. Blocked ones do not exist.
    """

    def __init__(self, given: Iterable[CoreLibrary] = (), *, installed: bool = True) -> None:
        self._known: dict[LibraryName, CoreLibrary | None] = {library.name: library for library in given}
        self._installed = installed

    def find(self, name: LibraryName) -> CoreLibrary | None:
        """The library, or None. Two queries for each level of dependencies not known yet."""
        if name not in self._known and self._installed:
            self.preload([name])
        return self._known.get(name)

    def preload(self, names: Iterable[LibraryName]) -> None:
        """Look these up, with all that they need, a whole level at once."""
        wanted = {name for name in names if name not in self._known}
        while wanted and self._installed:
            found = best_installed(wanted)
            level = [as_core(row) for row in found.values()]
            self._known |= dict.fromkeys(wanted) | {library.name: library for library in level}
            named = {dependency.name for library in level for dependency in library.description.dependencies}
            wanted = named - self._known.keys()


def registry_of(version: ContentVersion) -> Registry:
    """Only the libraries that a version is pinned to. One query."""
    return Registry(map(as_core, version.libraries.all()), installed=False)


def addons() -> Iterator[CoreLibrary]:
    """Trusted libraries that add themselves to contents, the newest of each machine name. One query."""
    rows = Library.objects.filter(trust=Library.Trust.TRUSTED, description__has_key="addTo")
    seen = set()
    for row in rows.order_by("machine_name", "-major", "-minor", "-patch", "-pk"):
        if row.machine_name not in seen:
            seen.add(row.machine_name)
            yield as_core(row)


def best_installed(names: Iterable[LibraryName]) -> dict[LibraryName, Library]:
    """For each name the tree to take where nothing else is said; names without one are left out. Two queries."""
    best: dict[LibraryName, int] = {}
    for row in _ranked(names).values_list("pk", "machine_name", "major", "minor"):
        best.setdefault(LibraryName(*row[1:]), row[0])
    wanted = set(names)
    rows = Library.objects.in_bulk([pk for name, pk in best.items() if name in wanted])
    return {name_of(row): row for row in rows.values()}


def _ranked(names: Iterable[LibraryName]) -> QuerySet[Library]:
    machine_names = {name.machine_name for name in names}
    return (
        Library.objects.filter(machine_name__in=machine_names)
        .exclude(trust=Library.Trust.BLOCKED)
        .order_by(_ORDER, "-patch", "-pk")
    )


def as_core(row: Library, files: Mapping[str, str] | None = None) -> CoreLibrary:
    """A row as a value of the core; `files` maps its paths to hashes, where somebody needs them."""
    return CoreLibrary(
        description=parse_description(row.description, folder=name_of(row).folder),
        tree_hash=row.tree_hash,
        files=files or {},
        semantics=tuple(row.semantics),
        languages=row.languages,
    )


def name_of(row: Library) -> LibraryName:
    """What contents call it."""
    return LibraryName(row.machine_name, row.major, row.minor)
