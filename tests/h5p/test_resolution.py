"""Which libraries a content plays with: derived from the content, in load order, at a bounded cost."""

import csv
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.archive import Archive
from h5p.library import Dependency, DependencyKind, Library, LibraryDescription
from h5p.names import LibraryName
from h5p.package import Package, read
from h5p.resolution import Asset, newest, resolve, scripts, styles

PACKAGES = Path(__file__).parents[3] / "shared" / "h5p-packages"
LIMIT = 1.0  # seconds; what takes longer here grows without bound
FORMULA = r"/\$\$.+\$\$|\\\[.+\\\]|\\\(.+\\\)/"


def name(text: str) -> LibraryName:
    return LibraryName.parse(f"H5P.{text} 1.0" if " " not in text else f"H5P.{text}")


def library(title: str, needs: tuple[str, ...] = (), semantics: tuple = (), **more) -> Library:
    """A library; `needs` are preloaded, `dynamic` and `editor` the others."""
    kinds = {DependencyKind.DYNAMIC: "dynamic", DependencyKind.EDITOR: "editor"}
    wanted = [Dependency(name(one)) for one in needs]
    wanted += [Dependency(name(one), kind) for kind, key in kinds.items() for one in more.pop(key, ())]
    description = LibraryDescription(name(title), 0, title, dependencies=tuple(wanted), **more)
    return Library(description, title, semantics=semantics)


def among(*libraries: Library):
    return {one.name: one for one in libraries}.get


def loaded(resolution) -> list[str]:
    return [one.description.title for one in resolution.libraries]


def nested(library_name: str, params: object = None) -> dict:
    return {"library": str(name(library_name)), "params": params or {}}


def real_packages() -> list[dict[str, str]]:
    if not PACKAGES.exists():
        return []
    with (PACKAGES / "MANIFEST.tsv").open(newline="") as rows:
        listed = list(csv.DictReader(rows, delimiter="\t"))
    return [row for row in listed if not row["status"].startswith(("INVALID", "LIBRARY-ONLY"))]


def opened(filename: str) -> Package:
    with (PACKAGES / filename).open("rb") as source, Archive(source) as archive:
        return read(archive)


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
@pytest.mark.parametrize("row", real_packages(), ids=lambda row: row["filename"])
def test_real_package_has_what_it_plays_with_in_load_order(row):
    package = opened(row["filename"])
    find = {packaged.library.name: packaged.library for packaged in package.libraries}.get
    found = resolve(package.main_library, package.params, find)
    if "needs libraries" in row["status"]:
        assert found.missing == (Dependency(package.main_library),)
        return
    assert found.missing == ()
    assert found.libraries[-1].name == package.main_library
    assert not any(one.name.machine_name.startswith("H5PEditor") for one in found.libraries)
    places = {one.name: place for place, one in enumerate(found.libraries)}
    for one in found.libraries:
        needs = [need.name for need in one.description.dependencies if need.kind is DependencyKind.PRELOADED]
        assert all(places[need] < places[one.name] for need in needs)


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
def test_editor_libraries_that_a_manifest_lists_do_not_load():
    package = opened("clicreator__comprehensive-demo.h5p")
    listed = [dependency.name.machine_name for dependency in package.manifest.dependencies]
    assert any(one.startswith("H5PEditor.") for one in listed)
    find = {packaged.library.name: packaged.library for packaged in package.libraries}.get
    found = resolve(package.main_library, package.params, find)
    assert len(found.libraries) == 22
    assert not any(one.name.machine_name.startswith("H5PEditor.") for one in found.libraries)


def test_nested_contents_load_before_what_holds_them():
    holder = library("Holder", ("Base",), ({"name": "inner", "type": "library"},))
    inner, base = library("Inner", ("Help",)), library("Base")
    found = resolve(name("Holder"), {"inner": nested("Inner")}, among(holder, inner, base, library("Help")))
    assert loaded(found) == ["Help", "Inner", "Base", "Holder"]


@pytest.mark.parametrize(
    ("semantics", "value"),
    [
        ({"type": "list", "field": {"name": "one", "type": "library"}}, [nested("Inner")]),
        ({"type": "group", "fields": [{"name": "a", "type": "library"}, {"name": "b"}]}, {"a": nested("Inner")}),
        ({"type": "group", "fields": [{"name": "a", "type": "library"}]}, nested("Inner")),
        (
            {"type": "group", "isSubContent": True, "fields": [{"name": "a", "type": "library"}]},
            {"a": nested("Inner")},
        ),
        (
            {"type": "list", "field": {"type": "group", "fields": [{"name": "a", "type": "library"}, {"name": "b"}]}},
            [{}, {"a": nested("Inner")}],
        ),
    ],
    ids=["in-a-list", "in-a-group", "in-a-flat-group", "in-a-content-of-its-own", "in-a-group-of-a-list"],
)
def test_contents_are_found_through_semantics(semantics, value):
    holder = library("Holder", (), ({"name": "field", **semantics},))
    found = resolve(name("Holder"), {"field": value}, among(holder, library("Inner")))
    assert loaded(found) == ["Inner", "Holder"]


def test_what_semantics_do_not_name_is_not_loaded():
    holder = library("Holder", (), ({"name": "text", "type": "text"},))
    params = {"text": nested("Inner"), "stray": nested("Inner")}
    assert loaded(resolve(name("Holder"), params, among(holder, library("Inner")))) == ["Holder"]


def test_missing_editor_libraries_do_not_block_play():
    main = library("Main", ("Gone",), dynamic=("Later",), editor=("Author",))
    found = resolve(name("Main"), {}, among(main))
    assert found.missing == (Dependency(name("Gone")),)
    kinds = {one.name: one.kind for one in found.missing_optional}
    assert kinds == {name("Later"): DependencyKind.DYNAMIC, name("Author"): DependencyKind.EDITOR}


def test_editor_libraries_do_not_load_and_dynamic_ones_only_what_they_preload():
    main = library("Main", dynamic=("Later",), editor=("Author",))
    libraries = [main, library("Later", ("Base",)), library("Base"), library("Author")]
    assert loaded(resolve(name("Main"), {}, among(*libraries))) == ["Base", "Main"]


def test_another_minor_is_missing_and_the_newest_there_is_gets_named():
    holder = library("Holder", (), ({"name": "inner", "type": "library"},))
    installed = [library("Column 1.22"), library("Column 1.9"), library("Columns 3.0")]
    params = {"inner": {"library": "H5P.Column 1.18", "params": {}}}
    found = resolve(name("Holder"), params, among(holder, *installed))
    (missing,) = found.missing
    assert str(missing.name) == "H5P.Column 1.18"
    assert str(newest(missing, [one.name for one in installed])) == "H5P.Column 1.22"
    assert newest(missing, [name("Other")]) is None


def test_a_library_that_is_not_there_at_all_is_missing_not_an_error():
    assert resolve(name("Main"), {"any": [1]}, among()).missing == (Dependency(name("Main")),)


@pytest.mark.parametrize("odd", [None, 7, [], "H5P.Inner", {"library": 7}, {"library": "no name"}, {"library": None}])
def test_odd_values_in_place_of_a_content_are_passed_over(odd):
    holder = library("Holder", (), ({"name": "inner", "type": "library"}, {"type": 3}, {"name": ["x"]}))
    assert loaded(resolve(name("Holder"), {"inner": odd}, among(holder))) == ["Holder"]


def test_dropped_styles_stay_out_and_scripts_stay_in():
    icons = library("Icons", scripts=("i.js",), styles=("i.css",))
    main = library(
        "Main", ("Icons",), scripts=("a.js", "b.js"), styles=("m.css",), dropped_styles=frozenset({"H5P.Icons"})
    )
    found = resolve(name("Main"), {}, among(main, icons))
    assert scripts(found) == (Asset(icons, "i.js"), Asset(main, "a.js"), Asset(main, "b.js"))
    assert styles(found) == (Asset(main, "m.css"),)


def test_an_addon_joins_contents_whose_texts_match():
    main, base = library("Main"), library("Base")
    addon = library("MathDisplay", ("Base",), addon_patterns=(FORMULA,))
    for text, joins in [(r"Pole: \(a^2\)", True), ("$$x$$", True), ("5 $ i 7 $", False)]:
        found = resolve(name("Main"), {"a": [{"b": text}]}, among(main, base), [addon])
        assert loaded(found) == (["Main", "Base", "MathDisplay"] if joins else ["Main"])


def test_groups_in_groups_take_no_exponential_time():
    field, value = {"type": "text", "name": "a"}, {}
    for _ in range(45):
        field, value = {"type": "group", "name": "a", "fields": [field]}, {"a": value}
    before = time.perf_counter()
    resolve(name("Main"), value, among(library("Main", (), (field,))))
    assert time.perf_counter() - before < LIMIT


def test_one_field_groups_between_nested_contents_overflow_no_stack():
    field, value = {"type": "library", "name": "a"}, {}
    for _ in range(30):
        field = {"type": "group", "name": "a", "fields": [field]}
    for _ in range(45):
        value = nested("Main", {"a": value})
    assert loaded(resolve(name("Main"), {"a": value}, among(library("Main", (), (field,))))) == ["Main"]


def test_many_fields_times_many_values_take_no_quadratic_time():
    fields = [{"name": f"f{number}", "type": "text"} for number in range(5000)]
    semantics = {"name": "all", "type": "list", "field": {"type": "group", "fields": fields}}
    before = time.perf_counter()
    resolve(name("Main"), {"all": [{} for _ in range(5000)]}, among(library("Main", (), (semantics,))))
    assert time.perf_counter() - before < LIMIT


def test_a_chain_of_thousands_of_libraries_ends():
    chain = [library(f"L{number}", (f"L{number + 1}",)) for number in range(5000)]
    found = resolve(name("L0"), {}, among(*chain, library("L5000")))
    assert loaded(found)[:2] == ["L5000", "L4999"]


@st.composite
def graphs(draw, *, cycles: bool):
    """Libraries L0..Ln with edges of all kinds; without cycles an edge leads only to a higher number."""
    count = draw(st.integers(1, 9))
    made = []
    for number in range(count):
        others = range(count) if cycles else range(number + 1, count)
        ends = st.lists(st.sampled_from(others), max_size=4, unique=True) if others else st.just([])
        edges = {key: draw(ends) for key in ("needs", "dynamic", "editor")}
        named = {key: tuple(f"L{one}" for one in ones) for key, ones in edges.items()}
        made.append(library(f"L{number}", **named))
    return made


def reached(libraries: list[Library]) -> set[LibraryName]:
    """What loads, said in another way: all on a path without editor dependencies whose last step is preloaded."""
    by_name = {one.name: one for one in libraries}
    found, seen, waiting = {libraries[0].name}, {libraries[0].name}, [libraries[0]]
    while waiting:
        for need in waiting.pop().description.dependencies:
            if need.kind is DependencyKind.EDITOR:
                continue
            if need.kind is DependencyKind.PRELOADED:
                found.add(need.name)
            if need.name not in seen:
                seen.add(need.name)
                waiting.append(by_name[need.name])
    return found


@settings(max_examples=200, deadline=None)
@given(graphs(cycles=True))
def test_any_graph_ends_with_each_needed_library_once(libraries):
    found = resolve(libraries[0].name, {}, among(*libraries))
    names = [one.name for one in found.libraries]
    assert len(names) == len(set(names))
    assert set(names) == reached(libraries)
    assert found.missing == ()


@settings(max_examples=200, deadline=None)
@given(graphs(cycles=False))
def test_without_cycles_every_library_loads_after_what_it_needs(libraries):
    found = resolve(libraries[0].name, {}, among(*libraries))
    places = {one.name: place for place, one in enumerate(found.libraries)}
    for one in found.libraries:
        for need in one.description.dependencies:
            if need.kind is DependencyKind.PRELOADED:
                assert places[need.name] < places[one.name]


@settings(max_examples=100, deadline=None)
@given(graphs(cycles=True), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(libraries, chance: random.Random):
    fields = tuple({"name": f"f{number}", "type": "library"} for number in range(len(libraries)))
    params = {f"f{number}": nested(one.description.title) for number, one in enumerate(libraries)}
    addons = [library(f"Addon{number}", (), addon_patterns=("H5P",)) for number in range(3)]
    holder = library("Holder", (), fields)
    first = resolve(holder.name, params, among(holder, *libraries), addons)
    shuffled = list(params.items())
    for values in (libraries, addons, shuffled):
        chance.shuffle(values)
    assert resolve(holder.name, dict(shuffled), among(*libraries, holder), addons) == first
    assert len(first.libraries) == len(libraries) + 4
