"""Filling a Word file in at arm's length: in a process with little memory and time that can open no file.

A file that somebody sent is a program of sorts, and what people type must not be left anywhere. Values and files cross
through sockets only; nothing is logged. The site itself is never forked, so its threads and connections are safe: it
starts a keeper (`library.marked.keeper`) and passes it sockets.
"""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from library.structure import Field
from library.values import Values

from .faults import Refused, TooHeavy
from .filled import Context, blank_context, context
from .jobs import BLANK, DONE, FILL, HEAVY, PIECE, REFUSED, WALL_SECONDS, packed

__all__ = ["Refused", "TooHeavy", "blank", "fill", "warm_up"]

AT_ONCE = 2  # jobs of one process of the site, each with memory of its own
# The child is gone by then: this only waits for a keeper that never answers.
PATIENCE = WALL_SECONDS + 2
HEAVY_AFTER = 4.5  # a child that ends without a word after this many seconds used up its time

TOO_HEAVY = "Wypełnienie tego dokumentu trwa zbyt długo albo zajmuje zbyt dużo pamięci. Uprość go lub podziel."
BUSY = "Teraz wypełnia się kilka innych dokumentów. Spróbuj za chwilę."
BROKEN = "Tego pliku nie udało się wypełnić."
_ROOT = Path(__file__).resolve().parents[2]


class _Gone(Exception):
    """The keeper ended before it took the job."""


@dataclass(slots=True)
class _Keeper:
    """The process that waits for jobs. `owner` is the process that started it: after a fork it is not ours."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    owner: int

    def is_ours(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        self.control.close()
        if self.owner == os.getpid():
            try:
                self.process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


_lock = threading.Lock()
_places = threading.BoundedSemaphore(AT_ONCE)
_keepers: list[_Keeper] = []  # one at most


def fill(data: bytes, fields: Sequence[Field], values: Values) -> bytes:
    """`library.filling.fill` in a process of its own. Raises `Refused`, and `TooHeavy`, which is one."""
    return _done(FILL, context(fields, values), data)


def blank(data: bytes, fields: Sequence[Field]) -> bytes:
    """`library.filling.blank` in a process of its own. Raises `Refused`, and `TooHeavy`, which is one.

    It is also the last check of a file that was just sent: what cannot be printed blank cannot be filled in.
    """
    return _done(BLANK, blank_context(fields), data)


def warm_up() -> None:
    """Let the keeper load what it needs while the person is still typing. Returns at once."""
    with _lock:
        _keeper()


def stop() -> None:
    """End the keeper; the next job starts another one."""
    with _lock:
        while _keepers:
            _keepers.pop().stop()


def _done(kind: bytes, texts: Context, data: bytes) -> bytes:
    message = packed(kind, texts, data)
    if not _places.acquire(timeout=WALL_SECONDS):
        raise TooHeavy(BUSY)
    try:
        try:
            answer = _asked(message)
        except _Gone:
            answer = _asked(message)
    except _Gone:
        raise Refused(BROKEN) from None
    finally:
        _places.release()
    return _file_of(answer)


def _file_of(answer: bytes) -> bytes:
    told = answer[1:]
    match answer[:1]:
        case letter if letter == DONE:
            return told
        case letter if letter == REFUSED:
            raise Refused(told.decode())
        case letter if letter == HEAVY:
            raise TooHeavy(TOO_HEAVY)
        case _:
            raise Refused(BROKEN)


def _asked(message: bytes) -> bytes:
    """What the child answers. Raises `_Gone` where none was made."""
    ours, theirs = socket.socketpair()
    began = time.monotonic()
    with ours, theirs:
        ours.settimeout(PATIENCE)
        keeper = _hand_over(theirs)
        theirs.close()
        received = bytearray()
        # A child that dies closes its end: both of these errors mean that it did.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            ours.sendall(message)
            ours.shutdown(socket.SHUT_WR)
            while piece := ours.recv(PIECE):
                received += piece
    if received:
        return bytes(received)
    if time.monotonic() - began > HEAVY_AFTER:
        return HEAVY
    # Only the child died, or the keeper with it.
    with contextlib.suppress(subprocess.TimeoutExpired):
        keeper.process.wait(timeout=0.5)
        raise _Gone
    return b""


def _hand_over(theirs: socket.socket) -> _Keeper:
    with _lock:
        keeper = _keeper()
        try:
            socket.send_fds(keeper.control, [b"j"], [theirs.fileno()])
        except OSError as error:
            raise _Gone from error
    return keeper


def _keeper() -> _Keeper:
    if _keepers and not _keepers[0].is_ours():
        _keepers.pop().stop()
    if not _keepers:
        _keepers.append(_started())
    return _keepers[0]


def _started() -> _Keeper:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-B", "-X", "utf8", "-m", "library.marked.keeper"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            # Its last words could quote what somebody typed.
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            # No secrets of the site: only where modules are.
            env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
            start_new_session=True,
        )
    return _Keeper(process, ours, os.getpid())


atexit.register(stop)
