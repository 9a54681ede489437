"""What is wrong with a template before anybody fills it in, with its place. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import structure
from .composing import PIECE, marks_of
from .structure import Document, Field, FieldKind, Part

_NAME = re.compile(structure.NAME)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template. `place` names the part or the field as the editor sees it."""

    place: str
    text: str


def problems_of(document: Document) -> list[Problem]:
    """What would keep the template from being filled in; nothing for one that is right."""
    found = list(_field_problems(document.fields))
    used: set[str] = set()
    found += _part_problems(document.parts, {field.name: field for field in document.fields}, {}, used)
    unused = [field for field in document.fields if field.name not in used]
    found += [Problem(field.label, f"Pole „{field.name}” nie występuje w\xa0treści.") for field in unused]
    return found


def _field_problems(fields: Sequence[Field], inside: str = "") -> Iterator[Problem]:
    seen: set[str] = set()
    for found in fields:
        place = f"{inside} → {found.label}" if inside else found.label
        if not _NAME.fullmatch(found.name):
            yield Problem(place, f"Nazwa „{found.name}” musi zaczynać się małą literą i\xa0mieć tylko a–z, 0–9 i\xa0_.")
        if found.name in seen:
            yield Problem(place, f"Pole „{found.name}” jest zdefiniowane dwa razy.")
        seen.add(found.name)
        if found.kind in {FieldKind.CHOICE, FieldKind.CHOICES} and not found.choices:
            yield Problem(place, "Podaj możliwości do wyboru.")
        if found.kind is FieldKind.ROWS:
            if inside or not found.columns:
                yield Problem(place, "Wiersze w\xa0wierszach nie działają." if inside else "Podaj kolumny tabeli.")
            yield from _field_problems(found.columns, inside=found.label)


def _part_problems(
    parts: Sequence[Part], fields: Mapping[str, Field], columns: Mapping[str, Field], used: set[str], clause: int = 0
) -> Iterator[Problem]:
    for number, part in enumerate(parts, 1):
        place = f"Część {number}" if not clause else f"Część {clause}, punkt {number}"
        for text in structure.texts_of(part):
            in_row = _columns(part.field, fields) if isinstance(part, structure.Signatures) and part.field else {}
            yield from (
                Problem(place, problem) for problem in _text_problems(text, fields, {**columns, **in_row}, used)
            )
        inner = columns
        if isinstance(part, structure.Conditional):
            yield from (Problem(place, problem) for problem in _condition_problems(part, {**fields, **columns}, used))
        elif name := getattr(part, "field", ""):
            used.add(name)
            if name not in fields or fields[name].kind is not FieldKind.ROWS:
                yield Problem(place, f"„{name}” nie jest polem z\xa0wierszami.")
                continue
            inner = _columns(name, fields)
        below = (*getattr(part, "parts", ()), *getattr(part, "otherwise", ()))
        yield from _part_problems(below, fields, inner, used, clause or number)


def _columns(name: str, fields: Mapping[str, Field]) -> dict[str, Field]:
    return {column.name: column for column in fields[name].columns} if name in fields else {}


def _text_problems(
    text: str, fields: Mapping[str, Field], columns: Mapping[str, Field], used: set[str]
) -> Iterator[str]:
    for mark in marks_of(text):
        used.add(mark)
        if mark not in columns and mark not in fields:
            yield f"Nieznane pole „{mark}”. Dodaj je do pól albo popraw nazwę."
        elif mark not in columns and fields[mark].kind is FieldKind.ROWS:
            yield f"„{mark}” ma wiersze: wstaw je jako tabelę albo część powtarzaną."
    rest = PIECE.sub("", text)
    if "{{" in rest or "}}" in rest or "{%" in rest:
        yield "Niedomknięty znacznik. Pole zapisz jako {{ nazwa }}."


def _condition_problems(part: structure.Conditional, fields: Mapping[str, Field], used: set[str]) -> Iterator[str]:
    used.add(part.field)
    found = fields.get(part.field)
    if found is None:
        yield f"Warunek pyta o\xa0nieznane pole „{part.field}”."
    elif part.value and found.choices and part.value not in found.choices:
        yield f"Pole „{part.field}” nie ma możliwości „{part.value}”."
