"""`python -m h5p`: verbs, output and exit status."""

import json
import zipfile

import pytest

from h5p.__main__ import main

from . import hostile


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.h5p"
    path.write_bytes(hostile.valid())
    return str(path)


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.h5p"
    path.write_bytes(hostile.packed({**hostile.files(), "content/a.svg": b"<svg/>"}))
    return str(path)


def test_a_valid_package_is_called_valid(good, capsys):
    assert main(["check", good]) == 0
    assert capsys.readouterr().out == f"{good}: valid\n"


def test_findings_are_said_in_polish_with_what_to_do(bad, good, capsys):
    assert main(["check", good, bad, "--lang", "pl"]) == 1
    out = capsys.readouterr().out
    assert f"{good}: poprawny" in out
    assert f"{bad}: odrzucony" in out
    assert "content/a.svg to obraz SVG." in out
    assert "Co zrobić: Zamień go na obraz PNG albo JPG" in out


def test_findings_are_json_for_programs(bad, good, capsys):
    assert main(["check", good, bad, "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["valid"], first["kind"], first["issues"]) == (True, "content", [])
    assert second["valid"] is False
    assert [(issue["code"], issue["place"]) for issue in second["issues"]] == [("svg-in-content", "content/a.svg")]


def test_info_says_what_a_package_holds(good, capsys):
    assert main(["info", good]) == 0
    out = capsys.readouterr().out
    assert "Rozmowa z klientem" in out
    assert "H5P.Sample 1.0.7" in out
    assert main(["info", good, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["licence"] == "CC BY"


def test_extract_unpacks_a_valid_package_into_a_new_folder_only(good, bad, tmp_path):
    folder = tmp_path / "unpacked"
    assert main(["extract", good, str(folder)]) == 0
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == hostile.files()
    assert main(["extract", good, str(folder)]) == 2
    assert main(["extract", bad, str(tmp_path / "other")]) == 1
    assert not (tmp_path / "other").exists()


def test_a_folder_that_extract_made_is_packed_to_the_same_bytes_each_time(good, tmp_path):
    folder, first, second = tmp_path / "unpacked", tmp_path / "first.h5p", tmp_path / "second.h5p"
    assert main(["extract", good, str(folder)]) == 0
    (folder / ".DS_Store").write_bytes(b"hidden")
    (folder / "content" / "link.png").symlink_to(good)
    assert main(["build", str(folder), str(first)]) == 0
    assert main(["build", str(folder), str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert main(["check", str(first)]) == 0
    with zipfile.ZipFile(first) as archive:
        assert {path: archive.read(path) for path in archive.namelist()} == hostile.files()


def test_a_folder_with_findings_leaves_no_package(good, tmp_path, capsys):
    folder, file = tmp_path / "unpacked", tmp_path / "new.h5p"
    main(["extract", good, str(folder)])
    (folder / "content" / "a.svg").write_bytes(b"<svg/>")
    assert main(["build", str(folder), str(file)]) == 1
    assert "[svg-in-content]" in capsys.readouterr().out
    assert not file.exists()


def test_build_never_writes_over_a_file(good, tmp_path):
    folder = tmp_path / "unpacked"
    main(["extract", good, str(folder)])
    file = tmp_path / "mine.h5p"
    file.write_bytes(b"mine")
    assert main(["build", str(folder), str(file)]) == 2
    assert file.read_bytes() == b"mine"
    assert main(["build", str(tmp_path / "none"), str(tmp_path / "new.h5p")]) == 2
    assert not (tmp_path / "new.h5p").exists()


def test_wrong_usage_is_status_2(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.h5p")]) == 2
    for arguments in ([], ["dance"], ["check"]):
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        assert leaving.value.code == 2
    assert capsys.readouterr().out == ""
