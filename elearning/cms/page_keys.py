"""Which addresses may be kept for everybody: a bounded set, however many somebody thinks up. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

LONGEST_PATH = 200  # characters, as decoded
# What paging and filters send; free words never, so that nobody can fill the cache with what they typed.
PARAMETER = re.compile(r"([a-z_]+)=([a-z0-9_-]{0,40})")


def is_plain(query: str, allowed: Iterable[str]) -> bool:
    """Whether a query, as it was sent, holds only known parameters, each once, with plain short values."""
    if not query:
        return True
    found = [PARAMETER.fullmatch(part) for part in query.split("&")]
    names = [match[1] for match in found if match]
    return len(names) == len(found) == len(set(names)) and set(names) <= set(allowed)


def key_of(*, token: str, origin: str, path: str, query: str, today: date) -> str:
    """The name of one page, as it is today and with this token: what depends on the day ends with the day."""
    return sha256("\0".join((token, origin, path, query, today.isoformat())).encode()).hexdigest()
