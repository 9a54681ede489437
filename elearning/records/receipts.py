"""Which of several answers to one question is the newer one. Pure.

Every page that saves answers has a name of its own (`page`) and counts what it sends (`sequence`). It also says which
version of the answer it was looking at (`seen`). A retry, an overtaken request and a second device are told apart by
that, and never by anyone's clock.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Stamp:
    """What came with an answer: the page's own name, the page's count from 1, the version it had seen from 0."""

    page: str = ""
    sequence: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept with the saved answer: its version from 1, and the page and count it came with."""

    version: int
    page: str
    sequence: int


class Reception(StrEnum):
    """What to do with an answer that came."""

    NEW = "new"  # save it
    REPEATED = "repeated"  # the very request that was saved, or an older one of the same page: all is well
    CONFLICT = "conflict"  # another page saved meanwhile: the person decides


def receive(kept: Kept | None, came: Stamp) -> Reception:
    """What to do with an answer, given what is kept.

    Requests of one page are ordered by their count, whatever order they arrive in. Those of another page must have
    seen what is kept. An answer without a page's name (a form sent without scripts) is always new.
    """
    if kept is None or not came.page:
        return Reception.NEW
    if kept.page == came.page:
        return Reception.NEW if came.sequence > kept.sequence else Reception.REPEATED
    return Reception.NEW if came.seen >= kept.version else Reception.CONFLICT
