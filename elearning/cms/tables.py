"""Tables to take away: CSV for Polish Excel, and XLSX. Nothing in them is taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from openpyxl import Workbook

Cell = str | Decimal | int
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a text that begins like this for a formula (owasp.org/www-community/attacks/CSV_Injection).
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(,\d+)?")
# XML 1.0 has no such signs, so that a sheet with one of them does not open.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Bounds of an XLSX sheet: support.microsoft.com, „Excel specifications and limits”.
MOST_COLUMNS, LONGEST_CELL = 16_384, 32_767


class TooWide(ValueError):
    """An XLSX sheet has no room for so many columns; CSV has."""


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """The table line by line, as Excel in Polish opens it: UTF-8 with its mark, semicolons, decimal commas."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in rows:
        line: str = writer.writerow([_written(cell) for cell in row])
        yield line.encode()


def xlsx_file(rows: Iterator[list[Cell]], *, sheet: str) -> IO[bytes]:
    """The table as a sheet in a temporary file, read from its beginning. Raises `TooWide`."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    head = next(rows)
    if len(head) > MOST_COLUMNS:
        raise TooWide(len(head))
    for row in chain([head], rows):
        page.append([harmless(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row])
    file = TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    book.save(file)
    file.seek(0)
    return file


def harmless(text: str) -> str:
    """The text without signs that break a sheet, and with an apostrophe where it could be taken for a formula."""
    text = CONTROL.sub("", text)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def table_file(rows: Iterator[list[Cell]], kind: str, name: str, sheet: str) -> HttpResponseBase:
    """The table as a file to keep, csv or xlsx. `name` is ASCII, without extension. Raises `TooWide`."""
    made: HttpResponseBase
    if kind == "csv":
        made = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    else:
        made = FileResponse(xlsx_file(rows, sheet=sheet), content_type=XLSX)
    made["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return made


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _written(cell: Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", ",")
