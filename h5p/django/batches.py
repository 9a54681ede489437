"""What a page sends about a player: statements, states, and that it was opened or viewed. Checked before anything else.

A batch is JSON: `{"person": "7", "version": 12, "items": [{"key": uuid, "attempt": uuid, …}]}`. Each item holds one of
`"open": true`, `"statement": {xAPI}`, `"state": {part, kind, data, preload, revision}` and `"viewed": true`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from h5p.xapi import InvalidStatement, Statement, parse_statement

LARGEST = 512 * 1024  # bytes of a batch
MOST_ITEMS = 100
LARGEST_STATE = 256 * 1024  # characters
LONGEST_NAME = 64  # characters of a part or a kind of data
LATEST = 2**53  # milliseconds; what browsers count exactly


class InvalidBatch(ValueError):
    """The batch breaks a rule; nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The content was shown."""


@dataclass(frozen=True, slots=True)
class Viewed:
    """The person marked it as completed."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A result; `statement` is what it means."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Saved:
    """A state of the content, or of a part of it; `data` is None where the content deleted it."""

    part: str
    kind: str
    data: str | None
    preload: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened. `key` tells it from all others, `attempt` is the page's name for the attempt."""

    key: UUID
    attempt: UUID
    what: Opened | Viewed | Reported | Saved


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in one request, in the order in which it happened."""

    person: str
    version_id: int
    items: tuple[Item, ...]


def parse_batch(body: bytes) -> Batch:
    """Read the body of a request. Raises `InvalidBatch`."""
    if len(body) > LARGEST:
        raise InvalidBatch("too large")
    try:
        data = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise InvalidBatch("no JSON") from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or not isinstance(data.get("person"), str):
        raise InvalidBatch("no batch")
    if not 0 < len(data["items"]) <= MOST_ITEMS:
        raise InvalidBatch("too many items")
    return Batch(data["person"], _number(data.get("version")), tuple(_item(item) for item in data["items"]))


def _item(data: Any) -> Item:
    if not isinstance(data, dict):
        raise InvalidBatch("no item")
    readers: dict[str, Callable[[Any], Opened | Viewed | Reported | Saved]] = {
        "open": _opened,
        "statement": _reported,
        "state": _saved,
        "viewed": _viewed,
    }
    named = [name for name in readers if name in data]
    if len(named) != 1:
        raise InvalidBatch("an item is one thing")
    return Item(_uuid(data.get("key")), _uuid(data.get("attempt")), readers[named[0]](data[named[0]]))


def _opened(value: Any) -> Opened:
    if value is not True:
        raise InvalidBatch("open")
    return Opened()


def _viewed(value: Any) -> Viewed:
    if value is not True:
        raise InvalidBatch("viewed")
    return Viewed()


def _reported(value: Any) -> Reported:
    try:
        return Reported(parse_statement(value))
    except InvalidStatement as error:
        raise InvalidBatch(str(error)) from error


def _saved(value: Any) -> Saved:
    if not isinstance(value, dict):
        raise InvalidBatch("state")
    data = value.get("data")
    if data is not None and not (isinstance(data, str) and data and len(data) <= LARGEST_STATE and "\x00" not in data):
        raise InvalidBatch("data of a state")
    if not isinstance(value.get("preload"), bool):
        raise InvalidBatch("preload")
    part, kind, revision = _text(value.get("part")), _text(value.get("kind")), _number(value.get("revision"))
    return Saved(part, kind, data, value["preload"], revision)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_NAME or not value.isprintable():
        raise InvalidBatch("name of a state")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < LATEST:
        raise InvalidBatch("number")
    return value


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError) as error:
        raise InvalidBatch("key") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
