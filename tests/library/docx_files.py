"""Word files for tests: good ones with marks, and ones that mean harm. Text of the ones that come back."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT = "word/document.xml"
LINKS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def marked(*paragraphs: str, table: Sequence[Sequence[str]] = (), header: str = "", footer: str = "") -> bytes:
    """A file with these paragraphs, then a table with these cells."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        _fill_table(document.add_table(len(table), len(table[0])), table)
    section = document.sections[0]
    if header:
        section.header.paragraphs[0].text = header
    if footer:
        section.footer.paragraphs[0].text = footer
    return written(document)


def agreement() -> bytes:
    """A small agreement with all that marks can do, by an author whose name is in its properties."""
    document = Document()
    properties = document.core_properties
    properties.author, properties.last_modified_by = "Jan Autor", "Ewa Redaktorka"
    properties.title, properties.comments = "Porozumienie", "Uwaga o rodzinie K."
    document.sections[0].header.paragraphs[0].text = "Porozumienie nr {{ numer }}"
    document.sections[0].footer.paragraphs[0].text = "Sporządzono w\xa0{{ miejsce }}"
    document.add_heading("Porozumienie nr {{ numer }}", 1)
    split = document.add_paragraph("Zawarte dnia {{ data_zaw")
    split.add_run("arcia ").bold = True
    split.add_run("}} r. w\xa0{{ miejsce }}.")
    for text in ("{%p if poufne %}", "Dane są poufne.", "{%p else %}", "Dane są jawne.", "{%p endif %}"):
        document.add_paragraph(text)
    document.add_paragraph("Wkład wynosi {{ kwota_wkladu }} zł, osób: {{ liczba_osob }}.")
    document.add_paragraph("Spotkania: {% if forma == „zdalna” %}zdalnie{% else %}na miejscu{% endif %}.")
    document.add_paragraph("{{ opis_sytuacji }}")
    cells = (
        ("Lp.", "Imię i\xa0nazwisko", "Funkcja"),
        ("{%tr for osoba in czlonkowie %}", "", ""),
        ("{{ loop.index }}.", "{{ osoba.imie_i_nazwisko }}", "{{ osoba.funkcja }}"),
        ("{%tr endfor %}", "", ""),
    )
    _fill_table(document.add_table(4, 3), cells)
    return written(document)


VALUES = {
    "numer": "1/2026",
    "data_zawarcia": date(2026, 10, 7),
    "miejsce": "Łódź",
    "poufne": True,
    "kwota_wkladu": Decimal("1250.50"),
    "liczba_osob": Decimal(12),
    "forma": "zdalna",
    "opis_sytuacji": "Pierwsza linia\nDruga linia",
    "czlonkowie": (
        {"imie_i_nazwisko": "Anna Żółć", "funkcja": "przewodnicząca"},
        {"imie_i_nazwisko": "Jan Kowalski", "funkcja": ""},
    ),
}


def with_text_box(text: str) -> bytes:
    """A paragraph with a text box, once for new programs and once more for old ones, as Word writes it."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    document = Document()
    document.element.body.insert(0, box)
    return written(document)


def with_xml(xml: str, *, text: str = "{{ pole }}") -> bytes:
    """A file with one mark and this element of Word at the end of its paragraph; `w:` and `r:` are declared."""
    document = Document()
    paragraph = document.add_paragraph(text)
    for element in parse_xml(f"<w:p {nsdecls('w', 'r')} xmlns:o='urn:schemas-microsoft-com:office:office'>{xml}</w:p>"):
        paragraph._p.append(element)
    return written(document)


def with_field(*codes: str) -> bytes:
    """A file with a field whose code comes in these pieces."""
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return with_xml(begin + pieces + end)


def with_link(kind: str, target: str, *, external: bool = True, part: str = LINKS) -> bytes:
    """A file with one more relationship."""
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId999" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{mode}/>'
    data = marked("{{ pole }}")
    if part not in names_of(data):
        xml = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
        return with_files(data, {part: xml.encode()})
    return replaced(data, part, "</Relationships>", f"{link}</Relationships>")


def with_files(data: bytes, files: dict[str, bytes]) -> bytes:
    """The same zip file with these files added or put in the place of those of the same name."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in files:
                new.writestr(name, old.read(name))
        for name, content in files.items():
            new.writestr(name, content)
    return changed.getvalue()


def without(data: bytes, name: str) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for other in old.namelist():
            if other != name:
                new.writestr(other, old.read(other))
    return changed.getvalue()


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    """The same file with a text replaced in one of its parts, in which it must be."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read(name).decode()
    assert old in content
    return with_files(data, {name: content.replace(old, new, 1).encode()})


def names_of(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def all_bytes(data: bytes) -> bytes:
    """Everything in the file, unpacked, to search."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def text_of(data: bytes) -> list[str]:
    """Header, paragraphs, rows of tables with „ | ”, footer."""
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return [*_texts(section.header), *_texts(document), *rows, *_texts(section.footer)]


def encrypted() -> bytes:
    """What Word writes with a password: an OLE2 file with the real one inside."""
    return OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def old_format() -> bytes:
    return OLE2 + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)


def zeros(megabytes: int) -> bytes:
    """A file with a part that unpacks to that many megabytes of nothing."""
    return with_files(marked("{{ pole }}"), {"word/media/image1.png": bytes(megabytes * 1024 * 1024)})


def lying_about_size() -> bytes:
    """A bomb whose headers say that it is small."""
    data = bytearray(zeros(60))
    real = (60 * 1024 * 1024).to_bytes(4, "little")
    assert real in data
    return bytes(data.replace(real, (1000).to_bytes(4, "little")))


def with_names(names: Iterable[str]) -> bytes:
    """A good file with more entries, of which some may have the same name."""
    file = io.BytesIO(marked("{{ pole }}"))
    with zipfile.ZipFile(file, "a") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")
    return file.getvalue()


def _fill_table(table: Any, cells: Sequence[Sequence[str]]) -> None:
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _texts(holder: Any) -> list[str]:
    return [paragraph.text for paragraph in holder.paragraphs if paragraph.text]
