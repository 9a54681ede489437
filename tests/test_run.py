"""run.py as a person uses it, in processes of its own, without set-up."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import run
from elearning.bootstrap.terminal import ROOT


def python(code: str, var: Path) -> str:
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, text=True, capture_output=True, check=True
    ).stdout


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"run.py {verb}" in text for verb in run.VERBS if verb != "serve")


def test_an_unknown_verb_is_an_error_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["testy"]) == 1
    assert "Nie ma polecenia „testy”" in capsys.readouterr().err


def test_the_key_is_made_once_and_readable_only_by_its_owner(tmp_path: Path) -> None:
    code = "import run; print(run.environment('127.0.0.1', 8000)['SECRET_KEY'])"
    first, second = python(code, tmp_path / "var"), python(code, tmp_path / "var")
    assert first == second
    assert len(first.strip()) > 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("host", "expected"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False)])
def test_only_an_address_of_this_machine_gets_demo_settings(host: str, expected: bool, tmp_path: Path) -> None:
    code = (
        f"import run; print('DEMO_MAILBOX' in run.environment({host!r}, 8000), run.environment({host!r}, 80)['DEBUG'])"
    )
    assert python(code, tmp_path) == f"{expected} 0\n"


def test_tests_go_on_where_programs_for_films_cannot_be_installed(tmp_path: Path) -> None:
    said = python("import os; os.environ['PATH'] = ''\nimport run; run.find_film_tools()", tmp_path)
    assert "Wykonaj: sudo apt-get install ffmpeg espeak-ng Idę dalej bez nich" in said


def test_an_older_python_is_told_what_it_needs(tmp_path: Path) -> None:
    code = (
        "import os, sys; sys.version_info = (3, 9, 2); os.environ['PATH'] = ''\n"
        "import run; sys.stderr = sys.stdout; print(run.main([]))"
    )
    assert "Potrzebny jest Python 3.11 lub nowszy, a to jest 3.9." in python(code, tmp_path)
