"""How a sheet lies on paper, whoever writes it: levels of headings, widths of columns, places to sign and to fill in.

Pure. `on_paper` is what the writers that read data take, Typst and the page in the browser; Word's takes the functions.
"""

import re
from collections.abc import Iterator, Sequence
from math import ceil, sqrt
from typing import Any

from .sheet import (
    ClauseHeading,
    Element,
    Heading,
    Line,
    ListItems,
    PageBreak,
    Paragraph,
    Run,
    Sheet,
    Signatures,
    Table,
    plain,
)

Cell = tuple[Line, ...]
Row = tuple[Cell, ...]

# Between the margins of 25 mm, in letters of the size that tables have.
LETTERS_ACROSS = 90
# The first column of a table whose rows have heads, in per cent.
ROW_HEADS = 36
# A column to write in by hand takes at least as many letters; the only one, as on a list to sign, has room for a whole
# signature, some 40 mm. One up to NARROW is as wide as it must be.
WRITABLE, SIGNABLE, NARROW, PADDING = 14, 22, 6, 2
# A word may take so many of them; a longer one breaks.
LONGEST_WORD = 22
# Longer rows may continue on the next page.
MOST_LINES_WHOLE = 24
# A table up to so many rows is not divided between pages; a text up to so many letters stays with places to sign.
MOST_ROWS_TOGETHER, MOST_LETTERS_TOGETHER = 6, 1200
MOST_SIDE_BY_SIDE = 3
DEEPEST = 6
NAMELESS = "Tabela"  # what a screen reader calls a table without a caption
# What XML cannot carry, and what has no shape on paper.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
NOTHING: Row = ()


def printable(text: str) -> str:
    """The text without control characters and halves of characters."""
    return _UNPRINTABLE.sub("", text)


def hint(text: str) -> str:
    """What belongs in a place to fill in, as it stands in brackets after it: „data zawarcia”, „PESEL”."""
    text = printable(text).strip().rstrip(":")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def is_place(lines: Sequence[Line]) -> bool:
    """Whether a paragraph or a cell is only a place to fill in."""
    runs = [run for line in lines for run in line if run.blank or run.text.strip()]
    return len(runs) == 1 and runs[0].blank


def has_text(lines: Sequence[Line]) -> bool:
    return any(run.text.strip() for line in lines for run in line)


def levels(elements: Sequence[Element]) -> list[int]:
    """The level of each heading, 1 being right below the title, without gaps; 0 for what is no heading.

    A clause stands beside the headings of level 1, or below the last of them.
    """
    found, last, in_section = [], 0, False
    for element in elements:
        wanted = 0
        if isinstance(element, Heading):
            wanted = element.level
            in_section = in_section or wanted == 1
        elif isinstance(element, ClauseHeading):
            wanted = 2 if in_section else 1
        level = min(wanted, last + 1)
        last = level or last
        found.append(level)
    return found


def number_of(element: Heading | ClauseHeading) -> str:
    """„§ 3.” before the heading of a clause."""
    return f"§\xa0{element.number}." if isinstance(element, ClauseHeading) else ""


def rows_of(table: Table) -> tuple[Row, ...]:
    """The rows of a table, all as long as its longest. A table with nothing in it but its head says so by dashes."""
    count = columns_of(table)
    rows = table.rows or (((((Run("–"),),),) * count,) if table.head else NOTHING)
    return tuple((*row, *(((),) * (count - len(row)))) for row in rows)


def columns_of(table: Table) -> int:
    return max([len(table.head), *(len(row) for row in table.rows)])


def widths(table: Table) -> list[int]:
    """The width of each column in per cent, 100 in all, by what is written in it."""
    count = columns_of(table)
    if table.has_row_heads and count == 2:
        return [ROW_HEADS, 100 - ROW_HEADS]
    needs, wishes = zip(*_letters(table), strict=True)
    letters = _shared(needs, wishes)
    ends = [round(sum(letters[: column + 1]) * 100 / sum(letters)) for column in range(count)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def keeps_whole(row: Row, across: Sequence[int]) -> bool:
    """Whether a row is short enough to stay on one page. `across` are the widths of its columns in per cent."""
    return all(_lines_of(cell, width) <= MOST_LINES_WHOLE for cell, width in zip(row, across, strict=True))


def keeps_together(table: Table) -> bool:
    """Whether a table is small enough to stay on one page with its caption."""
    across, rows = widths(table), rows_of(table)
    lines = sum(
        max((_lines_of(cell, width) for cell, width in zip(row, across, strict=True)), default=0) for row in rows
    )
    return len(rows) <= MOST_ROWS_TOGETHER and lines <= MOST_LINES_WHOLE


def stays(elements: Sequence[Element]) -> list[bool]:
    """Whether each paragraph or list stays on the page where the next element begins.

    What ends with a colon does, and a short text before places to sign: nobody signs one page and agrees to another.
    """
    following = [*elements[1:], None]
    return [_leads_to(found, after) for found, after in zip(elements, following, strict=False)]


def side_by_side(places: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Places to sign in rows of nearly the same length. One alone stands on the right, as people expect."""
    if len(places) == 1:
        return [((), places[0])]
    count = ceil(len(places) / ceil(len(places) / MOST_SIDE_BY_SIDE)) if places else 1
    rows = [tuple(places[start : start + count]) for start in range(0, len(places), count)]
    return [(*row, *(((),) * (count - len(row)))) for row in rows]


def on_paper(sheet: Sheet, *, level: int = 1) -> dict[str, Any]:
    """A sheet as dictionaries, lists and scalars: `title`, `level` (of the title) and `elements`, each with its `type`.

    `heading` (clauses too, by `number`), `paragraph`, `list`, `table`, `signatures`, `pagebreak`. What would print
    nothing is left out. A run has `text`, `bold` and `blank`; for a blank one the text is its hint.
    """
    found = zip(sheet.elements, levels(sheet.elements), stays(sheet.elements), strict=True)
    elements = [
        {**data, "stays": stay}
        for element, depth, stay in found
        for data in _data(element, min(level + depth, DEEPEST))
    ]
    return {"title": printable(sheet.title), "level": level, "elements": elements}


def _data(element: Element, level: int) -> Iterator[dict[str, Any]]:
    match element:
        case Heading(line=line) | ClauseHeading(line=line):
            yield {"type": "heading", "level": level, "number": number_of(element), "line": _runs(line)}
        case Paragraph(lines=lines) if lines:
            yield {"type": "paragraph", "lines": _lines(lines), "is_place": is_place(lines)}
        case ListItems(items=items, numbered=numbered) if items:
            yield {"type": "list", "items": _lines(items), "numbered": numbered}
        case Table() if rows_of(element):
            yield _table_data(element)
        case Signatures(places=places) if places:
            yield {"type": "signatures", "rows": [_lines(row) for row in side_by_side(places)]}
        case PageBreak():
            yield {"type": "pagebreak"}


def _leads_to(element: Element, after: Element | None) -> bool:
    lines = element.lines if isinstance(element, Paragraph) else element.items if isinstance(element, ListItems) else ()
    text = "\n".join(plain(line) for line in lines)
    signed = isinstance(after, Signatures) and len(text) <= MOST_LETTERS_TOGETHER
    return bool(text) and after is not None and (signed or text.rstrip().endswith(":"))


def _table_data(table: Table) -> dict[str, Any]:
    across = widths(table)
    rows = [
        {
            "whole": keeps_whole(row, across),
            "cells": [{"lines": _lines(cell), "is_place": is_place(cell)} for cell in row],
        }
        for row in rows_of(table)
    ]
    head = [printable(text) for text in table.head]
    return {
        "type": "table",
        "caption": _runs(table.caption),
        "label": printable(plain(table.caption)) or NAMELESS,
        "head": head + [""] * (len(across) - len(head)) if head else [],
        "has_row_heads": table.has_row_heads,
        "together": keeps_together(table),
        "widths": across,
        "rows": rows,
    }


def _lines(lines: Sequence[Line]) -> list[list[dict[str, Any]]]:
    return [_runs(line) for line in lines]


def _runs(line: Line) -> list[dict[str, Any]]:
    return [
        {"text": hint(run.text) if run.blank else printable(run.text), "bold": run.bold, "blank": run.blank}
        for run in line
        if run.text or run.blank
    ]


def _letters(table: Table) -> list[tuple[float, float]]:
    """How many letters wide each column must be for its longest word, and would like to be for its rows to be low."""
    rows = rows_of(table)
    bodies = [
        [text for row in rows for line in row[column] if (text := plain(line)).strip()]
        for column in range(columns_of(table))
    ]
    hand = SIGNABLE if sum(not body for body in bodies) == 1 else WRITABLE
    return [_letters_of(table, column, body, hand) for column, body in enumerate(bodies)]


def _letters_of(table: Table, column: int, body: Sequence[str], hand: int) -> tuple[float, float]:
    """The same for one column, of which something is written in the cells `body`; `hand` where nothing is."""
    head = table.head[column] if column < len(table.head) else ""
    words = [len(word) for text in (head, *body) for word in text.split()]
    need = PADDING + min(max(*words, 3, 3) * 1.05, LONGEST_WORD)
    if not body:
        return max(need, hand), max(need, len(head) + PADDING, hand)
    longest_line = max(len(text) for text in body) + PADDING
    return need, max(need, min(longest_line, 2.2 * sqrt(sum(len(text) for text in body))))


def _shared(needs: Sequence[float], wishes: Sequence[float]) -> list[float]:
    """Letters for each column: what it needs, then what it wishes; what is left goes to those that are not narrow."""
    spare = LETTERS_ACROSS - sum(needs)
    if spare <= 0:
        return list(needs)
    more = [wish - need for need, wish in zip(needs, wishes, strict=True)]
    if sum(more) > spare:
        return [need + extra * spare / sum(more) for need, extra in zip(needs, more, strict=True)]
    growing = [wish if wish > NARROW else 0 for wish in wishes]
    left = LETTERS_ACROSS - sum(wishes)
    return [
        wish + left * grows / sum(growing) if sum(growing) else wish
        for wish, grows in zip(wishes, growing, strict=True)
    ]


def _lines_of(cell: Cell, width: int) -> int:
    letters = max(width * LETTERS_ACROSS // 100, 1)
    return sum(ceil(max(len(plain(line)), 1) / letters) for line in cell)
