"""Files of versions: what is taken, what is kept, and what a newer marked file does to the fields."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from library import plain_files, proposals, stored
from library.models import StoredFile
from library.plain_files import Unfit
from library.structure import Field, FieldKind
from tests import make

ALLOWED = ("csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip")


def package(*names: str, mimetype: str = "") -> bytes:
    """A zip with empty parts of these names."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "")
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Ulotka.PDF", b"%PDF-1.7"),
        ("umowa.docx", package("word/document.xml")),
        ("slajdy.pptx", package("ppt/presentation.xml")),
        ("tabela.xlsx", package("xl/workbook.xml")),
        ("umowa.odt", package(mimetype="application/vnd.oasis.opendocument.text")),
        ("pakiet.zip", package("a.pdf")),
        ("notatka.txt", "Zażółć gęślą jaźń".encode("cp1250")),
        ("dane.csv", b"a;b\n1;2\n"),
    ],
)
def test_files_are_what_they_are_called(name: str, content: bytes) -> None:
    plain_files.check(content, name, ALLOWED)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("wirus.exe", b"MZ", "Takiego pliku nie przyjmujemy"),
        ("bez_nazwy", b"%PDF", "Takiego pliku nie przyjmujemy"),
        ("pusty.pdf", b"", "pusty"),
        ("ulotka.pdf", b"<html>", "nie jest plikiem PDF"),
        ("umowa.docx", package("xl/workbook.xml"), "nie jest plikiem DOCX"),
        ("umowa.odt", package("content.xml"), "nie jest plikiem ODT"),
        ("umowa.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zabezpieczony hasłem albo w\xa0starym formacie"),
        pytest.param("umowa.docx", package("word/document.xml")[:40], "uszkodzony", id="half a file"),
        ("notatka.txt", b"a\x00b", "nie jest plik tekstowy"),
        ("film.zip", bytes(plain_files.LARGEST + 1), "za duży"),
    ],
)
def test_other_files_are_refused_with_a_reason(name: str, content: bytes, text: str) -> None:
    with pytest.raises(Unfit, match=text):
        plain_files.check(content, name, ALLOWED)


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(package("a.pdf"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 0x1
    with pytest.raises(Unfit, match="zaszyfrowany"):
        plain_files.check(bytes(content), "a.zip", ALLOWED)


def test_text_is_read_for_the_search() -> None:
    assert plain_files.text_of("Zażółć".encode("cp1250"), "a.txt") == "Zażółć"
    assert plain_files.text_of("\ufeffZażółć".encode(), "a.csv") == "Zażółć"
    assert plain_files.text_of(b"%PDF-1.7", "a.pdf") == ""
    assert plain_files.text_of(b"PK\x03\x04", "a.docx") == ""


@pytest.mark.django_db
def test_a_file_lies_under_its_key() -> None:
    person = make.user()
    found = stored.store(b"%PDF-1.7", name="C:\\moje\\Zgoda rodzica.PDF", user=person)
    assert (found.name, found.extension, found.size) == ("Zgoda rodzica.pdf", "pdf", 8)
    assert found.file.name == f"documents/{found.key}.pdf"
    assert found.created_by == person
    assert stored.content_of(found) == b"%PDF-1.7"


@pytest.mark.django_db
def test_the_same_file_is_kept_once() -> None:
    first = stored.store(b"%PDF-1.7", name="a.pdf")
    assert stored.kept(b"%PDF-1.7", name="b.pdf", user=None, before=first) == first
    assert stored.kept(b"%PDF-1.4", name="a.pdf", user=None, before=first) != first
    assert stored.kept(b"%PDF-1.7", name="a.pdf", user=None, before=None) != first
    assert StoredFile.objects.count() == 3


def field(name: str, **given: Any) -> Field:
    return Field(**{"name": name, "label": name.capitalize(), **given})


def rows(name: str, *columns: Field, **given: Any) -> Field:
    return field(name, kind=FieldKind.ROWS, columns=columns, **given)


def test_what_the_editor_made_of_fields_stays() -> None:
    kept = (field("b", label="Beta", help="Ważne", kind=FieldKind.DATE), field("a"))
    found = proposals.merged(kept, (field("a"), field("b"), field("c")))
    assert found.fields == (*kept, field("c"))
    assert (found.added, found.vanished) == (("C",), ())


def test_columns_are_merged_too() -> None:
    kept = (rows("osoby", field("wiek"), field("imie", label="Imię"), label="Osoby"),)
    found = proposals.merged(kept, (rows("osoby", field("imie"), field("rola")),))
    assert [column.label for column in found.fields[0].columns] == ["Imię", "Rola"]
    assert (found.added, found.vanished) == (("Osoby → Rola",), ("Osoby → Wiek",))


def test_a_value_that_became_a_list_is_new() -> None:
    found = proposals.merged((field("osoby"),), (rows("osoby", field("imie")),))
    assert found.fields[0].kind is FieldKind.ROWS
    assert (found.added, found.vanished) == (("Osoby",), ("Osoby",))


def test_nothing_new_is_nothing_told() -> None:
    assert proposals.merged((field("a"),), (field("a"),)) == proposals.Merged((field("a"),))
