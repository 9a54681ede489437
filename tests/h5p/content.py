"""Libraries, packages and values for tests of what happens to parameters."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from h5p.archive import Archive
from h5p.issues import InvalidPackage
from h5p.library import Library, LibraryDescription
from h5p.names import LibraryName
from h5p.package import Package, read

PACKAGES = Path(__file__).parents[3] / "shared" / "h5p-packages"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


def library(*semantics: Any, name: str = "H5P.Thing 1.2", **languages: Any) -> Library:
    return Library(
        LibraryDescription(LibraryName.parse(name), 3, "Thing"),
        tree_hash=name,
        semantics=semantics,
        languages={code: {"semantics": texts} for code, texts in languages.items()},
    )


def finder(*libraries: Library) -> Callable[[LibraryName], Library | None]:
    return {one.name: one for one in libraries}.get


def real_contents() -> Iterator[tuple[str, Package, Library, Callable[[LibraryName], Library | None]]]:
    """File name, package, main library and finder of each real package that is valid and has its main library."""
    for path in sorted(PACKAGES.glob("*.h5p")):
        try:
            with path.open("rb") as source, Archive(source) as archive:
                package = read(archive)
        except InvalidPackage:
            continue
        find = finder(*(packaged.library for packaged in package.libraries))
        main = find(package.main_library) if package.main_library else None
        if main is not None:
            yield path.name, package, main, find
