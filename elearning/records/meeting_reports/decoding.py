"""The text of a report, whatever encoding it came in, and its cells."""

import codecs
import contextlib
import csv
import re

from .base import Unreadable

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
# What else reports in Polish hold above ASCII: punctuation and the letters of neighbours.
PRINTED = frozenset("„”“’‘–—…§°€ \N{NO-BREAK SPACE}äöüßÄÖÜéáíúčšžřěýŠŽČ")

SPREADSHEET = "To arkusz programu Excel. Otwórz go, zapisz jako CSV i\xa0wybierz zapisany plik."
# How files begin that people choose by mistake.
STRANGERS = (
    (b"PK\x03\x04", SPREADSHEET),
    (b"\xd0\xcf\x11\xe0", SPREADSHEET),
    (b"%PDF", "To plik PDF. Pobierz z\xa0narzędzia raport obecności w\xa0pliku CSV."),
)
BINARY = "To nie jest plik tekstowy. Pobierz z\xa0narzędzia raport obecności w\xa0pliku CSV."
EMPTY = "Plik jest pusty. Pobierz raport jeszcze raz, już po zakończeniu spotkania."
MIXED = "Wiersz {}: są w\xa0nim znaki w\xa0innym kodowaniu niż w\xa0reszcie pliku. Pobierz raport jeszcze raz."
NO_ENCODING = "Nie rozpoznajemy kodowania pliku. Zapisz go jako CSV w\xa0kodowaniu UTF-8."

MOST_CELLS = 200  # of one line
# Bytes looked at to tell UTF-16 without its mark from binary data.
SAMPLE = 4096
# Control characters, marks that would turn the text around them the other way, spaces without a width.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile(r"\s+")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises `Unreadable`.

    Without a mark at its beginning the file is UTF-8 if it can be; else one of the encodings of older Polish programs.
    """
    stranger = next((words for beginning, words in STRANGERS if data.startswith(beginning)), None)
    if stranger is not None:
        raise Unreadable(stranger)
    name = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    if name == "utf-8" and b"\0" in data:
        name = _unmarked_utf_16(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if name.startswith("utf-16"):
            raise Unreadable(BINARY) from None
        text, name = _decode_old(data, 1 + data[: error.start].count(b"\n"))
    if "\0" in text:
        raise Unreadable(BINARY)
    if not text.strip():
        raise Unreadable(EMPTY)
    return text, name


def lines_of(text: str) -> list[str]:
    """The lines, whatever ends them. Not `str.splitlines`, which also parts at characters that end no line here."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line. A quotation mark that nobody closed is a letter: it never swallows the lines after it."""
    cells = line.split(separator, MOST_CELLS)
    if '"' in line and not line.count('"') % 2 and len(cells) <= MOST_CELLS:
        with contextlib.suppress(csv.Error):  # of a cell beyond the limit of the module
            (cells,) = csv.reader([line], delimiter=separator)
    return [tidy(cell) for cell in cells]


def tidy(text: str) -> str:
    """The text without what cannot be seen, with one plain space between words."""
    return SPACES.sub(" ", UNSEEN.sub("", text)).strip()


def _unmarked_utf_16(data: bytes) -> str:
    """Some programs save UTF-16 without its mark: every other byte of Latin text is then a zero."""
    sample = data[:SAMPLE]
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) > len(odd) * 0.6 and not even.count(0):
        return "utf-16-le"
    if even.count(0) > len(even) * 0.6 and not odd.count(0):
        return "utf-16-be"
    raise Unreadable(BINARY)


def _decode_old(data: bytes, line: int) -> tuple[str, str]:
    """The text in an encoding from before UTF-8. `line` is the first that is not UTF-8."""
    utf_8 = data.decode("utf-8", "replace")
    broken = utf_8.count("\ufffd")
    if sum(character > "\x7f" for character in utf_8) - broken > broken:
        raise Unreadable(MIXED.format(line))
    guesses = {name: data.decode(name, "replace") for name in ("cp1250", "iso-8859-2")}
    scores = {name: _likeness(text) for name, text in guesses.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0:
        raise Unreadable(NO_ENCODING)
    return guesses[best], best


def _likeness(text: str) -> int:
    """How much the text looks like Polish: its letters, less what no report in Polish holds."""
    return sum(
        1 if character in POLISH else 0 if character in PRINTED else -1 for character in text if character > "\x7f"
    )
