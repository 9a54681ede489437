"""Archives are taken only when they are the locked ones, and only the files we want."""

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from elearning.bootstrap.assets import WANTED, check_integrity, unpack
from elearning.bootstrap.terminal import ROOT, Stop

LOCK = (ROOT / "package-lock.json").read_text()


def integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_the_locked_archive_passes() -> None:
    check_integrity(b"font", integrity(b"font"), name="font")


def test_a_tampered_archive_is_refused_by_name() -> None:
    with pytest.raises(Stop, match=r"Suma kontrolna pakietu font .* package-lock\.json"):
        check_integrity(b"f0nt", integrity(b"font"), name="font")


def test_a_weaker_hash_is_refused() -> None:
    weak = "sha1-" + base64.b64encode(hashlib.sha1(b"font").digest()).decode()
    with pytest.raises(Stop):
        check_integrity(b"font", weak, name="font")


def test_only_wanted_files_are_unpacked(tmp_path: Path) -> None:
    source = archive(
        tmp_path / "a.tgz", {"package/LICENSE": b"OFL", "package/a/b.woff2": b"f", "package/evil.js": b"x"}
    )
    unpack(source, tmp_path / "out", ["LICENSE", "a/*.woff2"])
    assert {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()} == {"LICENSE", "b.woff2"}
    assert (tmp_path / "out/a/b.woff2").read_bytes() == b"f"


def test_a_file_that_the_package_no_longer_has_stops(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.tgz", {"package/LICENSE": b"OFL"})
    with pytest.raises(Stop, match="axe"):
        unpack(source, tmp_path / "out", ["LICENSE", "axe.min.js"])


def test_nothing_is_written_outside_the_target(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.tgz", {"package/../../escaped.js": b"x"})
    with pytest.raises(Stop):
        unpack(source, tmp_path / "in" / "out", ["*.js"])
    assert not list(tmp_path.rglob("escaped.js"))


def test_the_lock_names_no_address_and_exactly_the_packages_we_take_files_from() -> None:
    names = {path.removeprefix("node_modules/") for path in json.loads(LOCK)["packages"] if path}
    assert "://" not in LOCK
    assert names == set(WANTED)
