"""Writes a sheet as PDF: PDF/UA-1 and PDF/A-2a in one file, drawn by Typst in memory.

What somebody typed reaches Typst as data and touches no disk; no message that quotes it leaves this module.
"""

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from .paper import LETTERS_ACROSS, PADDING, on_paper
from .sheet import Sheet
from .signs import Signs

TEMPLATE = settings.BASE_DIR / "templates" / "library" / "document.typ"
FONTS = settings.ASSETS_DIR / "source-sans" / "TTF"
# Archives keep it, and screen readers read it; both refuse a sign without a glyph.
STANDARDS: list[Any] = ["ua-1", "a-2a"]
# A word may break where this stands. How many letters of usual width a line has room for, by the size of its text.
BREAK = "\u200b"
HEADLINE, HEADING, TEXT = 34, 56, 70
WIDE = frozenset("mwMW@%—…")
_LONG = re.compile(r"\S{4,}")
REMEMBERED = 10  # runs
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class Unprintable(ValueError):
    """A sign that none of the fonts has. `sign` is typed text: show it at its field, and log it nowhere."""

    def __init__(self, sign: str) -> None:
        super().__init__("A sign without a glyph")
        self.sign = sign


class NotDrawn(RuntimeError):
    """Typst drew nothing; its message is withheld because it may quote what was typed."""


def write(sheet: Sheet, *, signs: Signs | None = None, day: date) -> bytes:
    """The PDF of a sheet; the same sheet, signs and day give the same bytes. Raises `Unprintable` and `NotDrawn`."""
    inputs = {"sheet": json.dumps(_breakable(on_paper(sheet)), ensure_ascii=False)}
    if signs is not None:
        inputs["logo"] = signs.image.decode("latin-1")
        inputs["signs"] = json.dumps({"alt": signs.alt, "text": signs.text})
    noon = datetime.combine(day, time(12), UTC)
    try:
        return bytes(
            typst.compile(
                _source(),
                root=TEMPLATE.parent,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=STANDARDS,
                sys_inputs=inputs,
                timestamp=int(noon.timestamp()),
            )
        )
    except typst.TypstError as error:
        reason = _reason(error.message)
    finally:
        _forget()
    raise reason


@cache
def _source() -> bytes:
    return Path(TEMPLATE).read_bytes()


@cache
def _fonts() -> Any:
    """The fonts, read once in a process. Threads share them."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _forget() -> None:
    """Makes Typst drop what it remembers of the sheet: it keeps the work of its last ten runs, and the text with it."""
    for _ in range(REMEMBERED + 1):
        typst.compile(b"", root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True, format="svg")


def _reason(message: str) -> Unprintable | NotDrawn:
    found = _NO_GLYPH.search(message)
    if not found:
        return NotDrawn("Typst drew nothing")
    text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1])
    return Unprintable(text[:1])


def _breakable(data: dict[str, Any]) -> dict[str, Any]:
    """The same sheet, with places to break in words that are longer than the line or the cell in which they stand."""
    data["headline"] = _broken(data["title"], HEADLINE)
    for element in data["elements"]:
        match element["type"]:
            case "heading":
                _break([element["line"]], HEADING)
            case "paragraph":
                _break(element["lines"], TEXT)
            case "list":
                _break(element["items"], TEXT)
            case "signatures":
                for row in element["rows"]:
                    _break(row, TEXT // len(row))
            case "table":
                _break_table(element)
    return data


def _break_table(table: dict[str, Any]) -> None:
    letters = [LETTERS_ACROSS * width // 100 - PADDING for width in table["widths"]]
    table["head"] = [_broken(text, room) for text, room in zip(table["head"], letters, strict=False)]
    _break([table["caption"]], LETTERS_ACROSS)
    for row in table["rows"]:
        for cell, room in zip(row["cells"], letters, strict=True):
            _break(cell["lines"], room)


def _break(lines: list[list[dict[str, Any]]], room: int) -> None:
    for line in lines:
        for run in line:
            run["text"] = _broken(run["text"], room)


def _broken(text: str, room: int) -> str:
    """The text with places to break in words that need more than `room` letters of usual width."""
    return _LONG.sub(lambda word: BREAK.join(word[0]) if _width(word[0]) > room else word[0], text)


def _width(word: str) -> float:
    return sum(1.6 if letter in WIDE else 1.25 if letter.isupper() else 1 for letter in word)
