"""JSON from strangers: parsed within limits, and only values that databases and browsers can hold."""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from h5p.archive import MEGABYTE, Limits
from h5p.issues import InvalidPackage, Issue

# Longer numbers are infinite to a browser, or too long for a database.
_LONGEST_INTEGER = 30


class _Forbidden(ValueError):
    """A value that JSON or its readers have no place for: NaN, 1e999, NUL, half of a surrogate pair."""


def parse_json(data: bytes, place: str, limits: Limits | None = None) -> Any:
    """The parsed JSON of a file; a byte order mark is tolerated. Raises InvalidPackage; `place` is the file's path."""
    limits = limits or Limits()
    if len(data) > limits.json_bytes or most_values(data) > limits.json_total_values:
        raise InvalidPackage([Issue("json-too-large", place, {"limit": limits.json_bytes // MEGABYTE})])
    try:
        parsed = _DECODER.decode(data.decode("utf-8-sig"))
        _refuse_deep_and_odd(parsed, data, place, limits.json_depth)
    except UnicodeDecodeError as error:
        raise InvalidPackage([Issue("json-not-utf8", place)]) from error
    except json.JSONDecodeError as error:
        raise InvalidPackage([Issue("json-invalid", place, {"line": error.lineno, "column": error.colno})]) from error
    except _Forbidden as error:
        raise InvalidPackage([Issue("json-forbidden-value", place)]) from error
    except RecursionError as error:
        raise InvalidPackage([Issue("json-too-deep", place, {"limit": limits.json_depth})]) from error
    return parsed


def most_values(data: bytes | bytearray) -> int:
    """No JSON text holds more values than this; text between quotes may make the count too high."""
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1


def _refuse_deep_and_odd(parsed: Any, data: bytes, place: str, most: int) -> None:
    brackets = data.count(b"[") + data.count(b"{")
    # Control characters and lone surrogates reach a string only through an escape.
    escapes = b"\\u0000" in data or b"\\ud" in data or b"\\uD" in data
    if brackets <= most and not escapes:
        return
    for value, depth in _walk(parsed):
        if depth > most:
            raise InvalidPackage([Issue("json-too-deep", place, {"limit": most})])
        if escapes and isinstance(value, str) and not _storable(value):
            raise _Forbidden(value)


def _walk(parsed: Any) -> Iterator[tuple[Any, int]]:
    """Every key and value with its depth, the outermost list or object being 1; without recursion."""
    waiting = [(parsed, 1)]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth if isinstance(value, (dict, list)) else 0
        if isinstance(value, dict):
            waiting.extend((key, depth) for key in value)
            waiting.extend((child, depth + 1) for child in value.values())
        elif isinstance(value, list):
            waiting.extend((child, depth + 1) for child in value)


def _storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _constant(name: str) -> NoReturn:
    raise _Forbidden(name)


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Forbidden(text)
    return number


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER:
        raise _Forbidden(text)
    return int(text)


_DECODER = json.JSONDecoder(parse_float=_float, parse_int=_integer, parse_constant=_constant)
