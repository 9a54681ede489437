"""What no template may bring along, wherever in the file it is: programs, other people's files, links to other places.

Names of elements, relationships and field codes: ECMA-376 parts 1 and 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .faults import Refused
from .parts import RELATIONSHIP, Element, W

LONGEST_CODE = 2_000
MACROS = "Plik zawiera makra. Zapisz go w\xa0Wordzie jako „Dokument programu Word (.docx)”, czyli bez makr."
OBJECTS = (
    "Plik zawiera osadzony obiekt, na przykład arkusz lub formant. Usuń go albo wstaw zamiast niego obraz lub tabelę."
)
OTHER_FILE = "Plik dołącza treść z\xa0innego pliku. Wklej tę treść na stałe i\xa0usuń powiązanie."
ATTACHED = (
    "Plik jest powiązany z\xa0szablonem na dysku autora. W\xa0Wordzie wybierz Deweloper → Szablon dokumentu,"
    " wpisz „Normal” i\xa0zapisz plik."
)
EXTERNAL = (
    "Plik pobiera coś spoza siebie (obraz, szablon albo inny plik). Zostaw tylko zwykłe odsyłacze do stron"
    " i\xa0adresów e-mail, a\xa0obrazy wstaw na stałe."
)
TEMPLATE = "To szablon programu Word (.dotx). Zapisz go jako „Dokument programu Word (.docx)”."
UNKNOWN_CODE = (
    "Plik zawiera pole programu Word, którego nie przyjmujemy: „{code}”. Zamień je na zwykły tekst (Ctrl+Shift+F9)."
)

_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_ELEMENTS = {
    f"{W}altChunk": OTHER_FILE,
    f"{W}subDoc": OTHER_FILE,
    f"{W}control": OBJECTS,
    f"{_OFFICE}OLEObject": OBJECTS,
}
_CONTENT_TYPES = frozenset({f"{_TYPES}Default", f"{_TYPES}Override"})
_WATCHED = {*_ELEMENTS, *_CONTENT_TYPES, RELATIONSHIP, f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"}
# By the last part of the relationship's type.
_RELATIONSHIPS = {
    "vbaProject": MACROS,
    "wordVbaData": MACROS,
    "oleObject": OBJECTS,
    "package": OBJECTS,
    "control": OBJECTS,
    "activeXControlBinary": OBJECTS,
    "aFChunk": OTHER_FILE,
    "subDocument": OTHER_FILE,
    "frame": OTHER_FILE,
}
_CONTENT = {"macroenabled": MACROS, "vbaproject": MACROS, "vbadata": MACROS, "activex": OBJECTS, "oleobject": OBJECTS}
_NAMES = {"vbaproject.bin": MACROS, "vbadata.xml": MACROS, "/activex/": OBJECTS, "/embeddings/": OBJECTS}
# Fields that show what the document itself knows. DDE, INCLUDETEXT, INCLUDEPICTURE, LINK and their like fetch or run
# something; QUOTE spells those out by the numbers of letters.
_CODES = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "FILENAME", "AUTHOR", "NUMWORDS"),
        *("HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD", "IF", "SYMBOL", "EQ", "ADVANCE"),
        *("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "DOCPROPERTY", "XE", "INDEX", "="),
    }
)


@dataclass(slots=True)
class _Code:
    """A field that has begun: what its code says so far. A code in it was made by another field."""

    text: str = ""
    is_made: bool = False
    is_over: bool = False


class Codes:
    """The fields of one part, which begin and end in each other."""

    def __init__(self) -> None:
        self._open: list[_Code] = []

    def mark(self, what: str) -> None:
        """A field begins, its code is over, or it ends."""
        if what == "begin":
            if self._open and not self._open[-1].is_over:
                self._open[-1].is_made = True
            self._open.append(_Code())
        elif what == "separate" and self._open:
            self._open[-1].is_over = True
        elif what == "end" and self._open:
            _check_whole(self._open.pop())

    def text(self, text: str) -> None:
        """A piece of a code."""
        if not self._open:
            check_code(text)
        elif not self._open[-1].is_over:
            self._open[-1].text = (self._open[-1].text + text)[:LONGEST_CODE]

    def close(self) -> None:
        """The part is over: fields that never end are checked as far as they go."""
        while self._open:
            _check_whole(self._open.pop())


def check(root: Element) -> None:
    """Raises `Refused` for what no part of a template may hold."""
    codes = Codes()
    for element in root.iter(*_WATCHED):
        if element.tag in _ELEMENTS:
            raise Refused(_ELEMENTS[element.tag])
        if element.tag == RELATIONSHIP:
            _check_relationship(element.attrib)
        elif element.tag in _CONTENT_TYPES:
            _check_content_type(element.get("ContentType", ""))
        elif element.tag == f"{W}fldSimple":
            check_code(element.get(f"{W}instr", ""))
        elif element.tag == f"{W}fldChar":
            codes.mark(element.get(f"{W}fldCharType", ""))
        else:
            codes.text("".join(element.itertext()))
    codes.close()


def _check_whole(code: _Code) -> None:
    if code.text.strip() or code.is_made:
        check_code(code.text)


def check_name(name: str) -> None:
    """Raises `Refused` where a file's name alone says that it may not be here."""
    lowered = "/" + name.lower()
    for part, reason in _NAMES.items():
        if part in lowered:
            raise Refused(reason)


def check_code(text: str) -> None:
    """Raises `Refused` for a field that does more than show what the document knows."""
    word = (text.split() or [""])[0].upper()
    if word not in _CODES and not word.startswith("="):
        raise Refused(UNKNOWN_CODE.format(code="".join(sign for sign in word if sign.isprintable())[:30]))


def _check_relationship(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
    if kind in _RELATIONSHIPS:
        raise Refused(_RELATIONSHIPS[kind])
    if attributes.get("TargetMode", "Internal") == "Internal":
        return
    if kind == "attachedTemplate":
        raise Refused(ATTACHED)
    target = attributes.get("Target", "").strip().lower()
    if kind != "hyperlink" or not target.startswith(("http://", "https://", "mailto:")):
        raise Refused(EXTERNAL)


def _check_content_type(content_type: str) -> None:
    lowered = content_type.lower()
    if lowered.endswith("wordprocessingml.template.main+xml"):
        raise Refused(TEMPLATE)
    for part, reason in _CONTENT.items():
        if part in lowered:
            raise Refused(reason)
