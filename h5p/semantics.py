"""semantics.json as typed fields: what the parameters of a library may hold.

It comes out of packages, so nothing in it is certain: what cannot be read becomes `Unknown`, and nothing raises.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Real semantics are nested 12 levels deep at most.
MOST_LEVELS = 40


@dataclass(frozen=True, slots=True)
class Field:
    """What all fields have in common. `default` is the author's prefilled value or the learner-visible text."""

    name: str
    optional: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Text(Field):
    """`tags` is None for plain text, otherwise the HTML elements allowed; `fonts` names the style choices allowed."""

    tags: frozenset[str] | None = None
    fonts: frozenset[str] = frozenset()
    most_letters: int | None = None
    pattern: str = ""
    modifiers: str = ""


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A whole number or fraction; None means no limit."""

    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Boolean(Field):
    """True or false."""


@dataclass(frozen=True, slots=True)
class Select(Field):
    """One of `options`, or several of them if `multiple`. `known` are the options as text."""

    options: tuple[str | int | float | bool, ...] = ()
    multiple: bool = False
    known: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepared once: a list may choose a hundred thousand times from as many options."""
        object.__setattr__(self, "known", frozenset(str(option) for option in self.options))


@dataclass(frozen=True, slots=True)
class ListOf(Field):
    """Any number of `item`, up to `most`."""

    item: Field | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Group(Field):
    """Fields by name. A group of one field is stored as the value of that field, unless it is sub-content."""

    fields: tuple[Field, ...] = ()
    is_sub_content: bool = False
    by_name: Mapping[str, Field] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", by_name(self.fields))

    @property
    def only_field(self) -> Field | None:
        """The field whose value stands for the whole group."""
        return self.fields[0] if len(self.fields) == 1 and not self.is_sub_content else None


@dataclass(frozen=True, slots=True)
class LibraryChoice(Field):
    """A nested content of one of the libraries in `options`, written `H5P.X 1.2`."""

    options: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    machine_names: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = frozenset(option.split(" ", maxsplit=1)[0] for option in self.options)
        object.__setattr__(self, "machine_names", names)


@dataclass(frozen=True, slots=True)
class Media(Field):
    """An image, audio, video or file; audio and video hold lists of sources. `extra` names more keys to keep."""

    kind: str = "file"
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown(Field):
    """A field of a type that we do not know: its value is kept, cleaned as text of strangers."""


def parse_semantics(data: Any) -> tuple[Field, ...]:
    """The fields of a parsed semantics.json. Never raises; what is not a field is left out."""
    return _fields(data, 0)


def by_name(fields: Iterable[Field]) -> Mapping[str, Field]:
    """Fields by their names; the first of those with the same name."""
    return {one.name: one for one in reversed(tuple(fields))}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing where it is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _fields(data: Any, level: int) -> tuple[Field, ...]:
    return tuple(_field(one, level + 1) for one in mappings(data)) if level < MOST_LEVELS else ()


def _field(raw: Mapping[str, Any], level: int) -> Field:
    name = raw.get("name")
    common: dict[str, Any] = {
        "name": name if isinstance(name, str) else "",
        "optional": raw.get("optional") is True,
        "default": raw.get("default"),
    }
    match raw.get("type"):
        case "text":
            return _text(raw, common)
        case "number":
            return _number(raw, common)
        case "boolean":
            return Boolean(**common)
        case "select":
            return Select(**common, options=_options(raw.get("options")), multiple=raw.get("multiple") is True)
        case "image" | "video" | "audio" | "file" as kind:
            return Media(**common, kind=kind, extra=_strings(raw.get("extraAttributes")))
        case "library":
            return _library(raw, common)
        case _:
            return _nested(raw, common, level)


def _nested(raw: Mapping[str, Any], common: dict[str, Any], level: int) -> Field:
    if level >= MOST_LEVELS:
        return Unknown(**common)
    if raw.get("type") == "list":
        inner = raw.get("field")
        item = _field(inner, level + 1) if isinstance(inner, Mapping) else None
        return ListOf(**common, item=item, most=_whole(raw.get("max")))
    if raw.get("type") == "group":
        is_sub_content = raw.get("isSubContent") is True
        return Group(**common, fields=_fields(raw.get("fields"), level), is_sub_content=is_sub_content)
    return Unknown(**common)


def _text(raw: Mapping[str, Any], common: dict[str, Any]) -> Text:
    font = raw.get("font")
    regexp = raw.get("regexp")
    rule = regexp if isinstance(regexp, Mapping) else {}
    return Text(
        **common,
        tags=frozenset(tag.lower() for tag in _strings(raw["tags"])) if isinstance(raw.get("tags"), list) else None,
        fonts=frozenset(key for key, value in font.items() if value) if isinstance(font, Mapping) else frozenset(),
        most_letters=_whole(raw.get("maxLength")),
        pattern="".join(_strings([rule.get("pattern")])),
        modifiers="".join(_strings([rule.get("modifiers")])),
    )


def _number(raw: Mapping[str, Any], common: dict[str, Any]) -> Number:
    decimals = _whole(raw.get("decimals"))
    step = _finite(raw.get("step"))
    return Number(
        **common,
        minimum=_finite(raw.get("min")),
        maximum=_finite(raw.get("max")),
        step=step if step and step > 0 else None,
        decimals=decimals if decimals is not None and decimals <= _MOST_DECIMALS else None,
    )


def _library(raw: Mapping[str, Any], common: dict[str, Any]) -> LibraryChoice:
    options = raw.get("options")
    listed = options if isinstance(options, list) else []
    named = [one.get("name") if isinstance(one, Mapping) else one for one in listed]
    return LibraryChoice(**common, options=_strings(named), extra=_strings(raw.get("extraAttributes")))


def _options(data: Any) -> tuple[str | int | float | bool, ...]:
    """The values to choose from; groups of options are made flat."""
    inner = [part for one in mappings(data) for part in (mappings(one.get("options")) or [one])]
    return tuple(one["value"] for one in inner if isinstance(one.get("value"), str | int | float))


def _strings(values: Any) -> tuple[str, ...]:
    listed: Iterable[Any] = values if isinstance(values, list) else ()
    return tuple(value for value in listed if isinstance(value, str))


_MOST_DECIMALS = 20
# Larger numbers are neither limits nor steps that anybody means, and break arithmetic.
_LARGEST = 1e15


def _finite(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_LARGEST <= value <= _LARGEST else None


def _whole(value: Any) -> int | None:
    number = _finite(value)
    return int(number) if number is not None and number >= 0 else None
