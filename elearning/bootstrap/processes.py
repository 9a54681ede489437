"""Long-running child processes: started together, watched, and never left behind."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from typing import Mapping

from elearning.bootstrap.terminal import PYTHON, ROOT, Stop

START_LIMIT = 900  # seconds; the first start loads the demo site, which takes a minute or two on a small machine
STOP_LIMIT = 10  # seconds in which a request or a task may finish before its process is killed


def check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Stop(
                f"Nie można użyć adresu {host}:{port} ({reason}). Zatrzymaj program, który go zajmuje, "
                f"albo wybierz inny port, na przykład: python3 run.py --port {port % 60000 + 1}"
            ) from error


def die_with_parent() -> None:
    """Linux ends the child by itself when this process is killed without a chance to clean up."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


class Children:
    """Long-running processes, each the head of its own group, ended together."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        self.running[name] = subprocess.Popen(
            [PYTHON, *command], cwd=ROOT, env=self.env, start_new_session=True, preexec_fn=die_with_parent
        )

    def check(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                raise Stop(f"Proces „{name}” zakończył się z kodem {process.returncode}. Zatrzymuję resztę.")

    def wait_for(self, host: str, port: int) -> None:
        """Until the server answers that it is alive, called by a name that it serves."""
        name = self.env.get("ALLOWED_HOSTS", "").split(",")[0].lstrip("*.") or "localhost"
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            self.check()
            connection = http.client.HTTPConnection(host, port, timeout=5)
            with closing(connection), suppress(OSError, http.client.HTTPException):
                connection.request("GET", "/health/live", headers={"Host": name})
                answer = connection.getresponse()
                answer.read()
                if answer.status < 500:
                    return
            time.sleep(0.2)
        raise Stop(f"Serwer nie odpowiada od {START_LIMIT} s. Przyczyna jest w komunikatach powyżej.")

    def stop(self) -> None:
        for number, patience in ((signal.SIGTERM, STOP_LIMIT), (signal.SIGKILL, STOP_LIMIT)):
            for process in self.running.values():
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
            with suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
                for process in self.running.values():
                    process.wait(patience)
