"""Files that are only downloaded: what they are by their content, and what they say for the search. Pure."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from library.marked import reading
from library.marked.faults import Refused

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST_TEXT = 200_000  # characters
# What begins a file of that kind; those in which everything is allowed begin with nothing in particular.
SIGNATURES = {"pdf": b"%PDF-", **dict.fromkeys(("docx", "odt", "pptx", "xlsx", "ods", "odp", "zip"), b"PK\x03\x04")}
# The part without which a package is something else.
INSIDE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_LETTERS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")

TOO_LARGE = "Plik jest za duży. Może mieć najwyżej 20\xa0MB."
OTHER = "Ten plik nie jest plikiem {extension}, choć tak się nazywa. Zapisz go w\xa0tym formacie."
EMPTY = "Ten plik jest pusty. Wybierz inny."
NO_TEXT = "To nie jest plik tekstowy."
OLD = "Plik jest zabezpieczony hasłem albo w\xa0starym formacie. Zapisz go bez hasła w\xa0nowym formacie."
LOCKED = "Plik w\xa0środku jest zaszyfrowany. Zapisz go bez hasła."
DAMAGED = "Plik jest uszkodzony. Otwórz go, zapisz ponownie i\xa0wyślij jeszcze raz."


class Unfit(ValueError):
    """A file that is not taken; the text says why, for the person who sent it."""


def extension_of(name: str) -> str:
    """„Umowa.DOCX” → `docx`."""
    return PurePath(name).suffix.lower().lstrip(".")


def check(content: bytes, name: str, allowed: tuple[str, ...]) -> None:
    """Whether the content is what the name promises, one of the `allowed` kinds. Raises `Unfit`."""
    extension = extension_of(name)
    if extension not in allowed:
        raise Unfit(f"Takiego pliku nie przyjmujemy. Dozwolone formaty: {', '.join(allowed)}.")
    if not content:
        raise Unfit(EMPTY)
    if len(content) > LARGEST:
        raise Unfit(TOO_LARGE)
    _check_beginning(content, extension)
    if extension in {"txt", "csv"}:
        if _LETTERS.search(content):
            raise Unfit(NO_TEXT)
    elif extension != "pdf":
        _check_package(content, extension)


def _check_beginning(content: bytes, extension: str) -> None:
    if content.startswith(OLD_OFFICE):
        raise Unfit(OLD)
    if not content.startswith(SIGNATURES.get(extension, b"")):
        raise Unfit(OTHER.format(extension=extension.upper()))


def text_of(content: bytes, name: str) -> str:
    """What a file says, as far as that is easily read: text and Word files. Empty for others."""
    extension = extension_of(name)
    if extension in {"txt", "csv"}:
        return _decoded(content)[:MOST_TEXT]
    if extension == "docx":
        return "\n".join(_paragraphs(content))[:MOST_TEXT]
    return ""


def _check_package(content: bytes, extension: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            is_locked = any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist())
            kind = _kind_of(archive) if "mimetype" in names and not is_locked else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unfit(DAMAGED) from error
    if is_locked:
        raise Unfit(LOCKED)
    is_other = extension in INSIDE and INSIDE[extension] not in names
    if is_other or (extension in OPEN_DOCUMENT and not kind.startswith(OPEN_DOCUMENT[extension])):
        raise Unfit(OTHER.format(extension=extension.upper()))


def _kind_of(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as file:
        return file.read(100)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _paragraphs(content: bytes) -> tuple[str, ...]:
    """The text of a Word file; nothing of one that is not safe to read."""
    try:
        return reading.read(content).text_lines
    except Refused:
        return ()
