"""Parameters of contents, made to fit the semantics of their libraries and safe to play.

The filtered form is for playing only: the original is never changed, because a library may be wrong about what a
content needs. A nested content whose library is missing or has another version is kept, never emptied.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from h5p import markup
from h5p.library import Library
from h5p.names import LibraryName
from h5p.patterns import LONGEST_TEXT, safe_pattern
from h5p.semantics import (
    Boolean,
    Field,
    Group,
    LibraryChoice,
    ListOf,
    Media,
    Number,
    Select,
    Text,
    by_name,
    mappings,
    parse_semantics,
)

Find = Callable[[LibraryName], Library | None]

# Deeper values are dropped; the reader of packages refuses them anyway.
MOST_LEVELS = 100
_SUB_CONTENT_ID = re.compile(r"\{?[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}\}?", re.IGNORECASE)
# What editors put in front of files that were copied from another content, and behind fresh uploads.
_FOREIGN_FOLDER = re.compile(r"^(\.\./){1,2}(\d+|editor)/")
_FRESH = "#tmp"
_MEDIA_TEXTS = ("path", "mime")
_MEDIA_EXTRA = {
    "image": ("width", "height", "originalImage"),
    "video": ("codecs", "quality", "bitrate"),
    "audio": ("codecs", "quality", "bitrate"),
}


def filter_params(params: Any, library: Library, find: Find) -> Any:
    """The parameters of a content of `library` as they may be played. Never raises and never changes `params`.

    `find` gives the libraries of nested contents. Filtering twice is the same as filtering once.
    """
    return _Filter(find).library_params(params, library, 0)


@dataclass(slots=True)
class _Filter:
    find: Find
    fields: dict[str, Mapping[str, Field]] = field(default_factory=dict)

    def library_params(self, params: Any, library: Library, level: int) -> Any:
        """What a library is started with is never flattened, not even with a single field."""
        if library.tree_hash not in self.fields:
            self.fields[library.tree_hash] = by_name(parse_semantics(library.semantics))
        fields = self.fields[library.tree_hash]
        return self.members(params, fields, level) if isinstance(params, Mapping) else {}

    def members(self, values: Mapping[str, Any], fields: Mapping[str, Field], level: int) -> dict[str, Any]:
        """The values that have a field; those that come out as nothing are left out."""
        kept = {name: self.value(inner, fields[name], level + 1) for name, inner in values.items() if name in fields}
        return {name: inner for name, inner in kept.items() if inner is not None}

    def value(self, value: Any, rule: Field, level: int) -> Any:
        """One value by its field; None if there is nothing to keep."""
        if value is None or level > MOST_LEVELS:
            return None
        match rule:
            case Text():
                return _text(value, rule)
            case Number():
                return _number(value, rule)
            case Boolean():
                return value if isinstance(value, bool) else False
            case Select():
                return _selected(value, rule)
            case Media():
                return _media(value, rule)
            case _:
                return self.structure(value, rule, level)

    def structure(self, value: Any, rule: Field, level: int) -> Any:
        """A value made of others."""
        match rule:
            case ListOf():
                return self.items(value, rule, level)
            case Group():
                return self.group(value, rule, level)
            case LibraryChoice():
                return self.nested(value, rule, level)
            case _:
                return markup.clean_stranger(value, level)

    def items(self, value: Any, rule: ListOf, level: int) -> list[Any] | None:
        if not isinstance(value, list) or rule.item is None:
            return None
        kept = [self.value(inner, rule.item, level + 1) for inner in value[: rule.most]]
        return [inner for inner in kept if inner is not None] or None

    def group(self, value: Any, rule: Group, level: int) -> Any:
        only = rule.only_field
        if only is not None:
            return self.value(_unwrapped(value, only), only, level + 1)
        if not isinstance(value, Mapping):
            return None
        kept = self.members(value, rule.by_name, level)
        if rule.is_sub_content:
            kept |= _sub_content_id(value)
        return kept

    def nested(self, value: Any, rule: LibraryChoice, level: int) -> dict[str, Any] | None:
        """A nested content; None only if its library is not among those that fit here, in any version."""
        name = _named(value)
        if name is None or not _fits(name, rule):
            return None
        library = self.find(name)
        params = value.get("params")
        if library is None:
            filtered = markup.clean_stranger(params, level + 1)
        else:
            filtered = self.library_params(params, library, level + 1)
        extra = {
            key: markup.clean_stranger(value[key], level + 1)
            for key in ("metadata", *rule.extra)
            if key in value and key not in ("library", "params", "subContentId")
        }
        return {"library": value["library"], "params": filtered, **_sub_content_id(value), **extra}


def _unwrapped(value: Any, only: Field) -> Any:
    """The value of a group of one field: some programs write it as a group all the same."""
    holds_names = isinstance(only, Group | LibraryChoice | Media)
    if isinstance(value, Mapping) and not holds_names and only.name in value:
        return value[only.name]
    return value


def _text(value: Any, rule: Text) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    cleaned = _cut(markup.clean(value, rule), rule)
    if rule.optional and not cleaned:
        return cleaned
    pattern = safe_pattern(rule.pattern, rule.modifiers)
    is_right = pattern is None or len(cleaned) > LONGEST_TEXT or pattern.search(cleaned)
    return cleaned if is_right else ""


def _cut(text: str, rule: Text) -> str:
    """No longer than allowed. What is cut within an element or entity grows when it is made whole again."""
    most = rule.most_letters
    if most is None or len(text) <= most:
        return text
    room = most
    for _attempt in range(_MOST_CUTS):
        shorter = markup.clean(text[:room], rule)
        if len(shorter) <= most:
            return shorter
        room = max(0, room - (len(shorter) - most))
    return ""


# Two are enough for texts that people write.
_MOST_CUTS = 10
_LARGEST = Decimal(10) ** 15
# More steps than this are no steps, and fractions as browsers have them cannot tell them apart.
_MOST_STEPS = 10**9
_NEARLY = Decimal("0.000001")


def _number(value: Any, rule: Number) -> Any:
    """Within limits, on a step and rounded. Numbers written as text stay text if nothing is wrong with them."""
    number = _decimal(value)
    wanted = number
    if rule.minimum is not None:
        wanted = max(wanted, _decimal(rule.minimum))
    if rule.maximum is not None:
        wanted = min(wanted, _decimal(rule.maximum))
    wanted = _rounded(_on_step(wanted, rule), rule)
    if wanted == number and not isinstance(value, bool) and _is_number(value):
        return value
    return int(wanted) if wanted == wanted.to_integral_value() else float(wanted)


def _on_step(number: Decimal, rule: Number) -> Decimal:
    """The number, or the step below it."""
    if rule.step is None:
        return number
    start, step = _decimal(rule.minimum or 0), _decimal(rule.step)
    steps = (number - start) / step if step else Decimal(0)
    if not step or abs(steps) > _MOST_STEPS or abs(steps - steps.to_integral_value()) < _NEARLY:
        return number
    return start + steps.to_integral_value(ROUND_FLOOR) * step


def _rounded(number: Decimal, rule: Number) -> Decimal:
    """Rounded, unless the steps are finer than that."""
    if rule.decimals is None or abs(number) >= _LARGEST:
        return number
    step = _decimal(rule.step or 0)
    return round(number, rule.decimals) if round(step, rule.decimals) == step else number


def _is_number(value: Any) -> bool:
    if isinstance(value, int | float):
        return markup.is_finite(value)
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def _decimal(value: Any) -> Decimal:
    """The number, 0 for what is none; no larger than anybody means, so that arithmetic stays exact."""
    if isinstance(value, bool) or not _is_number(value):
        return Decimal(0)
    number = Decimal(str(value))
    return max(-_LARGEST, min(_LARGEST, number)) if number.is_finite() else Decimal(0)


def _selected(value: Any, rule: Select) -> Any:
    known = rule.known
    if rule.multiple:
        chosen = value if isinstance(value, list) else [value]
        return [_safe_choice(one, known) for one in chosen if _is_choice(one) and (str(one) in known or not known)]
    if _is_choice(value) and (str(value) in known or not known or rule.optional):
        return _safe_choice(value, known)
    return rule.options[0] if rule.options else ""


def _is_choice(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int | float) and markup.is_finite(value))


def _safe_choice(value: Any, known: frozenset[str]) -> Any:
    return value if str(value) in known or not isinstance(value, str) else markup.escape(value)


def _media(value: Any, rule: Media) -> Any:
    """A file, or the list of sources of a video or sound; None if no file is left."""
    if rule.kind in ("video", "audio"):
        sources = [one for one in (_file(source, rule) for source in mappings(value)) if one]
        return sources or None
    return _file(value, rule) if isinstance(value, Mapping) else None


def _file(value: Mapping[str, Any], rule: Media) -> dict[str, Any] | None:
    path = safe_path(value.get("path"))
    if path is None:
        return None
    kept: dict[str, Any] = {"path": path}
    if isinstance(value.get("mime"), str):
        kept["mime"] = markup.escape(value["mime"])
    for key in ("copyright", "metadata", *_MEDIA_EXTRA.get(rule.kind, ()), *rule.extra):
        if key in value and key not in _MEDIA_TEXTS:
            kept[key] = markup.clean_stranger(value[key])
    if isinstance(kept.get("originalImage"), Mapping):
        kept["originalImage"] = _file(kept["originalImage"], Media("")) or {}
    return kept


def safe_path(path: Any) -> str | None:
    """The path of a file in a content, or an absolute address of the web; None for anything else."""
    if not isinstance(path, str):
        return None
    path = markup.whole_letters(path).removesuffix(_FRESH)
    while (shorter := _FOREIGN_FOLDER.sub("", path)) != path:
        path = shorter
    if (
        not markup.has_safe_protocol(path)
        or ".." in re.split(r"[/\\]", path)
        or any(ord(sign) < ord(" ") for sign in path)
    ):
        return None
    return "".join(_QUOTED.get(sign, sign) for sign in path).removesuffix(_FRESH)


# Signs that could end an attribute or begin an element; as a part of an address they mean the same.
_QUOTED = {"<": "%3C", ">": "%3E", '"': "%22", "'": "%27"}


def _named(value: Any) -> LibraryName | None:
    if not isinstance(value, Mapping) or not isinstance(value.get("library"), str):
        return None
    try:
        return LibraryName.parse(value["library"])
    except ValueError:
        return None


def _fits(name: LibraryName, rule: LibraryChoice) -> bool:
    return not rule.machine_names or name.machine_name in rule.machine_names


def _sub_content_id(value: Mapping[str, Any]) -> dict[str, str]:
    """Results and states hang on this id. One that is no UUID would be dropped and drawn anew at each start of the
    core, so that it is made one, always the same.
    """
    written = value.get("subContentId")
    if not isinstance(written, str) or not written:
        return {}
    written = markup.whole_letters(written)
    if _SUB_CONTENT_ID.fullmatch(written):
        return {"subContentId": written}
    return {"subContentId": str(uuid.uuid5(uuid.NAMESPACE_OID, written))}
