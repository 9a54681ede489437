"""What the reader accepts, and what it makes of it."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.archive import Archive
from h5p.issues import InvalidPackage
from h5p.library import Dependency, DependencyKind
from h5p.names import LibraryName
from h5p.package import Package, read

from . import hostile

PACKAGES = Path(__file__).parents[3] / "shared" / "h5p-packages"
# What MANIFEST.tsv says about the invalid ones, as codes.
CODES = {
    "graasp__illegal-extension.h5p": {"extension-in-library", "missing-library-json", "missing-content-json"},
    "lumi__2-invalid-libraries.h5p": {"language-name-invalid", "field-missing"},
    "lumi__broken-content-json.h5p": {"json-invalid"},
    "lumi__corrupt_archive.h5p": {"not-a-zip"},
    "lumi__invalid-h5p-json-schema.h5p": {"field-missing"},
    "lumi__missing-preloaded-js.h5p": {"asset-missing"},
    "lumi__xss-svg.h5p": {"svg-in-content"},
    "moodle__no-json-file.h5p": {"missing-h5p-json"},
}


def opened(data: bytes) -> Package:
    with Archive(io.BytesIO(data)) as archive:
        return read(archive)


def real_packages() -> list[dict[str, str]]:
    if not PACKAGES.exists():
        return []
    with (PACKAGES / "MANIFEST.tsv").open(newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


@pytest.mark.skipif(
    not PACKAGES.exists(),
    reason="real packages are not part of the project: put them beside it, in shared/h5p-packages",
)
@pytest.mark.parametrize("row", real_packages(), ids=lambda row: row["filename"])
def test_real_package_is_judged_as_its_list_says(row):
    with (PACKAGES / row["filename"]).open("rb") as source:
        if row["status"].startswith("INVALID"):
            with pytest.raises(InvalidPackage) as refusal, Archive(source) as archive:
                read(archive)
            assert {issue.code for issue in refusal.value.issues} == CODES[row["filename"]]
            return
        with Archive(source) as archive:
            package = read(archive)
    assert len(package.libraries) == int(row["n_bundled_libraries"])
    assert package.warnings == ()
    if row["status"].startswith("LIBRARY-ONLY"):
        assert (package.manifest, package.params, package.main_library) == (None, None, None)
    else:
        assert row["mainLibrary+version"].startswith(str(package.main_library))
        needs_host = any(need.kind is not DependencyKind.EDITOR for need in package.missing)
        assert needs_host is ("needs libraries" in row["status"])


def test_a_package_says_what_it_holds():
    package = opened(hostile.valid())
    assert package.manifest.title == "Rozmowa z klientem"
    assert package.manifest.raw["x-unknown"] == {"kept": True}
    assert package.params == {"text": "Zażółć"}
    photo = package.content_files["images/photo.PNG"]
    assert (photo.member, photo.size) == ("content/images/photo.PNG", len(hostile.PNG))
    assert "content.json" not in package.content_files
    (packaged,) = package.libraries
    library = packaged.library
    assert library.description.version == "1.0.7"
    assert library.description.styles == ("styles/sample.css",)
    assert library.description.dropped_styles == {"FontAwesome"}
    assert library.description.core_api == (1, 19)
    assert library.semantics == ({"name": "text", "type": "text"},)
    assert library.languages == {"pl": {"semantics": []}}
    assert packaged.members["icon.svg"].sha256 == library.files["icon.svg"]


def test_tree_hash_depends_on_every_byte_of_a_library_and_on_nothing_else():
    def tree(**changes):
        return opened(hostile.valid(**changes)).libraries[0].library.tree_hash

    assert tree() == tree(params={"other": 1})
    assert tree() != tree(pl={"semantics": [{}]})


def test_byte_order_mark_and_leftovers_of_other_systems_are_tolerated():
    files = {
        **hostile.files(),
        "h5p.json": b"\xef\xbb\xbf" + hostile.files()["h5p.json"],
        "__MACOSX/._h5p.json": b"\0",
        "content/.DS_Store": b"\0",
        f"{hostile.LIBRARY}/language/.en.json": b"not JSON",
    }
    package = opened(hostile.packed(files))
    assert list(package.content_files) == ["images/photo.PNG"]
    assert package.warnings == ()


def test_the_same_image_packed_twice_is_taken_once():
    package = opened(hostile.packed([*hostile.files().items(), ("content/images/photo.PNG", hostile.PNG)]))
    assert list(package.content_files) == ["images/photo.PNG"]


def test_polish_letters_survive_a_packer_that_does_not_mark_utf8():
    data = hostile.packed({**hostile.files(), "content/images/żółw.png": hostile.PNG})
    unmarked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index("żółw".encode(), data.index(signature) if offset == 6 else data.index(b"PK\x01\x02"))
        record = data.rindex(signature, 0, start)
        unmarked[record + offset : record + offset + 2] = b"\0\0"
    assert "images/żółw.png" in opened(bytes(unmarked)).content_files


def test_a_file_beside_the_content_is_left_out_with_a_note():
    package = opened(hostile.packed({**hostile.files(), "readme.html": b"x"}))
    assert [issue.code for issue in package.warnings] == ["stray-file"]


def test_an_unknown_licence_and_a_type_that_cannot_run_alone_are_noted():
    package = opened(
        hostile.valid(manifest=hostile.manifest(license="WTFPL"), description=hostile.description(runnable=0))
    )
    assert [issue.code for issue in package.warnings] == ["license-unknown", "not-runnable"]


def test_library_in_a_folder_without_version_is_accepted():
    files = {path.replace(hostile.LIBRARY, "H5P.Sample"): data for path, data in hostile.files().items()}
    assert opened(hostile.packed(files)).libraries[0].library.name == LibraryName("H5P.Sample", 1, 0)


def test_version_of_an_unlisted_main_library_is_that_of_the_bundled_one():
    package = opened(hostile.valid(manifest=hostile.manifest(preloadedDependencies=[])))
    assert package.main_library == LibraryName("H5P.Sample", 1, 0)


def test_what_is_missing_is_named_once_under_its_most_needed_kind():
    def need(name):
        return {"machineName": name, "majorVersion": 1, "minorVersion": 0}

    package = opened(
        hostile.valid(
            manifest=hostile.manifest(preloadedDependencies=[need("H5P.Sample"), need("H5P.A")]),
            description=hostile.description(
                dynamicDependencies=[need("H5P.A"), need("H5P.B")], editorDependencies=[need("H5PEditor.C")]
            ),
        )
    )
    assert set(package.missing) == {
        Dependency(LibraryName("H5P.A", 1, 0), DependencyKind.PRELOADED),
        Dependency(LibraryName("H5P.B", 1, 0), DependencyKind.DYNAMIC),
        Dependency(LibraryName("H5PEditor.C", 1, 0), DependencyKind.EDITOR),
    }


def judge(data: bytes) -> None:
    """Any outcome is right but another exception than InvalidPackage, and a finding that cannot be said."""
    issues = ()
    try:
        opened(data)
    except InvalidPackage as error:
        issues = error.issues
    for issue in issues:
        assert issue.cause("pl")
        assert issue.remedy("en")


@given(st.binary(max_size=500))
def test_random_bytes_never_raise_anything_else(data):
    judge(data)
    judge(b"PK\x03\x04" + data + b"PK\x05\x06" + data[:18].ljust(18, b"\0"))


STORED = hostile.packed(hostile.files(), zipfile.ZIP_STORED)
DEFLATED = hostile.valid()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([STORED, DEFLATED]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
    st.floats(0.2, 1),
)
def test_mutated_packages_never_raise_anything_else(original, changes, kept):
    data = bytearray(original)
    for place, value in changes:
        data[int(place * len(data))] = value
    judge(bytes(data))
    judge(bytes(data[: int(kept * len(data))]))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
manifest_fields = st.sampled_from([*sorted(hostile.manifest()), "authors", "source", "dynamicDependencies"])
library_fields = st.sampled_from([*sorted(hostile.description()), "addTo", "preloadedDependencies"])


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(manifest_fields, json_values, max_size=3),
    st.dictionaries(library_fields, json_values, max_size=3),
    json_values,
    json_values,
)
def test_any_json_never_raises_anything_else(manifest, description, params, semantics):
    judge(
        hostile.valid(
            manifest={**hostile.manifest(), **manifest},
            description={**hostile.description(), **description},
            params=params,
            semantics=semantics,
        )
    )
