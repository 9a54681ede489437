"""The empty Word document in which a sheet is written: page, styles, lists, head and foot. Pure."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.section import _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from .paper import printable
from .signs import Signs

Node = Any  # an element of lxml
_WORD = {"w": nsmap["w"]}
_W = f"{{{nsmap['w']}}}"

LANGUAGE, AUTHOR = "pl-PL", "Modele Kooperacji"
FONT = "Calibri"  # Carlito where it is missing: the same widths
INK, NAVY, ACCENT, QUIET, RULE, GROUND = "16202E", "0B2545", "1D4E89", "4A5565", "8A97A8", "EEF2F7"
MARGIN = Mm(25)
TEXT_WIDTH = 9071  # twentieths of a point: 160 mm
LOGO_HEIGHT = Mm(17)
LONGEST_FOOT = 90  # characters of the title

TABLE_TEXT, TABLE_HEAD, SIGNATURE = "Tekst tabeli", "Nagłówek tabeli", "Miejsce na podpis"
WRITING, HINT_LINE, GAP, HINT = "Linia do pisania", "Opis linii", "Odstęp", "Opis miejsca"
NUMBERS, DOTS = 90, 91  # our definitions of lists
DOTTED = 900  # the one list with dots; the numbered ones have ids above it

# Points: size, before, after; bold; kept with what follows.
_STYLES = {
    "Normal": (11, 0, 6, False, False),
    "Title": (21, 0, 14, True, False),
    "Heading 1": (13, 16, 6, True, True),
    "Heading 2": (11.5, 12, 5, True, True),
    "Heading 3": (11, 10, 4, True, True),
    "Caption": (10, 10, 5, True, True),
    "List Number": (11, 0, 4, False, False),
    "List Bullet": (11, 0, 4, False, False),
    "Header": (9, 0, 0, False, False),
    "Footer": (8.5, 0, 0, False, False),
    TABLE_TEXT: (10, 2, 2, False, False),
    TABLE_HEAD: (10, 2, 2, True, True),
    SIGNATURE: (9.5, 44, 4, False, False),
    WRITING: (11, 14, 0, False, True),
    HINT_LINE: (9, 2, 8, False, False),
    GAP: (6, 0, 0, False, False),
}
_NAVY = {"Title", "Heading 1", "Heading 2", "Heading 3", TABLE_HEAD}
_QUIET = {"Footer", HINT_LINE}


def node(tag: str, *children: Node, **attributes: object) -> Node:
    """An element of Word's XML: `node("shd", val="clear")` is `<w:shd w:val="clear"/>`."""
    made = oxml_parser.makeelement(f"{_W}{tag}", nsmap=_WORD)
    for name, value in attributes.items():
        made.set(f"{_W}{name}", str(value))
    made.extend(children)
    return made


def empty(title: str, signs: Signs | None) -> Document:
    """A document of A4 with our styles, in Polish, with head and foot, and nothing in between."""
    document = docx.Document(BytesIO(_base()))
    document.core_properties.title = printable(title)[:255]
    _heads_and_feet(document, title, signs)
    return document


@cache
def _base() -> bytes:
    """What all documents share, kept as a file: setting up the styles takes longer than reading them."""
    document = docx.Document()
    _describe(document)
    _tidy(document)
    _page(document)
    for name in _STYLES:
        _style(document, name)
    _hint_style(document)
    _lists(document)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def numbered_list(document: Document) -> int:
    """The id of a new list that starts at 1."""
    numbering: Node = document.part.numbering_part.element
    number = DOTTED + len(numbering)
    first = node("lvlOverride", node("startOverride", val=1), ilvl=0)
    numbering.append(node("num", node("abstractNumId", val=NUMBERS), first, numId=number))
    return number


def _describe(document: Document) -> None:
    said = document.core_properties
    said.author, said.language = AUTHOR, LANGUAGE
    said.last_modified_by, said.comments, said.keywords = AUTHOR, "", ""
    for moment in ("dcterms:created", "dcterms:modified"):
        for found in said._element.findall(qn(moment)):
            said._element.remove(found)
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]
    settings: Node = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")  # else Word opens it as a document of an old version


def _tidy(document: Document) -> None:
    """Leaves out what python-docx brings and nothing here uses: looks of tables, and lists that styles point at."""
    root: Node = document.styles.element
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            root.remove(style)
        for listed in style.findall(f"{qn('w:pPr')}/{qn('w:numPr')}"):
            listed.getparent().remove(listed)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(11)
    section.different_first_page_header_footer = True


def _heads_and_feet(document: Document, title: str, signs: Signs | None) -> None:
    section = document.sections[0]
    if signs is not None:
        _logo(section.first_page_header.paragraphs[0], signs)
    _foot(section.first_page_footer, "", signs.text if signs is not None else "")
    short = printable(title) if len(title) <= LONGEST_FOOT else f"{printable(title)[:LONGEST_FOOT]}…"
    _foot(section.footer, short, "")


def _logo(paragraph: Any, signs: Signs) -> None:
    picture = paragraph.add_run().add_picture(BytesIO(signs.image), height=LOGO_HEIGHT)
    if picture.width > Mm(160):
        picture.height, picture.width = int(picture.height * Mm(160) / picture.width), Mm(160)
    described = picture._inline.docPr
    described.set("name", "Znaki")
    described.set("descr", printable(signs.alt))
    paragraph.paragraph_format.space_after = Pt(14)


def _foot(footer: _Footer, left: str, above: str) -> None:
    """The words about funding over a line of their own, then the title on the left and „Strona X z Y” on the right."""
    paragraph = footer.paragraphs[0]
    if above:
        paragraph.text = printable(above)
        paragraph._p.get_or_add_pPr().append(node("pBdr", node("top", val="single", sz=4, space=6, color=RULE)))
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(10), Pt(8)
        paragraph = footer.add_paragraph(style="Footer")
    paragraph.add_run(f"{left}\tStrona\xa0")
    paragraph._p.append(_field("PAGE"))
    paragraph.add_run("\xa0z\xa0")
    paragraph._p.append(_field("NUMPAGES"))


def _field(name: str) -> Node:
    text = node("t")
    text.text = "1"
    return node("fldSimple", node("r", text), instr=name)


def _style(document: Document, name: str) -> None:
    size, before, after, bold, kept = _STYLES[name]
    style = _found_or_made(document, name)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    colour = NAVY if name in _NAVY else QUIET if name in _QUIET else INK
    style.font.color.rgb = RGBColor.from_string(colour)
    _face(style)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), kept
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.1
    form.widow_control = True
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn("w:contextualSpacing")) + properties.findall(qn("w:pBdr")):
        properties.remove(found)
    if name == "Title":
        _first(properties, node("pBdr", node("bottom", val="single", sz=12, space=6, color=ACCENT)))
    if name in {WRITING, "Footer"}:
        for old in properties.findall(qn("w:tabs")):
            properties.remove(old)
        leader = "dot" if name == WRITING else "none"
        _first(properties, node("tabs", node("tab", val="right", leader=leader, pos=TEXT_WIDTH)))


def _first(properties: Node, made: Node) -> None:
    """Puts borders or tabs where the schema wants them: before spacing, after what keeps lines together."""
    at = properties.find(qn("w:spacing"))
    at.addprevious(made)


def _found_or_made(document: Document, name: str) -> ParagraphStyle:
    try:
        found: ParagraphStyle = document.styles[name]
    except KeyError:
        style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        return style
    return found


def _face(style: CharacterStyle) -> None:
    """Our font in every script; the themes' own fonts would win over it."""
    properties = style.element.get_or_add_rPr()
    for found in properties.findall(qn("w:rFonts")):
        properties.remove(found)
    properties.insert(0, node("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))


def _hint_style(document: Document) -> None:
    style: CharacterStyle = document.styles.add_style(HINT, WD_STYLE_TYPE.CHARACTER)
    style.font.size, style.font.bold = Pt(9), False
    style.font.color.rgb = RGBColor.from_string(QUIET)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for found in defaults.findall(qn("w:lang")):
        defaults.remove(found)
    defaults.append(node("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))


def _lists(document: Document) -> None:
    """Definitions come before lists: the schema wants it."""
    numbering: Node = document.part.numbering_part.element
    for found in list(numbering):  # those of python-docx, which nothing uses
        numbering.remove(found)
    numbering.append(node("num", node("abstractNumId", val=DOTS), numId=DOTTED))
    numbering.insert(0, _definition(DOTS, "bullet", "•"))
    numbering.insert(0, _definition(NUMBERS, "decimal", "%1."))


def _definition(number: int, form: str, text: str) -> Node:
    level = node(
        "lvl",
        node("start", val=1),
        node("numFmt", val=form),
        node("lvlText", val=text),
        node("lvlJc", val="left"),
        node("pPr", node("ind", left=425, hanging=425)),
        ilvl=0,
    )
    return node("abstractNum", node("multiLevelType", val="singleLevel"), level, abstractNumId=number)
