"""Attempts and answers of a quiz as a table to take away: CSV for Polish Excel, and XLSX."""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook

from . import queries
from .queries import Frozen, Person, Scope
from .samples import Sample, Version

Cell = str | Decimal | int
HEAD = ["Osoba", "Instytucja", "Podejście", "Początek", "Koniec", "Wynik w\xa0%", "Zaliczone"]
WAITING = "czeka na ocenę"
PASSED = {True: "tak", False: "nie", None: WAITING}
# A spreadsheet takes a text that begins like this for a formula (owasp.org/www-community/attacks/CSV_Injection).
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+(,\d+)?")
# XML 1.0 has no such signs, so that a sheet with one of them does not open.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Bounds of an XLSX sheet: support.microsoft.com, „Excel specifications and limits”.
MOST_COLUMNS, LONGEST_CELL = 16_384, 32_767


class TooWide(ValueError):
    """An XLSX sheet has no room for so many questions; CSV has."""


def table(page: int, scope: Scope) -> Iterator[list[Cell]]:
    """The head, then a row for each attempt: who, when, the score, then for each question the answer and its points.

    The answer is in words, as `describe` of its kind says it; a question that was not asked leaves both cells empty.
    """
    sample = queries.sample(page, scope)
    frozen = queries.frozen(sample, sample.given)
    titles = {question: frozen[question, sample.versions[question][0]].title for question in sample.questions}
    yield [*HEAD, *(cell for number, question in enumerate(titles, 1) for cell in _heads(number, titles[question]))]
    answers = _answers(sample, frozen)
    for person in queries.people(page, scope):
        if person.attempt in sample.attempts:
            yield [*_first_cells(person), *_answer_cells(sample, person.attempt, answers)]


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """The table line by line, as Excel in Polish opens it: UTF-8 with its mark, semicolons, decimal commas."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in rows:
        line: str = writer.writerow([_written(cell) for cell in row])
        yield line.encode()


def xlsx_file(rows: Iterator[list[Cell]], *, sheet: str = "Podejścia") -> IO[bytes]:
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


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _written(cell: Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else str(cell).replace(".", ",")


def _heads(number: int, title: str) -> tuple[str, str]:
    return f"{number}. {title}: odpowiedź", f"{number}. {title}: punkty"


def _first_cells(person: Person) -> list[Cell]:
    score: Cell = WAITING if person.score is None else _short(person.score * 100)
    moments = [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in (person.started_at, person.submitted_at)]
    return [person.name, person.institution, person.number, *moments, score, PASSED[person.passed]]


def _answers(sample: Sample, frozen: dict[Version, Frozen]) -> dict[int, dict[int, str]]:
    """The answers in words by attempt and question; each different answer is put into words once."""
    found: dict[int, dict[int, str]] = {attempt: {} for attempt in sample.attempts}
    for version, given in sample.given.items():
        for text, attempts in given.items():
            words = frozen[version].words(text)
            for attempt in attempts:
                found[attempt][version[0]] = words
    return found


def _answer_cells(sample: Sample, attempt: int, answers: dict[int, dict[int, str]]) -> Iterator[Cell]:
    paper = sample.papers[attempt]
    for question in sample.questions:
        if question not in paper:
            yield from ("", "")
            continue
        share = sample.shares.get(question, {}).get(attempt)
        points: Any = WAITING if share is None else _short(Decimal(str(share)) * Decimal(str(paper[question].points)))
        yield from (answers[attempt].get(question, ""), points)


def _short(number: Decimal) -> Decimal:
    """Two places, without noughts at the end."""
    short = number.quantize(Decimal("0.01")).normalize()
    return short if short.as_tuple().exponent in {0, -1, -2} else short.quantize(Decimal(1))
