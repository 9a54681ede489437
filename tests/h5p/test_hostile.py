"""Every rule of a package and of zip hygiene, broken by a package made for it."""

import io

import pytest

from h5p.archive import Archive, Limits
from h5p.issues import InvalidPackage
from h5p.package import Package, read
from h5p.wording import WORDING

from . import hostile


def opened(data: bytes, limits: Limits | None = None) -> Package:
    with Archive(io.BytesIO(data), limits) as archive:
        return read(archive)


def refused(data: bytes, limits: Limits | None = None) -> list[str]:
    with pytest.raises(InvalidPackage) as refusal:
        opened(data, limits)
    return [issue.code for issue in refusal.value.issues]


def test_the_package_that_hostile_ones_are_made_from_is_valid():
    package = opened(hostile.valid())
    assert str(package.main_library) == "H5P.Sample 1.0"
    assert package.warnings == ()
    assert package.missing == ()


@pytest.mark.parametrize("package", hostile.every(), ids=lambda package: package.name)
def test_hostile_package_is_refused_with_its_own_code(package):
    codes = refused(package.make(), package.limits)
    assert package.code in codes
    assert len(codes) <= 3 or package.code == "unsupported-compression", codes


@pytest.mark.parametrize("package", hostile.every(), ids=lambda package: package.name)
def test_every_finding_can_be_said_in_both_languages(package):
    with pytest.raises(InvalidPackage) as refusal:
        opened(package.make(), package.limits)
    for issue in refusal.value.issues:
        for language in ("en", "pl"):
            assert len(issue.cause(language)) > 20
            assert issue.remedy(language).endswith(".")
            assert issue.cause(language).replace("\N{NO-BREAK SPACE}", " ").isprintable()


def test_all_findings_come_in_one_reading():
    files = {
        **hostile.files(manifest=hostile.manifest(title=""), description=hostile.description(title=None)),
        "content/a.html": b"",
        "content/b.svg": b"",
        "content/../c.png": b"",
    }
    assert set(refused(hostile.packed(files))) == {
        "unsafe-path",
        "extension-in-content",
        "svg-in-content",
        "title-invalid",
        "field-missing",
    }


def test_ten_thousand_bad_files_make_few_findings():
    files = {f"content/{number}.html": b"" for number in range(9_000)}
    assert len(refused(hostile.packed({**hostile.files(), **files}))) == 200


def test_every_code_that_the_reader_uses_is_tried_here():
    from_hosts = {"too-large", "missing-library", "missing-main-library", "library-blocked"}
    warnings = {"stray-file", "not-runnable", "license-unknown"}
    tried = {package.code for package in hostile.every()}
    assert tried == WORDING.keys() - from_hosts - warnings
