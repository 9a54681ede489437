"""Which libraries a content plays with, and in which order they load.

The list in h5p.json is not trusted: in real packages it lacks libraries, or names some that nobody needs. What counts
is the content: its main library and each `{"library": "X 1.2"}` reached through semantics, with all that these
need. The order is that of H5P's core: nested contents before what holds them, dependencies before what needs them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.addons import wants
from h5p.library import Dependency, DependencyKind, Library
from h5p.names import LibraryName

Find = Callable[[LibraryName], Library | None]
_Fields = dict[str, tuple[int, Mapping[str, Any]]]
# Of a walk through a content: a field with its value, or a library whose contents were walked.
_Step = tuple[Mapping[str, Any], Any] | Library

# The core goes through these in this order, which decides what loads first. Editor dependencies play no part in a view.
_PLAYED = (DependencyKind.DYNAMIC, DependencyKind.PRELOADED)


@dataclass(frozen=True, slots=True)
class Asset:
    """A script or a style sheet of a library."""

    library: Library
    path: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The libraries that load, in load order.

    Without those in `missing` it does not play; those in `missing_optional` are for authors, or loaded by parts later.
    """

    libraries: tuple[Library, ...]
    missing: tuple[Dependency, ...] = ()
    missing_optional: tuple[Dependency, ...] = ()


@dataclass(slots=True)
class _Closure:
    """What was found so far. As in the core, a kind has one library of each machine name: the first that was met."""

    find: Find
    order: list[Library] = field(default_factory=list)
    seen: set[tuple[DependencyKind, str]] = field(default_factory=set)
    missing: dict[Dependency, None] = field(default_factory=dict)
    # By the identity of a list of fields, which is kept so that no other list can take its identity.
    fields: dict[int, tuple[Any, _Fields]] = field(default_factory=dict)

    def fields_of(self, written: Any) -> _Fields:
        """The fields of a group by name, each with its place; made once, however many values the group has."""
        if id(written) not in self.fields:
            by_name: _Fields = {}
            for place, one in enumerate(_mappings(written)):
                by_name.setdefault(str(one.get("name")), (place, one))
            self.fields[id(written)] = (written, by_name)
        return self.fields[id(written)][1]

    def lookup(self, dependency: Dependency) -> Library | None:
        library = self.find(dependency.name)
        if library is None:
            self.missing[dependency] = None
        return library

    def add(self, library: Library) -> None:
        """This library after all that it needs. Without recursion: a chain of libraries may be long, or a circle."""
        if not self._enter(DependencyKind.PRELOADED, library):
            return
        open_ones = [(library, DependencyKind.PRELOADED, self._needs(library))]
        while open_ones:
            current, kind, needs = open_ones[-1]
            dependency = next(needs, None)
            if dependency is None:
                open_ones.pop()
                if kind is DependencyKind.PRELOADED:
                    self.order.append(current)
                continue
            needed = self.lookup(dependency)
            if needed and self._enter(dependency.kind, needed):
                open_ones.append((needed, dependency.kind, self._needs(needed)))

    def _enter(self, kind: DependencyKind, library: Library) -> bool:
        key = (kind, library.name.machine_name)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def _needs(self, library: Library) -> Iterator[Dependency]:
        for kind in _PLAYED:
            yield from (needed for needed in library.description.dependencies if needed.kind is kind)
        for needed in library.description.dependencies:
            if needed.kind is DependencyKind.EDITOR:
                self.lookup(needed)


def resolve(main: LibraryName, params: Any, find: Find, addons: Iterable[Library] = ()) -> Resolution:
    """The libraries that a content plays with. Never raises; what is not there is named.

    `params` is content.json. `addons` are libraries that may add themselves to any content, such as one that draws
    formulas, in any order.
    """
    closure = _Closure(find)
    _walk(main, params, closure)
    texts = list(_texts(params)) if (extra := list(addons)) else []
    for addon in sorted(extra, key=_newest_first):
        if wants(addon.description.addon_patterns, texts):
            closure.add(addon)
    return Resolution(
        libraries=tuple(closure.order),
        missing=tuple(need for need in closure.missing if need.kind is DependencyKind.PRELOADED),
        missing_optional=tuple(need for need in closure.missing if need.kind is not DependencyKind.PRELOADED),
    )


def newest(dependency: Dependency, available: Iterable[LibraryName]) -> LibraryName | None:
    """The newest version there is of a library that is missing in the version asked for; to name it to people."""
    return max((name for name in available if name.machine_name == dependency.name.machine_name), default=None)


def scripts(resolution: Resolution) -> tuple[Asset, ...]:
    """The scripts of the libraries, in the order in which they run."""
    return tuple(Asset(library, path) for library in resolution.libraries for path in library.description.scripts)


def styles(resolution: Resolution) -> tuple[Asset, ...]:
    """The style sheets in their order, without those of libraries that another one asks to drop."""
    dropped = {name for library in resolution.libraries for name in library.description.dropped_styles}
    kept = (library for library in resolution.libraries if library.name.machine_name not in dropped)
    return tuple(Asset(library, path) for library in kept for path in library.description.styles)


def _walk(main: LibraryName, params: Any, closure: _Closure) -> None:
    """First what is nested in the parameters, then the library itself: the order of the core.

    Without recursion: one-field groups take no depth of the parameters, so that these do not bound the way down.
    """
    waiting = _inside_library(Dependency(main), params, closure)[::-1]
    while waiting:
        step = waiting.pop()
        if isinstance(step, Library):
            closure.add(step)
        else:
            waiting.extend(reversed(_inside(*step, closure)))


def _inside(semantics: Mapping[str, Any], value: Any, closure: _Closure) -> list[_Step]:
    """What is to be walked below a value, in order."""
    kind = semantics.get("type")
    if kind == "group":
        return _inside_group(semantics, value, closure)
    if kind == "list" and isinstance(value, list):
        inner = semantics.get("field")
        return [(inner, one) for one in value] if isinstance(inner, Mapping) else []
    if kind == "library" and isinstance(value, Mapping) and (name := _name(value.get("library"))):
        return _inside_library(Dependency(name), value.get("params"), closure)
    return []


def _inside_library(dependency: Dependency, params: Any, closure: _Closure) -> list[_Step]:
    library = closure.lookup(dependency)
    if library is None:
        return []
    return [*_inside_values(library.semantics, params, closure), library]


def _inside_values(fields: Any, values: Any, closure: _Closure) -> list[_Step]:
    """In the order of the semantics: databases do not keep the order of the parameters."""
    if not isinstance(values, Mapping):
        return []
    known = closure.fields_of(fields)
    return [(known[name][1], values[name]) for name in sorted(known.keys() & values.keys(), key=lambda n: known[n][0])]


def _inside_group(semantics: Mapping[str, Any], value: Any, closure: _Closure) -> list[_Step]:
    """A group of one field holds the value of that field itself, unless it is a content of its own."""
    fields = closure.fields_of(semantics.get("fields"))
    if len(fields) == 1 and semantics.get("isSubContent") is not True:
        return [(only, value) for _, only in fields.values()]
    return _inside_values(semantics.get("fields"), value, closure)


def _newest_first(addon: Library) -> tuple[str, int, int, str]:
    name = addon.name
    return name.machine_name, -name.major, -name.minor, addon.tree_hash


def _name(text: Any) -> LibraryName | None:
    try:
        return LibraryName.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _mappings(values: Any) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, Mapping)] if isinstance(values, list | tuple) else []


def _texts(params: Any) -> Iterator[str]:
    """Every text in the parameters."""
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
