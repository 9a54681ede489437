"""What the site and the process that fills files in tell each other. Pure; loads nothing heavy."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .filled import Context, Shown

WALL_SECONDS = 10
PIECE = 256 * 1024  # bytes read from a socket at once
FILL, BLANK = b"f", b"b"
# What an answer begins with: the file follows, or the reason, or nothing.
DONE, REFUSED, HEAVY = b"+", b"-", b"!"


def packed(kind: bytes, context: Context, data: bytes) -> bytes:
    """A job: its kind, its values in JSON, its file."""
    values = json.dumps({name: _plain(given) for name, given in context.items()}).encode()
    return kind + len(values).to_bytes(8, "big") + values + data


def unpacked(job: bytes) -> tuple[bytes, Context, bytes]:
    """The same as kind, values and file."""
    end = 9 + int.from_bytes(job[1:9], "big")
    return job[:1], {name: _given(plain) for name, plain in json.loads(job[9:end]).items()}, job[end:]


def _plain(given: Shown | list[Mapping[str, Shown]]) -> object:
    if isinstance(given, Shown):
        return asdict(given)
    return [{name: asdict(shown) for name, shown in row.items()} for row in given]


def _given(plain: Any) -> Shown | list[Mapping[str, Shown]]:
    if isinstance(plain, list):
        return [{name: _shown(shown) for name, shown in row.items()} for row in plain]
    return _shown(plain)


def _shown(plain: Any) -> Shown:
    return Shown(plain["text"], plain["is_met"], tuple(plain["chosen"]))
