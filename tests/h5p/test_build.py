"""Packages that are written: the same bytes twice, the same content when read again, exactly the libraries it needs."""

import csv
import io
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

from h5p.archive import MEGABYTE, Archive
from h5p.build import BuiltLibrary, build, manifest_for, needed
from h5p.library import Dependency, DependencyKind, Library, LibraryDescription
from h5p.names import LibraryName
from h5p.package import Package, read
from h5p.resolution import Resolution, resolve

from . import hostile

PACKAGES = Path(__file__).parents[3] / "shared" / "h5p-packages"


def opened(data: bytes) -> Package:
    with Archive(io.BytesIO(data)) as archive:
        return read(archive)


def rebuilt(data: bytes, *, backwards: bool = False) -> bytes:
    """A package read and written again, with the libraries that its content needs."""
    target = io.BytesIO()
    with Archive(io.BytesIO(data)) as archive:
        package = read(archive)
        find = {packaged.library.name: packaged.library for packaged in package.libraries}.get
        resolution = resolve(package.main_library, package.params, find)
        wanted = {library.name for library in needed(resolution, find)}
        libraries = [
            BuiltLibrary(one.library, {path: partial(archive.open, file.member) for path, file in one.members.items()})
            for one in package.libraries
            if one.library.name in wanted
        ]
        files = {path: partial(archive.open, file.member) for path, file in package.content_files.items()}
        if backwards:
            libraries.reverse()
            files = dict(reversed(files.items()))
        kept = {key: value for key, value in package.manifest.raw.items() if key != "preloadedDependencies"}
        manifest = manifest_for(resolution.libraries[-1], resolution, **_named(kept))
        build(target, manifest, package.params, files, libraries)
    return target.getvalue()


def _named(raw: dict) -> dict:
    return {key: value for key, value in raw.items() if key != "mainLibrary"}


def real_packages() -> list[str]:
    if not PACKAGES.exists():
        return []
    with (PACKAGES / "MANIFEST.tsv").open(newline="") as rows:
        listed = list(csv.DictReader(rows, delimiter="\t"))
    return [row["filename"] for row in listed if row["status"] == "VALID"]


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
@pytest.mark.parametrize("filename", real_packages())
def test_a_real_package_comes_back_as_it_was(filename):
    data = (PACKAGES / filename).read_bytes()
    before, after = opened(data), opened(rebuilt(data))
    assert after.params == before.params
    assert after.content_files == before.content_files
    assert after.main_library == before.main_library
    assert after.manifest.title == before.manifest.title
    trees = {one.library.name: one.library.tree_hash for one in before.libraries}
    assert all(trees[one.library.name] == one.library.tree_hash for one in after.libraries)
    assert all(need.kind is DependencyKind.EDITOR for need in after.missing)
    assert after.warnings == ()


def test_the_same_content_gives_the_same_bytes():
    data = hostile.valid()
    assert rebuilt(data) == rebuilt(data, backwards=True)


def test_nothing_of_the_machine_or_the_hour_is_in_a_package():
    with zipfile.ZipFile(io.BytesIO(rebuilt(hostile.valid()))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:2]] == ["h5p.json", "content/content.json"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert {entry.create_system for entry in entries} == {3}


def test_unknown_keys_of_the_manifest_are_kept():
    assert opened(rebuilt(hostile.valid())).manifest.raw["x-unknown"] == {"kept": True}


def library(title: str, *needs: tuple[str, DependencyKind]) -> Library:
    wanted = tuple(Dependency(LibraryName(f"H5P.{one}", 1, 0), kind) for one, kind in needs)
    return Library(LibraryDescription(LibraryName(f"H5P.{title}", 1, 0), 0, title, dependencies=wanted), title)


def test_what_only_editors_need_stays_out_and_what_loads_later_goes_along():
    main = library(
        "Main", ("Base", DependencyKind.PRELOADED), ("Later", DependencyKind.DYNAMIC), ("Author", DependencyKind.EDITOR)
    )
    others = [library("Base"), library("Later", ("Deep", DependencyKind.PRELOADED)), library("Deep"), library("Author")]
    find = {one.name: one for one in [main, *others]}.get
    resolution = resolve(main.name, {}, find)
    assert [one.description.title for one in needed(resolution, find)] == ["Base", "Deep", "Later", "Main"]


def test_libraries_in_a_circle_are_needed_once():
    one, other = (
        library("One", ("Other", DependencyKind.PRELOADED)),
        library("Other", ("One", DependencyKind.PRELOADED)),
    )
    find = {each.name: each for each in (one, other)}.get
    assert needed(Resolution((one,)), find) == [one, other]


class _Film(io.RawIOBase):
    """Bytes without end to them until `left` is used up, never in memory at once."""

    def __init__(self, left: int) -> None:
        self.left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        count = min(len(buffer), self.left)
        buffer[:count] = bytes(count)
        self.left -= count
        return count


def test_a_long_film_is_never_in_memory(tmp_path):
    film: partial[BinaryIO] = partial(io.BufferedReader, _Film(64 * MEGABYTE))
    main = library("Main")
    with (tmp_path / "film.h5p").open("wb") as target:
        tracemalloc.start()
        build(target, manifest_for(main, Resolution((main,)), title="Film"), {}, {"videos/film.mp4": film}, [])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (tmp_path / "film.h5p").stat().st_size > 64 * MEGABYTE
    assert peak < 4 * MEGABYTE
