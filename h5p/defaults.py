"""What generated contents leave out: some programs write no `behaviour` at all, and the content does not start.

Only single values and groups of them are filled in. Lists, nested contents and files are content: an invented one would
be played, and one content type even breaks on the defaults of its own lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from h5p.library import Library
from h5p.names import LibraryName
from h5p.semantics import Boolean, Field, Group, LibraryChoice, ListOf, Number, Select, Text, parse_semantics

Find = Callable[[LibraryName], Library | None]

_MOST_LEVELS = 100
# Fields looked at in one content, 2,616 in the largest real one that was tried. After so many nothing more
# is filled in: a long list of groups of many fields would grow beyond all memory.
MOST_FIELDS = 500_000


def with_defaults(params: Any, library: Library, find: Find) -> Any:
    """The parameters with missing single values and groups filled in. Never raises and never changes `params`."""
    return _Filler(find).library_params(params, library, 0)


@dataclass(slots=True)
class _Filler:
    find: Find
    fields: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    left: int = MOST_FIELDS

    def library_params(self, params: Any, library: Library, level: int) -> Any:
        if library.tree_hash not in self.fields:
            self.fields[library.tree_hash] = parse_semantics(library.semantics)
        return self.members(params, self.fields[library.tree_hash], level) if isinstance(params, Mapping) else params

    def members(self, values: Mapping[str, Any], fields: tuple[Field, ...], level: int) -> dict[str, Any]:
        self.left -= len(fields)
        if self.left < 0:
            return dict(values)
        filled = dict(values)
        for rule in fields:
            if values.get(rule.name) is not None:
                filled[rule.name] = self.value(values[rule.name], rule, level + 1)
            elif (default := self.default(rule)) is not None:
                filled[rule.name] = default
        return filled

    def value(self, value: Any, rule: Field, level: int) -> Any:
        """A value that is there, with what is missing inside."""
        if level > _MOST_LEVELS:
            return value
        match rule:
            case ListOf(item=Field() as item) if isinstance(value, list):
                return [self.value(inner, item, level + 1) for inner in value]
            case Group(only_field=Field() as only):
                return self.value(value, only, level + 1)
            case Group() if isinstance(value, Mapping):
                return self.members(value, rule.fields, level)
            case LibraryChoice() if isinstance(value, Mapping):
                return self.nested(value, level)
            case _:
                return value

    def nested(self, value: Mapping[str, Any], level: int) -> Any:
        try:
            library = self.find(LibraryName.parse(str(value.get("library"))))
        except ValueError:
            return value
        if library is None or "params" not in value:
            return value
        return {**value, "params": self.library_params(value["params"], library, level + 1)}

    def default(self, rule: Field) -> Any:
        """What a missing field is filled with; None leaves it missing."""
        match rule:
            case Group(only_field=Field() as only):
                return self.default(only)
            case Group():
                self.left -= len(rule.fields)
                inner = {one.name: self.default(one) for one in rule.fields}
                return {name: default for name, default in inner.items() if default is not None}
            case Boolean():
                return rule.default if isinstance(rule.default, bool) else None
            case Number():
                is_number = isinstance(rule.default, int | float) and not isinstance(rule.default, bool)
                return rule.default if is_number else None
            case Text() | Select():
                return rule.default if isinstance(rule.default, str) else None
            case _:
                return None
