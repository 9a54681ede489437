"""The zip file that a .docx is, opened with distrust: limits hold while bytes are read, whatever the headers say."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from .dangers import check as check_part
from .dangers import check_name
from .faults import DAMAGED, Refused
from .parts import W, main_part, parse

__all__ = ["LARGEST_FILE", "Refused", "check", "contents"]

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
LARGEST_XML = 10 * MEGABYTE  # of one part: a hundred times what a long agreement has
MOST_ENTRIES = 2000
MOST_PIECES = 800_000  # of XML in all parts: a hundred pages have half of that
# Unpacked size by packed size, looked at from `RATIO_FROM` bytes on: tables of empty cells pack well.
MOST_RATIO, RATIO_FROM = 200, MEGABYTE
# Bytes unpacked at a time, so that limits are looked at often.
PIECE = 64 * 1024

CONTENT_TYPES = "[Content_Types].xml"
_RECORD = b"PK\x01\x02"  # begins each record in the list of a zip file's entries
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_INSIDE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
# What zipfile and zlib raise on damaged input; all of it means the same to us.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(RuntimeError, OverflowError, LookupError),
)

LOCKED = (
    "Plik jest zabezpieczony hasłem. Otwórz go w\xa0Wordzie, usuń hasło (Plik → Informacje → Chroń dokument)"
    " i\xa0zapisz."
)
OLD_FORMAT = (
    "To plik w\xa0starym formacie .doc ze zmienioną nazwą. Otwórz go w\xa0Wordzie i\xa0zapisz jako „Dokument programu"
    " Word (.docx)”."
)
OTHERS = {
    b"%PDF": "To plik PDF. Wybierz dokument programu Word (.docx).",
    b"{\\rt": "To plik RTF. Otwórz go w\xa0Wordzie i\xa0zapisz jako „Dokument programu Word (.docx)”.",
    b"<htm": "To strona internetowa. Otwórz ją w\xa0Wordzie i\xa0zapisz jako „Dokument programu Word (.docx)”.",
}
NOT_WORD = "To nie jest dokument programu Word. Wybierz plik .docx."
ODT = "To plik OpenDocument (.odt). Otwórz go w\xa0programie, w\xa0którym powstał, i\xa0zapisz jako .docx."
SHEET = "To arkusz, a\xa0nie dokument tekstowy. Wybierz plik .docx."
SLIDES = "To prezentacja, a\xa0nie dokument tekstowy. Wybierz plik .docx."
STRICT = (
    "Plik jest zapisany jako „Strict Open XML”. Zapisz go w\xa0Wordzie jako zwykły „Dokument programu Word (.docx)”."
)
BOMB = "Plik po rozpakowaniu jest podejrzanie duży. Nie przyjmujemy takich plików."
TOO_MANY = f"Plik składa się z\xa0ponad {MOST_ENTRIES} części. Nie przyjmujemy takich plików."
BAD_NAMES = "Plik zawiera części o\xa0niedozwolonych lub powtórzonych nazwach. Nie przyjmujemy takich plików."
TOO_LONG = "Treść tego dokumentu jest za duża. Podziel go na mniejsze."


def check(data: bytes) -> None:
    """Whether the file may be a template at all. Raises `Refused`; nothing in the file is executed."""
    contents(data)


def contents(data: bytes) -> dict[str, bytes]:
    """The files inside a Word file that passed every check, by their names. Raises `Refused`."""
    _refuse_other_formats(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_names(info.orig_filename for info in entries)
            files = _unpacked(archive, entries)
    except Refused:
        raise
    except _DAMAGE as error:
        raise Refused(DAMAGED) from error
    _refuse_other_packages(files)
    _refuse_dangers(files)
    root = parse(files[main_part(files)])
    if root.tag != f"{W}document" or root.prefix != "w" or root.find(f"{W}body") is None:
        raise Refused(DAMAGED)
    return files


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise Refused("Plik jest pusty.")
    if len(data) > LARGEST_FILE:
        raise Refused(
            f"Plik ma {len(data) / MEGABYTE:.0f}\xa0MB, a\xa0może mieć najwyżej {LARGEST_FILE // MEGABYTE}\xa0MB."
        )
    if data.startswith(_OLE2):
        raise Refused(LOCKED if _LOCKED_INSIDE in data else OLD_FORMAT)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(OTHERS.get(data[:4].lower() if data[:1] == b"<" else data[:4], NOT_WORD))
    # zipfile reads the whole list at once: a list without measure stops here.
    if data.count(_RECORD) > MOST_ENTRIES:
        raise Refused(TOO_MANY)


def _refuse_names(names: Iterable[str]) -> None:
    """Names that lead out of a folder, or of which nobody knows which one a program would read."""
    seen: set[str] = set()
    for name in names:
        parts = name.split("/")
        if not name.isascii() or not name.isprintable() or "\\" in name or ":" in name or len(name) > 240:
            raise Refused(BAD_NAMES)
        if any(part in {"", ".", ".."} for part in parts) or name.lower() in seen:
            raise Refused(BAD_NAMES)
        seen.add(name.lower())


def _unpacked(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for info in entries:
        if info.flag_bits & _ENCRYPTED:
            raise Refused(LOCKED)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused(DAMAGED)
        files[info.orig_filename] = _bytes_of(archive, info, LARGEST_UNPACKED - total)
        total += len(files[info.orig_filename])
    return files


def _bytes_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """The unpacked bytes of one entry, of which there may be `room`. zipfile checks their sum at the end."""
    unpacked = bytearray()
    with archive.open(info) as stream:
        while piece := stream.read(PIECE):
            unpacked += piece
            size = len(unpacked)
            if size > room or (size > RATIO_FROM and size > MOST_RATIO * info.compress_size):
                raise Refused(BOMB)
    return bytes(unpacked)


def _refuse_other_packages(files: dict[str, bytes]) -> None:
    """Other formats that are zip files with XML too, told apart as far as people confuse them."""
    if b"opendocument" in files.get("mimetype", b""):
        raise Refused(ODT)
    if CONTENT_TYPES not in files:
        raise Refused(NOT_WORD)
    if "word/document.xml" not in files and any(name.startswith("xl/") for name in files):
        raise Refused(SHEET)
    if "word/document.xml" not in files and any(name.startswith("ppt/") for name in files):
        raise Refused(SLIDES)
    if b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" in files.get("_rels/.rels", b""):
        raise Refused(STRICT)


def _refuse_dangers(files: dict[str, bytes]) -> None:
    pieces = 0
    for name, data in files.items():
        check_name(name)
        if is_xml(name, data):
            # Elements, their ends and attributes, counted before a parser gives memory to each.
            pieces += data.count(b"<") + data.count(b"=")
            if len(data) > LARGEST_XML or pieces > MOST_PIECES:
                raise Refused(TOO_LONG)
            check_part(parse(data))


def is_xml(name: str, data: bytes) -> bool:
    """Whether a program may read this as XML: by its name, or by how it begins, in UTF-8 or UTF-16."""
    begin = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return name.lower().endswith((".xml", ".rels", ".vml", ".svg", ".xsl", ".xslt", ".xsd")) or begin.startswith(b"<")
