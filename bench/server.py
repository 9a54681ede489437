"""Starts a server of ours on a free port of this machine, reads how much it has computed, and ends it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_LIMIT = 60  # seconds
STOP_LIMIT = 10


class BenchError(Exception):
    """A reason why nothing can be measured, in words."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    port: int
    worker: int

    def computed(self) -> float:
        """Seconds of processor time that the serving process has used so far, all its threads together."""
        return time.clock_gettime(~self.worker << 3 | 2)  # Linux: the clock of another process, in nanoseconds


def python(*arguments: str, env: Mapping[str, str]) -> str:
    """Run a module of ours to its end and return what it wrote."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"{' '.join(arguments)}\n{done.stderr[-3000:]}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*arguments: str, env: Mapping[str, str], port: int, log: IO[str] | None = None) -> Iterator[Running]:
    """The server of this command while it is needed."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait(process, port)
        yield Running(port, _worker(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    raise BenchError("The server did not start.")


def _worker(master: int) -> int:
    """The first child of the server's master process."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
        if parent == master:
            return int(stat.parent.name)
    raise BenchError("The server has no worker process.")


def environment(var: Path, port: int) -> dict[str, str]:
    """Settings of a throw-away site: own database and files, plain HTTP on this machine only."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "VAR_DIR": str(var),
        "SECRET_KEY": "only-for-benchmarks-0123456789-0123456789-0123456789-abcdef",
        "HTTPS": "0",
        "DEBUG": "0",
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"http://{HOST}:{port}",
        "DEMO_MAILBOX": "1",
    }
    return {**{name: value for name, value in os.environ.items() if name != "DATABASE_URL"}, **ours}
