"""Fields proposed from a marked file, laid over those that an editor has ordered and described already. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .structure import Field, FieldKind


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields for a newer file. `added` and `vanished` are labels of fields, „Pole → kolumna” of columns."""

    fields: tuple[Field, ...]
    added: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


def merged(kept: Sequence[Field], proposed: Sequence[Field]) -> Merged:
    """What the editor made of fields that are still there, in their order; then the new ones.

    A name that was one value and is now a list of rows, or the other way round, counts as new.
    """
    asked = {field.name: field for field in proposed}
    fields: list[Field] = []
    added: list[str] = []
    vanished: list[str] = []
    for field in kept:
        found = asked.get(field.name)
        if found is None or _is_list(found) != _is_list(field):
            vanished.append(field.label)
            continue
        inner = merged(field.columns, found.columns)
        fields.append(replace(field, columns=inner.fields))
        added += [f"{field.label} → {label}" for label in inner.added]
        vanished += [f"{field.label} → {label}" for label in inner.vanished]
    names = {field.name for field in fields}
    new = [field for field in proposed if field.name not in names]
    return Merged((*fields, *new), (*added, *(field.label for field in new)), tuple(vanished))


def _is_list(field: Field) -> bool:
    return field.kind is FieldKind.ROWS
