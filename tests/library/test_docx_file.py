"""Sheets as Word documents, read back."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from lxml import etree

from library import docx_file
from library.docx_styles import TEXT_WIDTH
from library.sheet import Heading, ListItems, PageBreak, Paragraph, Run, Sheet, Table
from tests.library import samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(sheet: Sheet, **options: object) -> Document:
    return docx.Document(BytesIO(docx_file.write(sheet, **options)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled() -> Document:
    return read(samples.filled_sheet(), signs=samples.signs())


@pytest.fixture(scope="module")
def blank() -> Document:
    return read(samples.blank_sheet())


def texts(document: Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == style]


def all_text(document: Document) -> str:
    return "\n".join(document.element.body.itertext(f"{W}t"))


def test_headings_are_headings(filled: Document) -> None:
    assert texts(filled, "Title") == [samples.AGREEMENT.title]
    assert texts(filled, "Heading 1") == [
        "§\xa01. Przedmiot i cel",
        "§\xa02. Czas i wkład",
        "§\xa03.",
        "Załącznik 1. Osoby w zespole",
    ]
    assert texts(filled, "Heading 2") == ["Osoby wyznaczone"]
    assert texts(filled, "Caption") == ["Strony porozumienia", "Okres obowiązywania", "Kto kiedy działa"]


def test_it_says_what_it_is_and_in_which_language(filled: Document) -> None:
    said = filled.core_properties
    assert (said.title, said.language, said.author) == (samples.AGREEMENT.title, "pl-PL", "Modele Kooperacji")
    (language,) = filled.styles.element.findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "pl-PL"


def test_word_opens_it_as_a_document_of_its_own_version(filled: Document) -> None:
    modes = [found.get(f"{W}val") for found in filled.settings.element.iter(f"{W}compatSetting")]
    assert modes[0] == "15"
    assert filled.settings.element.find(f"{W}themeFontLang").get(f"{W}val") == "pl-PL"


def test_no_colour_or_font_of_a_theme_wins_over_ours(filled: Document) -> None:
    for name in ("Title", "Heading 1", "Heading 2", "Caption", "Normal"):
        style = filled.styles[name].element
        assert style.find(f"{W}rPr/{W}rFonts").attrib == dict.fromkeys(
            (f"{W}ascii", f"{W}hAnsi", f"{W}cs", f"{W}eastAsia"), "Calibri"
        )
        assert f"{W}themeColor" not in style.find(f"{W}rPr/{W}color").attrib


def test_each_numbered_list_begins_with_one(filled: Document) -> None:
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in filled.paragraphs
        if paragraph.style and paragraph.style.name == "List Number"
    ]
    assert len(numbers) == 5
    assert numbers[0] == numbers[2] != numbers[3] == numbers[4]
    numbering = filled.part.numbering_part.element
    for number in set(numbers):
        (found,) = (num for num in numbering.num_lst if num.numId == number)
        assert found.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val") == "1"
    assert texts(filled, "List Bullet") == ["ustala plan pomocy,", "pilnuje terminów,", "ocenia wyniki."]


def test_heads_of_tables_repeat_and_rows_stay_whole(filled: Document) -> None:
    parties = filled.tables[0]
    assert [cell.text for cell in parties.rows[0].cells] == [
        *("Lp.", "Nazwa instytucji", "Adres", "Kto reprezentuje", "Podpis"),
    ]
    assert len(parties.rows) == 5
    rows = parties._tbl.tr_lst
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert parties._tbl.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "Strony porozumienia"


def test_pairs_have_heads_of_rows(filled: Document) -> None:
    pairs = filled.tables[1]
    assert pairs._tbl.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstColumn") == "1"
    assert [row.cells[1].text for row in pairs.rows] == ["1\xa0listopada 2026\xa0r.", "–", "1\xa0250,50\xa0zł"]
    assert all(run.bold for row in pairs.rows for run in row.cells[0].paragraphs[0].runs)


def test_places_to_sign_stand_side_by_side_under_dots(filled: Document) -> None:
    places = filled.tables[2]
    assert [[cell.text for cell in row.cells] for row in places.rows] == [
        [samples.PARTIES[0]["nazwa"], samples.PARTIES[1]["nazwa"]],
        [samples.PARTIES[2]["nazwa"], samples.PARTIES[3]["nazwa"]],
    ]
    line = places.rows[0].cells[0].paragraphs[0]._p.find(f"{W}pPr/{W}pBdr/{W}top")
    assert line.get(f"{W}val") == "dotted"
    assert places._tbl.find(f"{W}tblPr/{W}tblBorders") is None
    alone = filled.tables[-1]
    assert [cell.text for cell in alone.rows[0].cells] == ["", "Lider Zespołu"]


def test_pages_are_numbered_in_fields(filled: Document) -> None:
    section = filled.sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [field.get(f"{W}instr") for field in footer._element.iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]
        said = "".join(text.text for text in footer._element.iter(f"{W}t"))
        assert said.endswith("Strona\xa01\xa0z\xa01")
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_signs_stand_on_the_first_page_with_words(filled: Document) -> None:
    section = filled.sections[0]
    (picture,) = section.first_page_header._element.iter(qn("wp:docPr"))
    assert picture.get("descr") == samples.signs().alt
    (extent,) = section.first_page_header._element.iter(qn("wp:extent"))
    assert int(extent.get("cx")) <= TEXT_WIDTH * 635 + 635
    assert samples.signs().text in section.first_page_footer.paragraphs[0].text


def test_bold_and_line_breaks_stay(filled: Document) -> None:
    first = next(paragraph for paragraph in filled.paragraphs if paragraph.text.startswith("Porozumienie nr"))
    assert [(run.text, bool(run.bold)) for run in first.runs][:3] == [
        ("Porozumienie ", False),
        ("nr ", True),
        ("7/2026", True),
    ]
    assert "Pierwszy wiersz uwag.\nDrugi wiersz uwag." in [paragraph.text for paragraph in filled.paragraphs]
    assert samples.PARTIES[0]["osoba"] in all_text(filled)


def test_blanks_are_dots_with_what_belongs_there(blank: Document) -> None:
    first = next(paragraph for paragraph in blank.paragraphs if paragraph.text.startswith("Porozumienie nr"))
    assert "…………\xa0(numer porozumienia) zawarte dnia …" in first.text
    assert len(texts(blank, "Linia do pisania")) == 2
    assert texts(blank, "Opis linii") == ["(uwagi i\xa0zastrzeżenia)".replace("\xa0", " ")]
    rows = blank.tables[0]._tbl.tr_lst[1:]
    assert all(int(row.find(f"{W}trPr/{W}trHeight").get(f"{W}val")) >= 450 for row in rows)


def test_hostile_text_is_data_and_forbidden_characters_vanish() -> None:
    document = read(samples.hostile_sheet())
    assert texts(document, "Title") == [samples.HOSTILE]
    assert all_text(document).count(samples.HOSTILE) > 5
    assert "Ż" * 400 in all_text(document)
    assert "ab" in all_text(document)


def test_an_empty_table_says_so_and_tables_never_melt_into_one() -> None:
    line = (Run("A"),)
    document = read(Sheet("T", (Table((), ("A", "B"), ()), Table((), ("C",), (((line,),),)), Table(line, (), ()))))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["A", "B"], ["–", "–"]]
    tags = [child.tag.removeprefix(W) for child in document.element.body]
    assert tags == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_what_follows_a_page_break_begins_a_page(filled: Document) -> None:
    turned = [
        paragraph.text for paragraph in filled.paragraphs if paragraph._p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert turned == ["Załącznik 1. Osoby w zespole"]
    table = Table((), ("A",), ())
    document = read(Sheet("T", (PageBreak(), PageBreak(), table, PageBreak())))
    assert len(list(document.element.body.iter(f"{W}pageBreakBefore"))) == 1
    assert [child.tag.removeprefix(W) for child in document.element.body] == ["p", "p", "tbl", "p", "sectPr"]


def test_long_rows_may_continue_on_the_next_page() -> None:
    short, long = (((Run("krótki"),),),), (((Run("długi " * 2000),),),)
    (table,) = read(Sheet("T", (Table((), ("A",), (short, long)),))).tables
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table._tbl.tr_lst] == [True, True, False]


def test_columns_fill_the_text() -> None:
    for found in (*read(samples.large_sheet()).tables, *read(samples.hostile_sheet()).tables):
        width = sum(int(column.get(f"{W}w")) for column in found._tbl.tblGrid)
        assert TEXT_WIDTH - 20 < width <= TEXT_WIDTH


def test_parts_are_in_the_order_of_the_schema() -> None:
    """What Word repairs or refuses: wrong order inside properties."""
    for part in parts(docx_file.write(samples.blank_sheet(), signs=samples.signs())):
        for properties in part.iter(f"{W}pPr"):
            in_order(
                properties, "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr tabs spacing ind jc"
            )
        for properties in part.iter(f"{W}tblPr"):
            in_order(properties, "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption")
        for properties in part.iter(f"{W}rPr"):
            in_order(properties, "rStyle rFonts b bCs i iCs color spacing sz szCs lang")


def parts(content: bytes) -> list[etree._Element]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]


def in_order(properties: etree._Element, order: str) -> None:
    names = order.split()
    found = [names.index(name) for child in properties if (name := child.tag.removeprefix(W)) in names]
    assert found == sorted(found), etree.tostring(properties)


def test_a_heading_of_level_two_alone_is_a_heading_one() -> None:
    document = read(Sheet("T", (Heading((Run("A"),), 2), ListItems(((Run("a"),),), False), Paragraph(((Run("b"),),)))))
    assert texts(document, "Heading 1") == ["A"]


def test_tables_are_made_for_people_who_do_not_see_them(filled: Document) -> None:
    real: list[WordTable] = [table for table in filled.tables if table._tbl.find(f"{W}tblPr/{W}tblBorders") is not None]
    assert all(table._tbl.find(f"{W}tblPr/{W}tblCaption") is not None for table in real)
