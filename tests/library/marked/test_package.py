"""Which files may be templates at all."""

import pytest

from library.marked import package
from library.marked.faults import Refused
from tests.library import docx_files as docx

DTD = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
GOOD = docx.marked("{{ pole }}")


def with_prolog(prolog: str, part: str = docx.DOCUMENT) -> bytes:
    """The file with something in front of the root element of a part."""
    return docx.replaced(GOOD, part, "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", prolog)


REFUSED = {
    "empty": (b"", "pusty"),
    "pdf": (b"%PDF-1.7", "To plik PDF"),
    "rtf": (b"{\\rtf1 }", "To plik RTF"),
    "html": (b"<HTML><body>", "strona internetowa"),
    "text": (b"Umowa", "nie jest dokument"),
    "old format": (docx.old_format(), "starym formacie .doc"),
    "password": (docx.encrypted(), "zabezpieczony hasłem"),
    "cut off": (GOOD[:-2000], "uszkodzony"),
    "damaged": (GOOD[:300] + b"x" * 60 + GOOD[360:], "uszkodzony"),
    "too large": (b"PK\x03\x04" + bytes(package.LARGEST_FILE), "najwyżej 20\xa0MB"),
    "many zeros": (docx.zeros(2), "podejrzanie duży"),
    "headers that lie": (docx.lying_about_size(), "uszkodzony|podejrzanie duży"),
    "many entries": (docx.with_names(f"word/{number}.xml" for number in range(2001)), "ponad 2000 części"),
    "name that climbs": (docx.with_names(["../document.xml"]), "niedozwolonych"),
    "absolute name": (docx.with_names(["/etc/passwd"]), "niedozwolonych"),
    "name of Windows": (docx.with_names(["C:\\plik.xml"]), "niedozwolonych"),
    "same name in capitals": (docx.with_names(["WORD/document.xml"]), "powtórzonych"),
    "a zip file": (docx.without(GOOD, docx.TYPES), "nie jest dokument"),
    "open document": (
        docx.with_files(GOOD, {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "OpenDocument",
    ),
    "spreadsheet": (docx.with_files(docx.without(GOOD, docx.DOCUMENT), {"xl/workbook.xml": b"<x/>"}), "arkusz"),
    "slides": (docx.with_files(docx.without(GOOD, docx.DOCUMENT), {"ppt/presentation.xml": b"<x/>"}), "prezentacja"),
    "no document": (docx.without(GOOD, docx.DOCUMENT), "nie ma treści"),
    "strict": (
        docx.replaced(
            GOOD,
            "_rels/.rels",
            f"{docx.RELATIONSHIPS}/officeDocument",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        ),
        "Strict",
    ),
    "no XML": (docx.with_files(GOOD, {docx.DOCUMENT: b"<w:document"}), "uszkodzony"),
    "another root": (docx.with_files(GOOD, {docx.DOCUMENT: b"<x/>"}), "uszkodzony"),
    "macros": (docx.with_files(GOOD, {"word/vbaProject.bin": b"x"}), "makra"),
    "macros by type": (
        docx.replaced(
            GOOD,
            docx.TYPES,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "makra",
    ),
    "macros by link": (docx.with_link("vbaProject", "x.bin", external=False), "makra"),
    "dotx": (docx.replaced(GOOD, docx.TYPES, "document.main+xml", "template.main+xml"), "szablon programu Word"),
    "embedded file": (docx.with_files(GOOD, {"word/embeddings/Arkusz.xlsx": b"x"}), "osadzony obiekt"),
    "embedded by link": (docx.with_link("oleObject", "media/image1.emf", external=False), "osadzony obiekt"),
    "OLE object": (docx.with_xml('<w:r><w:object><o:OLEObject Type="Link"/></w:object></w:r>'), "osadzony obiekt"),
    "ActiveX": (docx.with_files(GOOD, {"word/activeX/activeX1.xml": b"<x/>"}), "osadzony obiekt"),
    "control": (docx.with_xml('<w:r><w:control r:id="rId1"/></w:r>'), "osadzony obiekt"),
    "picture elsewhere": (docx.with_link("image", "https://example.org/a.png"), "spoza siebie"),
    "link to a file": (docx.with_link("hyperlink", "file:///etc/passwd"), "spoza siebie"),
    "link to a share": (docx.with_link("hyperlink", "\\\\serwer\\plik"), "spoza siebie"),
    "script in a link": (docx.with_link("hyperlink", "javascript:alert(1)"), "spoza siebie"),
    "template elsewhere": (
        docx.with_link("attachedTemplate", "https://example.org/x.dotm", part="word/_rels/settings.xml.rels"),
        "powiązany z\xa0szablonem",
    ),
    "frame": (docx.with_link("frame", "https://example.org", part="word/_rels/webSettings.xml.rels"), "innego pliku"),
    "altChunk": (docx.with_xml('<w:altChunk r:id="rId1"/>'), "innego pliku"),
    "altChunk by link": (docx.with_link("aFChunk", "x.html", external=False), "innego pliku"),
    "sub-document": (docx.with_xml('<w:subDoc r:id="rId1"/>'), "innego pliku"),
    "DDE": (docx.with_field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "DDEAUTO"),
    "DDE in pieces": (docx.with_field(" D", "DE", "AUTO x"), "DDEAUTO"),
    "DDE in a simple field": (docx.with_xml('<w:fldSimple w:instr="DDE a b"/>'), "DDE"),
    "INCLUDETEXT": (docx.with_field("INCLUDETEXT c:\\plik.docx"), "INCLUDETEXT"),
    "INCLUDEPICTURE": (docx.with_field(' includepicture "https://example.org/a.png"'), "INCLUDEPICTURE"),
    "QUOTE": (docx.with_field("QUOTE 68 68 69"), "QUOTE"),
    "code without a field": (docx.with_xml("<w:r><w:instrText>DDE x</w:instrText></w:r>"), "DDE"),
    "code that never ends": (
        docx.with_xml('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText></w:r>'),
        "DDE",
    ),
    "XXE": (with_prolog(DTD), "DOCTYPE"),
    "XXE in properties": (with_prolog(DTD, "docProps/core.xml"), "DOCTYPE"),
    "billion laughs": (with_prolog(f"<!DOCTYPE w [{LAUGHS}]>"), "DOCTYPE"),
    "XXE under another name": (
        docx.with_files(GOOD, {"word/media/image1.png": f"{DTD}<x>&x;</x>".encode()}),
        "DOCTYPE",
    ),
    "XXE in UTF-16": (
        docx.with_files(GOOD, {"word/styles.xml": f"{DTD}<x>&x;</x>".encode("utf-16")}),
        "DOCTYPE",
    ),
    "too many elements": (
        docx.with_files(
            GOOD, {"customXml/item1.xml": b"<x>%b</x>" % b"".join(b'<y a="%d"/>' % n for n in range(410_000))}
        ),
        "jest za duża",
    ),
    "deep": (docx.with_files(GOOD, {"customXml/item1.xml": b"<x>" * 5000 + b"</x>" * 5000}), "uszkodzony"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        package.check(data)


ACCEPTED = {
    "plain": GOOD,
    "all that marks can do": docx.agreement(),
    "link to a page": docx.with_link("hyperlink", "https://example.org"),
    "link to an address": docx.with_link("hyperlink", "mailto:ops@example.org"),
    "number of the page": docx.with_field(" PAGE  \\* MERGEFORMAT "),
    "table of contents": docx.with_field(' TOC \\o "1-3" '),
    "an own template that is inside": docx.with_link("attachedTemplate", "Normal.dotm", external=False),
    "text box": docx.with_text_box("{{ pole }}"),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_lawyers_write_is_accepted(data: bytes) -> None:
    package.check(data)


def test_a_code_made_by_another_field_is_refused() -> None:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    data = docx.with_xml(f"{begin}{begin}<w:r><w:instrText>REF zakladka</w:instrText></w:r>{end}{end}")
    with pytest.raises(Refused, match="pole programu Word"):
        package.check(data)


def test_many_parts_together_may_not_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 20_000)
    with pytest.raises(Refused, match="podejrzanie duży"):
        package.check(GOOD)


def test_two_entries_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = docx.with_names([docx.DOCUMENT])
    with pytest.raises(Refused, match="powtórzonych"):
        package.check(data)
