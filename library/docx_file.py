"""Writes a sheet as a document of Word, with real headings, lists, tables and fields. Pure.

Text is data: it becomes the text of elements, never XML.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn

from . import docx_styles as styles
from . import paper
from .docx_styles import Node, node
from .sheet import ClauseHeading, Element, Heading, Line, ListItems, PageBreak, Paragraph, Run, Sheet, Signatures, Table
from .signs import Signs

# Dots to write on: in a line, in a cell or under a signature, and where a whole point is to be filled in.
SHORT, SHORTEST, LONG = 14, 6, 34
ROOM = 480  # twentieths of a point: the height of a row in which somebody writes by hand
DEEPEST = 3  # styles of headings that are made up


def write(sheet: Sheet, *, signs: Signs | None = None) -> bytes:
    """The DOCX of a sheet. Raises what python-docx raises for a strip of signs that is no picture."""
    document = styles.empty(sheet.title, signs)
    end = document.element.body.sectPr
    end.addprevious(_paragraph("Title", _runs((Run(sheet.title),))))
    after_table = False
    for made in _all(document, sheet.elements):
        if after_table:
            end.addprevious(_gap())
        end.addprevious(made)
        after_table = made.tag == qn("w:tbl")
    if after_table:
        end.addprevious(_gap())
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _all(document: Document, elements: Sequence[Element]) -> Iterator[Node]:
    is_new_page = False
    for found, level, stays in zip(elements, paper.levels(elements), paper.stays(elements), strict=True):
        is_new_page = is_new_page or isinstance(found, PageBreak)
        for made in _element(document, found, level):
            if is_new_page:
                yield from _turned(made)
                is_new_page = False
            if stays:
                _keep(made)
            yield made


def _turned(made: Node) -> Iterator[Node]:
    """Lets a paragraph begin on a new page; before a table goes a paragraph that does."""
    if made.tag == qn("w:p"):
        made.find(qn("w:pPr")).insert(1, node("pageBreakBefore"))
    else:
        yield _paragraph(_style_id(styles.GAP), [], node("pageBreakBefore"))


def _element(document: Document, element: Element, level: int) -> Iterator[Node]:
    match element:
        case Heading(line=line) | ClauseHeading(line=line):
            number = paper.number_of(element)
            before = (Run(f"{number} " if line else number),) if number else ()
            yield _paragraph(f"Heading{min(level, DEEPEST)}", _runs((*before, *line)))
        case Paragraph(lines=lines) if paper.is_place(lines):
            yield from _writing_lines(lines)
        case Paragraph(lines=lines) if lines:
            yield _paragraph("Normal", _lines(lines))
        case ListItems(items=items) if items:
            yield from _list(document, element)
        case Table() if paper.rows_of(element):
            yield from _table(element)
        case Signatures(places=places) if places:
            yield _signatures(places)


def _list(document: Document, items: ListItems) -> Iterator[Node]:
    number = styles.numbered_list(document) if items.numbered else styles.DOTTED
    for item in items.items:
        listed = node("numPr", node("ilvl", val=0), node("numId", val=number))
        dots = LONG if paper.is_place((item,)) else SHORT
        yield _paragraph("ListNumber" if items.numbered else "ListBullet", _runs(item, dots=dots), listed)


def _writing_lines(lines: Sequence[Line]) -> Iterator[Node]:
    """Two lines to write on, and what belongs there."""
    style, hint = _style_id(styles.WRITING), _style_id(styles.HINT_LINE)
    place = next(run for line in lines for run in line if run.blank)
    for _ in range(2):
        yield _paragraph(style, [node("r", node("tab"))])
    yield _paragraph(hint, _runs((Run(f"({paper.hint(place.text)})"),)))


def _table(table: Table) -> Iterator[Node]:
    if table.caption:
        yield _paragraph("Caption", _runs(table.caption))
    across = paper.widths(table)
    twips = [styles.TEXT_WIDTH * width // 100 for width in across]
    made = node("tbl", _table_properties(table), node("tblGrid", *(node("gridCol", w=width) for width in twips)))
    if table.head:
        names = (*table.head, *("" for _ in range(len(across) - len(table.head))))
        cells = [
            _cell((((Run(name),)),), width, styles.TABLE_HEAD, is_head=True)
            for name, width in zip(names, twips, strict=True)
        ]
        made.append(node("tr", node("trPr", node("cantSplit"), node("tblHeader")), *cells))
    for row in paper.rows_of(table):
        made.append(_row(row, table.has_row_heads, twips, whole=paper.keeps_whole(row, across)))
    if paper.keeps_together(table):
        for paragraph in made.findall(".//" + qn("w:p"))[: -len(across)]:
            _keep(paragraph)
    yield made


def _row(row: paper.Row, has_head: bool, twips: Sequence[int], *, whole: bool) -> Node:
    properties = node("trPr", *([node("cantSplit")] if whole else []))
    if any(paper.is_place(cell) or not paper.has_text(cell) for cell in row):
        properties.append(node("trHeight", val=ROOM, hRule="atLeast"))
    cells = [
        _cell(cell, width, styles.TABLE_TEXT, bold=has_head and column == 0)
        for column, (cell, width) in enumerate(zip(row, twips, strict=True))
    ]
    return node("tr", properties, *cells)


def _cell(lines: Sequence[Line], width: int, style: str, *, bold: bool = False, is_head: bool = False) -> Node:
    properties = node("tcPr", node("tcW", w=width, type="dxa"))
    if is_head:
        properties.append(node("shd", val="clear", color="auto", fill=styles.GROUND))
        properties.append(node("vAlign", val="bottom"))
    # A cell that is only a place to fill in stays empty: its row and its column say what belongs there.
    shown = [] if paper.is_place(lines) else lines
    if bold:
        shown = [tuple(Run(run.text, True, run.blank) for run in line) for line in shown]
    return node("tc", properties, _paragraph(_style_id(style), _lines(shown, dots=SHORTEST)))


def _table_properties(table: Table) -> Node:
    sides = (
        ("top", "bottom", "insideH") if _is_pairs(table) else ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    edge = 0 if _is_pairs(table) else 113
    properties = node(
        "tblPr",
        node("tblW", w=sum(styles.TEXT_WIDTH * width // 100 for width in paper.widths(table)), type="dxa"),
        node("tblInd", w=0, type="dxa"),
        node("tblBorders", *(node(side, val="single", sz=4, space=0, color=styles.RULE) for side in sides)),
        node("tblLayout", type="fixed"),
        node("tblCellMar", node("left", w=edge, type="dxa"), node("right", w=113, type="dxa")),
        node("tblLook", val="04A0", firstRow=int(bool(table.head)), firstColumn=int(table.has_row_heads), noVBand=1),
    )
    caption = paper.printable("".join(run.text for run in table.caption))
    if caption:
        properties.append(node("tblCaption", val=caption))
    return properties


def _is_pairs(table: Table) -> bool:
    return table.has_row_heads and paper.columns_of(table) == 2


def _signatures(places: Sequence[Line]) -> Node:
    """Places side by side: a table that only lays out, without lines of its own."""
    rows = paper.side_by_side(places)
    width = styles.TEXT_WIDTH // len(rows[0])
    properties = node(
        "tblPr",
        node("tblW", w=width * len(rows[0]), type="dxa"),
        node("tblLayout", type="fixed"),
        node("tblCellMar", node("left", w=200, type="dxa"), node("right", w=200, type="dxa")),
        node("tblLook", val="0000", firstRow=0, firstColumn=0),
    )
    made = node("tbl", properties, node("tblGrid", *(node("gridCol", w=width) for _ in rows[0])))
    for number, row in enumerate(rows, 1):
        cells = [_place(place, width, is_last=number == len(rows)) for place in row]
        made.append(node("tr", node("trPr", node("cantSplit")), *cells))
    return made


def _place(place: Line, width: int, *, is_last: bool) -> Node:
    properties = node("tcPr", node("tcW", w=width, type="dxa"))
    if not place:
        return node("tc", properties, _paragraph(_style_id(styles.TABLE_TEXT), []))
    line = node("pBdr", node("top", val="dotted", sz=6, space=4, color=styles.QUIET))
    paragraph = _paragraph(_style_id(styles.SIGNATURE), _runs(place, dots=SHORTEST), line, node("jc", val="center"))
    if not is_last:
        _keep(paragraph)
    return node("tc", properties, paragraph)


def _gap() -> Node:
    """Between a table and what follows: two tables without it would be one."""
    return _paragraph(_style_id(styles.GAP), [])


def _paragraph(style: str, runs: Sequence[Node], *properties: Node) -> Node:
    return node("p", node("pPr", node("pStyle", val=style), *properties), *runs)


def _keep(paragraph: Node) -> None:
    paragraph.find(qn("w:pPr")).insert(1, node("keepNext"))


def _lines(lines: Sequence[Line], *, dots: int = SHORT) -> list[Node]:
    made: list[Node] = []
    for number, line in enumerate(lines):
        made += [node("r", node("br"))] if number else []
        made += _runs(line, dots=dots)
    return made


def _runs(line: Line, *, dots: int = SHORT) -> list[Node]:
    made: list[Node] = []
    for run in line:
        if run.blank:
            made.append(_run("…" * dots, bold=False))
            made.append(_run(f"\xa0({paper.hint(run.text)})", bold=False, style=styles.HINT))
        elif run.text:
            made.append(_run(run.text, bold=run.bold))
    return made


def _run(text: str, *, bold: bool, style: str = "") -> Node:
    """A stretch of text; its line breaks and tabs are elements in Word."""
    made = node("r")
    if style or bold:
        kinds = ([node("rStyle", val=_style_id(style))] if style else []) + ([node("b")] if bold else [])
        made.append(node("rPr", *kinds))
    made.text = paper.printable(text)
    return made


def _style_id(name: str) -> str:
    """The id that python-docx gives to a style of that name."""
    return name.replace(" ", "")
