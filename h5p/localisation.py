"""Imported contents in the learner's language.

Editors of H5P copy the English texts of buttons and messages into each content. Those that nobody has changed since
are replaced: by the translation in the library's own language file, otherwise by ours in `translations/`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from h5p import markup
from h5p.library import Library
from h5p.names import LibraryName
from h5p.semantics import MOST_LEVELS as MOST_FIELD_LEVELS
from h5p.semantics import Text, mappings, parse_semantics

Find = Callable[[LibraryName], Library | None]
# Translations by machine name of the library, and of English texts; those under "" hold for every library.
Overlay = Mapping[str, Mapping[str, str]]

_TRANSLATIONS = Path(__file__).parent / "translations"
_MOST_LEVELS = 100
_PLACEHOLDER = re.compile(r"[@:%][a-zA-Z]\w*")
_NO_WORDS = re.compile(r"#[0-9a-f]{3,8}|rgba?\(.*\)|[@:%]\w+|[a-z]{1,2}|\W*|[\d\s.,]*", re.IGNORECASE)
# Letters that a translation of a very short text may have more.
_MORE_LETTERS = 60
_TAG = re.compile(r"<[^<>]*>")


@cache
def overlay(language: str) -> Overlay:
    """Our translations into a language; nothing for languages that we have not got."""
    files = sorted((_TRANSLATIONS / language).glob("*.json")) if language.isalpha() else []
    found: dict[str, Mapping[str, str]] = {}
    for file in files:
        machine_name = "" if file.stem == "every-library" else file.stem
        found[machine_name] = MappingProxyType(json.loads(file.read_text(encoding="utf-8")))
    return MappingProxyType(found)


OVERLAY = overlay("pl")


@cache
def core_strings(language: str) -> Mapping[str, str]:
    """The words of the player's own buttons and dialogues by key; English for languages that we have not got."""
    file = _TRANSLATIONS / "core" / f"{language}.json"
    if not language.isalpha() or not file.exists():
        file = _TRANSLATIONS / "core" / "en.json"
    return MappingProxyType(json.loads(file.read_text(encoding="utf-8")))


def localise(params: Any, library: Library, find: Find, language: str = "pl", overlay: Overlay = OVERLAY) -> Any:
    """The parameters with each untouched English text translated. Never raises and never changes `params`.

    Texts that an author wrote or changed stay as they are. What comes from translations is as safe as filtered text.
    """
    return _Localiser(find, language, overlay).library_params(params, library, 0)


def coverage(library: Library, language: str = "pl", overlay: Overlay = OVERLAY) -> tuple[int, int]:
    """How many of the library's own texts have a translation, and how many there are."""
    texts = [node for node in _walk(_compiled(library, language, overlay)) if node.has_words]
    return sum(node.translation is not None for node in texts), len(texts)


@dataclass(slots=True)
class _Node:
    """A field with its text and translation, and the fields in it."""

    english: str = ""
    translation: str | None = None
    has_words: bool = False
    is_library: bool = False
    members: dict[str, "_Node"] = field(default_factory=dict)
    # What stands for the whole group, if it has one field; and what a list holds.
    only: "_Node | None" = None
    only_name: str = ""
    item: "_Node | None" = None


def _compiled(library: Library, language: str, overlay: Overlay) -> _Node:
    translated = library.languages.get(language)
    theirs = translated.get("semantics") if isinstance(translated, Mapping) else None
    machine_name = library.name.machine_name
    ours = {**overlay.get("", {}), **overlay.get(machine_name, {})}
    return _Node(members=_members(list(library.semantics), theirs, ours, 0))


def _members(fields: Any, theirs: Any, ours: Mapping[str, str], level: int) -> dict[str, _Node]:
    """Fields by name. Language files have their texts at the same places as the semantics, without names."""
    if level > MOST_FIELD_LEVELS or not isinstance(fields, list):
        return {}
    places = theirs if isinstance(theirs, list) else []
    found: dict[str, _Node] = {}
    for place, raw in enumerate(fields):
        if isinstance(raw, Mapping):
            other = places[place] if place < len(places) else None
            found.setdefault(str(raw.get("name")), _node(raw, other, ours, level + 1))
    return found


def _node(raw: Mapping[str, Any], theirs: Any, ours: Mapping[str, str], level: int) -> _Node:
    other: Mapping[str, Any] = theirs if isinstance(theirs, Mapping) else {}
    inner = raw.get("field")
    match raw.get("type"):
        case "text":
            return _text_node(raw, other.get("default"), ours)
        case "library":
            return _Node(is_library=True)
        case "group":
            members = _members(raw.get("fields"), other.get("fields"), ours, level)
            is_flat = len(mappings(raw.get("fields"))) == 1 and raw.get("isSubContent") is not True
            name, only = next(iter(members.items()), ("", None))
            return _Node(members=members, only=only if is_flat else None, only_name=name)
        case "list" if isinstance(inner, Mapping) and level <= MOST_FIELD_LEVELS:
            return _Node(item=_node(inner, other.get("field"), ours, level + 1))
        case _:
            return _Node()


def _text_node(raw: Mapping[str, Any], theirs: Any, ours: Mapping[str, str]) -> _Node:
    default = raw.get("default")
    if not isinstance(default, str) or _NO_WORDS.fullmatch(_plain(_TAG.sub("", default))):
        return _Node()
    english = _plain(default)
    rule = next(one for one in parse_semantics([raw]) if isinstance(one, Text))
    for candidate in (theirs, ours.get(english)):
        if _is_translation(candidate, english):
            return _Node(english, markup.clean(candidate, rule), has_words=True)
    return _Node(english, has_words=True)


def _is_translation(candidate: Any, english: str) -> TypeGuard[str]:
    """Whether it is another text with the same placeholders; a lost one would lose a score or a name.

    Much longer texts are no translations, and a content may hold the English one a million times.
    """
    if not isinstance(candidate, str) or not candidate.strip() or len(candidate) > 2 * len(english) + _MORE_LETTERS:
        return False
    if _plain(candidate) == english:
        return False
    return sorted(_PLACEHOLDER.findall(candidate)) == sorted(_PLACEHOLDER.findall(english))


def _plain(text: str) -> str:
    return unescape(text).strip()


def _walk(node: _Node) -> list[_Node]:
    inner = [*node.members.values(), *([node.item] if node.item else [])]
    return [node, *(deeper for one in inner for deeper in _walk(one))]


@dataclass(slots=True)
class _Localiser:
    find: Find
    language: str
    overlay: Overlay
    compiled: dict[str, _Node] = field(default_factory=dict)

    def library_params(self, params: Any, library: Library, level: int) -> Any:
        if library.tree_hash not in self.compiled:
            self.compiled[library.tree_hash] = _compiled(library, self.language, self.overlay)
        return self.value(params, self.compiled[library.tree_hash], level)

    def value(self, value: Any, node: _Node, level: int) -> Any:
        if level > _MOST_LEVELS:
            return value
        if isinstance(value, str):
            return self.text(value, node)
        if isinstance(value, list):
            return self.items(value, node, level)
        return self.group(value, node, level) if isinstance(value, Mapping) else value

    def text(self, value: str, node: _Node) -> str:
        if node.only is not None:
            return self.text(value, node.only)
        is_untouched = node.translation is not None and _plain(value) == node.english
        return node.translation if is_untouched and node.translation is not None else value

    def items(self, value: list[Any], node: _Node, level: int) -> Any:
        if node.only is not None:
            return self.value(value, node.only, level + 1)
        return [self.value(inner, node.item, level + 1) for inner in value] if node.item else value

    def group(self, value: Mapping[str, Any], node: _Node, level: int) -> Any:
        if node.is_library:
            return self.nested(value, level)
        if node.only is not None and node.only_name not in value:
            return self.value(value, node.only, level + 1)
        return {
            name: self.value(inner, node.members[name], level + 1) if name in node.members else inner
            for name, inner in value.items()
        }

    def nested(self, value: Mapping[str, Any], level: int) -> Any:
        try:
            library = self.find(LibraryName.parse(str(value.get("library"))))
        except ValueError:
            return value
        if library is None or "params" not in value:
            return value
        return {**value, "params": self.library_params(value["params"], library, level + 1)}
