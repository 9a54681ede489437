"""`python -m h5p`: verbs, output and exit status."""

import json

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


def test_wrong_usage_is_status_2(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.h5p")]) == 2
    for arguments in ([], ["dance"], ["check"]):
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        assert leaving.value.code == 2
    assert capsys.readouterr().out == ""
