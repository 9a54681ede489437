"""Puts values into a template: what is printed for what was typed. Pure.

`compose` fills in; `blank` leaves places to fill in by hand. Both take templates in which `problems_of` finds nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import sheet, structure
from .structure import Document, Field, FieldKind, PageBreak, Part
from .values import Row, Simple, Values, shown

PIECE = re.compile(r"\{\{\s*(?P<mark>[^{}]*?)\s*\}\}|\*\*")
NOT_FILLED = "–"
BOX = "☐"


@dataclass(slots=True)
class _Filling:
    """What is known where a part is printed. `values` is None for the blank form."""

    fields: Mapping[str, Field]
    values: Values | None
    row: Row | None = None
    columns: Mapping[str, Field] = field(default_factory=dict)
    clauses: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def inside(self, rows: Field, row: Row | None) -> "_Filling":
        """The same inside one row of a field."""
        columns = {column.name: column for column in rows.columns}
        return replace(self, row=row, columns=columns)

    def run(self, mark: str, *, bold: bool) -> sheet.Run:
        found = self.columns.get(mark)
        if found is not None:
            return self._run(found, self.row, bold=bold)
        found = self.fields[mark]
        simple = None if self.values is None else {mark: _simple(self.values.get(mark))}
        return self._run(found, simple, bold=bold)

    def _run(self, found: Field, known: Mapping[str, Simple] | None, *, bold: bool) -> sheet.Run:
        if known is None:
            return _place(found, bold=bold)
        return sheet.Run(shown(found, known.get(found.name)) or NOT_FILLED, bold)


def compose(document: Document, values: Values) -> sheet.Sheet:
    """The document with these values. Raises `KeyError` for a mark that is no field: `problems_of` finds those."""
    return _printed(document, values)


def blank(document: Document) -> sheet.Sheet:
    """The form to print and fill in by hand: every value is a blank, every condition is printed."""
    return _printed(document, None)


def marks_of(text: str) -> list[str]:
    """The names in the marks of a text, in their order."""
    return [found["mark"] for found in PIECE.finditer(text) if found["mark"] is not None]


def _place(found: Field, *, bold: bool) -> sheet.Run:
    """What stands on paper for a value: boxes to tick, or a place to write in."""
    if found.kind is FieldKind.CHECKBOX:
        return sheet.Run(BOX, bold)
    if found.choices:
        return sheet.Run("   ".join(f"{BOX}\xa0{choice}" for choice in found.choices), bold)
    return sheet.Run(found.label, bold, blank=True)


def _printed(document: Document, values: Values | None) -> sheet.Sheet:
    filling = _Filling({field.name: field for field in document.fields}, values)
    return sheet.Sheet(document.title, tuple(_elements(document.parts, filling)))


def _elements(parts: Sequence[Part], filling: _Filling) -> Iterator[sheet.Element]:
    for part in parts:
        yield from _element(part, filling)


def _element(part: Part, filling: _Filling) -> Iterator[sheet.Element]:
    match part:
        case structure.Clause(title=title, parts=parts):
            yield sheet.ClauseHeading(next(filling.clauses), _line(title, filling))
            yield from _elements(parts, filling)
        case structure.Repeated(field=name, parts=parts):
            for inner in _each(name, filling):
                yield from _elements(parts, inner)
        case structure.Conditional() if filling.values is None:
            yield from _both(part, filling)
        case structure.Conditional():
            yield from _elements(_applying(part, filling), filling)
        case _:
            yield _single(part, filling)


def _single(part: Part, filling: _Filling) -> sheet.Element:
    """The one element of a part that holds no others."""
    match part:
        case structure.Heading(text=text, level=level):
            return sheet.Heading(_line(text, filling), level)
        case structure.Paragraph(text=text):
            return sheet.Paragraph(_broken(_line(text, filling)))
        case structure.Points(items=items, numbered=numbered):
            return sheet.ListItems(tuple(_line(item, filling) for item in items), numbered)
        case structure.Pairs(caption=caption, rows=rows):
            pairs = tuple(((_line(label, filling),), _broken(_line(text, filling))) for label, text in rows)
            return sheet.Table(_line(caption, filling), (), pairs)
        case structure.Grid(caption=caption, head=head, rows=rows):
            cells = tuple(tuple(_broken(_line(cell, filling)) for cell in row) for row in rows)
            return sheet.Table(_line(caption, filling), head, cells)
        case structure.RowsTable():
            return _rows_table(part, filling)
        case structure.Signatures(places=places, field=name):
            each = _each(name, filling) if name else [filling]
            return sheet.Signatures(tuple(_line(place, inner) for inner in each for place in places))
        case _:
            return sheet.PageBreak()


def _each(name: str, filling: _Filling) -> list[_Filling]:
    """A filling for each row of a field; for the blank form one more than there have to be."""
    rows = filling.fields[name]
    if filling.values is None:
        return [filling.inside(rows, None)] * min(rows.least + 1, rows.most)
    given = filling.values.get(name) or ()
    return [filling.inside(rows, row) for row in given if isinstance(row, Mapping)] if isinstance(given, tuple) else []


def _rows_table(part: structure.RowsTable, filling: _Filling) -> sheet.Table:
    rows = filling.fields[part.field]
    inner = [filling.inside(rows, None)] * part.blank if filling.values is None else _each(part.field, filling)
    empty: sheet.Line = (sheet.Run(""),)
    body = []
    for number, each in enumerate(inner, 1):
        lines = [_broken((each.run(column.name, bold=False),)) for column in rows.columns]
        cells = [(empty,) for _ in rows.columns] if filling.values is None else lines
        numbered = [((sheet.Run(f"{number}."),),)] if part.numbered else []
        body.append((*numbered, *cells, *((empty,) for _ in part.extra)))
    head = (*((sheet.NUMBERS,) if part.numbered else ()), *(column.label for column in rows.columns), *part.extra)
    return sheet.Table(_line(part.caption, filling), head, tuple(body))


def _both(part: structure.Conditional, filling: _Filling) -> Iterator[sheet.Element]:
    """On paper nobody has decided yet: each branch says when it applies."""
    asked = filling.columns.get(part.field) or filling.fields[part.field]
    when = f"{asked.label}: {part.value}" if part.value else asked.label
    inner = part.parts
    if inner and isinstance(inner[0], PageBreak):
        yield sheet.PageBreak()
        inner = inner[1:]
    yield _note(f"(jeśli dotyczy – {when})")
    yield from _elements(inner, filling)
    if part.otherwise:
        yield _note("(w\xa0przeciwnym razie)")
        yield from _elements(part.otherwise, filling)


def _note(text: str) -> sheet.Paragraph:
    return sheet.Paragraph(((sheet.Run(text),),))


def _applying(part: structure.Conditional, filling: _Filling) -> tuple[Part, ...]:
    known = filling.row if part.field in filling.columns else filling.values
    value = (known or {}).get(part.field)
    return part.parts if _is_met(part.value, value) else part.otherwise


def _is_met(wanted: str, value: object) -> bool:
    """Whether a field is filled in; where a value is wanted, whether it is that one or among those chosen."""
    if not wanted:
        return bool(value)
    return wanted in value if isinstance(value, tuple) else value == wanted


def _line(text: str, filling: _Filling) -> sheet.Line:
    runs: list[sheet.Run] = []
    bold, end = False, 0
    for found in PIECE.finditer(text):
        if found.start() > end:
            runs.append(sheet.Run(_after(runs, text[end : found.start()]), bold))
        end = found.end()
        if found["mark"] is None:
            bold = not bold
        else:
            runs.append(filling.run(found["mark"], bold=bold))
    if end < len(text):
        runs.append(sheet.Run(_after(runs, text[end:]), bold))
    return tuple(runs)


def _after(runs: Sequence[sheet.Run], text: str) -> str:
    """A text after a value, without a second full stop: „2026 r.” ends a sentence by itself."""
    return text[1:] if text.startswith(".") and runs and runs[-1].text.endswith("\xa0r.") else text


def _broken(line: sheet.Line) -> tuple[sheet.Line, ...]:
    """A line as the lines of which it is made where the text in it has breaks."""
    lines: list[list[sheet.Run]] = [[]]
    for run in line:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in others]
    return tuple(tuple(runs) for runs in lines)


def _simple(value: object) -> Simple:
    """A value as a mark shows it; rows have no text of their own."""
    return None if isinstance(value, tuple) and value and not isinstance(value[0], str) else value  # type: ignore[return-value]
