"""The process that waits for files to fill in, and the one it makes for each: `python -m library.marked.keeper`.

The site starts it (see `sandbox`) with a socket for standard input. Each message there brings the socket of one job;
the keeper forks, and the child reads the job, answers and is gone. The keeper has no threads, no database and no
secrets, so forking it is safe; all is loaded beforehand, so a child begins at once. Nothing is written to any disk.
"""

import contextlib
import gc
import io
import os
import resource
import signal
import socket
import sys

from docx import Document

from .faults import Refused
from .filled import Shown
from .jobs import BLANK, DONE, FILL, HEAVY, PIECE, REFUSED, WALL_SECONDS, packed, unpacked
from .rendering import render

MEGABYTE = 1024 * 1024
MEMORY = 512 * MEGABYTE
CPU_SECONDS = 5
IDLE_SECONDS = 1800


def serve(control: socket.socket) -> None:
    """Wait for jobs until the site is gone, or there were none for long."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control.settimeout(IDLE_SECONDS)
    _rehearse()
    gc.freeze()
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        except OSError:
            return
        if not message:
            return
        for descriptor in descriptors:
            if os.fork() == 0:
                _as_child(control, descriptor)
            os.close(descriptor)


def _rehearse() -> None:
    """Fill a file in once: what Python loads only when it is needed, a child could not load any more."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ pole }}"
    document.add_paragraph("{% for wiersz in wiersze %}{{ wiersz.pole }}{% endfor %}")
    document.add_paragraph('{% if pole == "ź" %}tak{% endif %}')
    document.add_table(1, 1)
    written = io.BytesIO()
    document.save(written)
    row = {"pole": Shown("Źródło &\n")}
    answer(packed(FILL, {"pole": row["pole"], "wiersze": [row]}, written.getvalue()))
    document.add_paragraph("{% if %}")
    written = io.BytesIO()
    document.save(written)
    answer(packed(FILL, {}, written.getvalue()))


def _as_child(control: socket.socket, descriptor: int) -> None:
    """Do one job and end, whatever happens: nothing may go on into the keeper's loop."""
    try:
        control.close()
        with socket.socket(fileno=descriptor) as job:
            limit()
            received = bytearray()
            while piece := job.recv(PIECE):
                received += piece
            job.sendall(answer(bytes(received)))
    finally:
        os._exit(0)


def limit() -> None:
    """Take from this process what filling in does not need: memory, time, files, other processes, traces on disk."""
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    limits = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
        resource.RLIMIT_AS: (MEMORY, MEMORY),
        resource.RLIMIT_NPROC: (0, 0),
        # Last: no file and no connection can be opened any more.
        resource.RLIMIT_NOFILE: (0, 0),
    }
    for what, soft_and_hard in limits.items():
        # Systems differ in what they let a process take from itself.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, soft_and_hard)


def answer(job: bytes) -> bytes:
    """What the site is told: a letter, then the file or why there is none."""
    kind, context, data = unpacked(job)
    try:
        return DONE + render(data, context, is_blank=kind == BLANK)
    except Refused as error:
        return REFUSED + str(error).encode()
    except (MemoryError, RecursionError):
        return HEAVY


if __name__ == "__main__":
    with socket.socket(fileno=sys.stdin.fileno()) as own_end:
        serve(own_end)
