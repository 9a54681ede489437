"""What run.py reads from the locks and from pip's settings."""

from pathlib import Path

import pytest

from elearning.bootstrap.packages import lock_entry, pip_settings, uv_environment
from elearning.bootstrap.terminal import ROOT, Stop

LOCK = """\
node==1.0 \\
    --hash=sha256:aa
uv==0.13 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
uvloop==2.0 \\
    --hash=sha256:dd
"""
LOCKS = sorted(ROOT.glob("requirements*.txt"))


def test_lock_entry_is_one_package_with_all_its_hashes() -> None:
    assert lock_entry(LOCK, "uv") == "uv==0.13 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"


def test_lock_entry_of_an_unlisted_package_stops() -> None:
    with pytest.raises(Stop, match="loop"):
        lock_entry(LOCK, "loop")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_pin_with_hashes_and_name_no_address(lock: Path) -> None:
    entries = lock.read_text().replace("\\\n", "").splitlines()
    assert len(LOCKS) == 3
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not any("://" in entry or entry.startswith("-") for entry in entries)


def test_development_lock_contains_the_runtime_lock() -> None:
    runtime, dev = (
        set((ROOT / name).read_text().splitlines()) for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime <= dev


def test_pip_settings_come_from_files_and_variables_win() -> None:
    listing = "global.index-url='https://files.example/simple'\nglobal.timeout='9'\n:env:.index-url='ignored'\n"
    settings = pip_settings(listing, {"PIP_INDEX_URL": "https://env.example/simple", "PIP_CERT": "", "HOME": "/"})
    assert settings == {"index-url": "https://env.example/simple", "timeout": "9"}


def test_uv_is_told_what_pip_was_told(tmp_path: Path) -> None:
    wishes = uv_environment(
        {
            "index-url": "https://own.example/simple",
            "extra-index-url": f"https://more.example/simple\nfile://{tmp_path}",
            "find-links": str(tmp_path),
            "trusted-host": "own.example",
            "cert": "ca.crt",
        }
    )
    assert wishes["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert wishes["UV_INDEX"] == f"https://more.example/simple file://{tmp_path}"
    assert wishes["UV_FIND_LINKS"] == str(tmp_path)
    assert wishes["UV_INSECURE_HOST"] == "own.example"
    assert wishes["SSL_CERT_FILE"] == "ca.crt"


def test_folders_that_are_missing_are_left_out(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    wishes = uv_environment({"find-links": str(gone), "extra-index-url": f"file://{gone}"})
    assert "UV_FIND_LINKS" not in wishes
    assert "UV_INDEX" not in wishes


def test_without_settings_of_pip_uv_keeps_its_own_index_and_downloads_no_python() -> None:
    wishes = uv_environment({})
    assert "UV_DEFAULT_INDEX" not in wishes
    assert wishes["UV_PYTHON_DOWNLOADS"] == "never"
