"""Child processes end with run.py, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elearning.bootstrap.processes import Children, check_port
from elearning.bootstrap.terminal import ROOT, Stop

# Starts a child of its own and writes the numbers of both processes.
FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(sys.argv[1] + ".new", "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""
PARENT = """
import sys, time
from elearning.bootstrap.processes import Children
children = Children({})
children.start("rodzina", "-c", sys.argv[1], sys.argv[2])
time.sleep(60)
"""


def wait_until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def children() -> Iterator[Children]:
    family = Children(dict(os.environ))
    yield family
    family.stop()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_free_port_is_fine(port: int) -> None:
    check_port("127.0.0.1", port)


def test_a_taken_port_is_named_with_a_way_out(port: int) -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", port))
        owner.listen()
        with pytest.raises(Stop, match=rf"127\.0\.0\.1:{port} .*run\.py --port \d+"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "number"), [("127.0.0.1", 70000), ("127.0.0.1", -1), ("nie ma takiego", 8000)])
def test_an_impossible_address_is_refused(host: str, number: int) -> None:
    with pytest.raises(Stop, match="Nie można użyć adresu"):
        check_port(host, number)


def test_waiting_ends_when_the_server_answers(children: Children, port: int) -> None:
    children.start("serwer", "-m", "http.server", "--bind", "127.0.0.1", str(port))
    children.wait_for("127.0.0.1", port)
    children.check()


def test_a_child_that_ends_is_reported_by_name(children: Children, port: int) -> None:
    children.start("serwer", "-c", "raise SystemExit(3)")
    with pytest.raises(Stop, match=r"„serwer” zakończył się z kodem 3"):
        children.wait_for("127.0.0.1", port)


def test_stopping_ends_children_and_grandchildren(children: Children, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    children.start("rodzina", "-c", FAMILY, str(note))
    assert wait_until(note.exists)
    pids = [int(pid) for pid in note.read_text().split()]
    children.stop()
    assert wait_until(lambda: not any(map(is_running, pids)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    with subprocess.Popen([sys.executable, "-c", PARENT, FAMILY, str(note)], cwd=ROOT) as parent:
        assert wait_until(note.exists)
        child, grandchild = (int(pid) for pid in note.read_text().split())
        parent.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not is_running(child))
    os.kill(grandchild, signal.SIGKILL)
