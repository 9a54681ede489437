"""The XML in a Word file, read with distrust. The only module that knows lxml, which has no types."""

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from .faults import DAMAGED, Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict documents say purl.oclc.org here; nothing that fills documents in reads those.
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NO_CONTENT = "W\xa0pliku nie ma treści dokumentu programu Word. Wybierz dokument .docx."
DOCTYPE = "Plik zawiera deklarację DOCTYPE, której dokumenty programu Word nie mają. Nie przyjmujemy takich plików."

Element = Any


def parse(data: bytes) -> Element:
    """The root of the XML. Raises `Refused` where it is none, or declares anything of its own."""
    # Before the parser sees it: a declaration could already cost memory. Without the zeros of UTF-16.
    if b"<!DOCTYPE" in (data.replace(b"\0", b"") if b"\0" in data else data):
        raise Refused(DOCTYPE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(DAMAGED) from error
    # In whatever other encoding it came.
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(DOCTYPE)
    return root


def main_part(files: Mapping[str, bytes]) -> str:
    """The name of the file with the document's text. Raises `Refused` where there is none."""
    found = related(files, "", "officeDocument")
    if not found or found[0] not in files:
        raise Refused(NO_CONTENT)
    return found[0]


def related(files: Mapping[str, bytes], part: str, kind: str) -> list[str]:
    """The names of the files of that kind to which a part points; for the part "" those of the whole package."""
    folder, name = posixpath.split(part)
    links = files.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if links is None:
        return []
    return [
        posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        for link in parse(links).iter(RELATIONSHIP)
        if link.get("Type") == TRANSITIONAL + kind and link.get("TargetMode") != "External"
    ]
