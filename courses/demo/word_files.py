"""Word files with marks, as a lawyer would send them: made of the demo's own texts."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count

import docx
from docx.document import Document as WordFile
from docx.text.paragraph import Paragraph

from library import structure
from library.composing import PIECE
from library.structure import Document, Field, Part

ROW = "wiersz"


def marked_file(document: Document) -> bytes:
    """A template as a DOCX in the notation of docxtpl: `{{ pole }}`, `{%p if … %}`, `{%tr for … %}`."""
    file = docx.Document()
    file.core_properties.author = ""
    file.core_properties.title = document.title
    file.add_heading(document.title, level=0)
    _Writer(file, document).write(document.parts)
    output = BytesIO()
    file.save(output)
    return output.getvalue()


class _Writer:
    """Writes parts one after another; inside a loop the marks of columns are those of its row."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self.file = file
        self.document = document
        self.columns: Sequence[Field] = ()
        self.clauses = count(1)

    def write(self, parts: Sequence[Part]) -> None:
        for part in parts:
            self.write_part(part)

    def write_part(self, part: Part) -> None:
        match part:
            case structure.Heading(text=text, level=level):
                self.mark(self.file.add_heading(level=level), text)
            case structure.Clause(title=title, parts=parts):
                self.mark(self.file.add_heading(level=1), f"§\xa0{next(self.clauses)}. {title}")
                self.write(parts)
            case structure.Repeated(field=field, parts=parts):
                self.loop(field, parts)
            case structure.Conditional():
                self.condition(part)
            case structure.RowsTable():
                self.rows_table(part)
            case structure.PageBreak():
                self.file.add_page_break()
            case _:
                self.write_texts(part)

    def write_texts(self, part: Part) -> None:
        match part:
            case structure.Paragraph(text=text):
                self.paragraph(text)
            case structure.Points(items=items, numbered=numbered):
                for item in items:
                    self.paragraph(item, style="List Number" if numbered else "List Bullet")
            case structure.Pairs(caption=caption, rows=rows):
                self.table(caption, (), rows)
            case structure.Grid(caption=caption, head=head, rows=cells):
                self.table(caption, head, cells)
            case structure.Signatures(places=places, field=field):
                texts = [structure.Paragraph("…" * 24 + f"\n{place}") for place in places]
                self.loop(field, texts) if field else self.write(texts)

    def loop(self, name: str, parts: Sequence[Part]) -> None:
        field = self.document.field(name)
        self.file.add_paragraph(f"{{%p for {ROW} in {name} %}}")
        self.columns = field.columns if field else ()
        self.write(parts)
        self.columns = ()
        self.file.add_paragraph("{%p endfor %}")

    def condition(self, part: structure.Conditional) -> None:
        wanted = f' == "{part.value}"' if part.value else ""
        self.file.add_paragraph(f"{{%p if {self.name(part.field)}{wanted} %}}")
        self.write(part.parts)
        if part.otherwise:
            self.file.add_paragraph("{%p else %}")
            self.write(part.otherwise)
        self.file.add_paragraph("{%p endif %}")

    def rows_table(self, part: structure.RowsTable) -> None:
        field = self.document.field(part.field)
        columns = field.columns if field else ()
        head = [*(column.label for column in columns), *part.extra]
        self.caption(part.caption)
        table = self.file.add_table(rows=4, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        table.rows[1].cells[0].text = f"{{%tr for {ROW} in {part.field} %}}"
        for cell, column in zip(table.rows[2].cells, columns, strict=False):
            cell.text = f"{{{{ {ROW}.{column.name} }}}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
        self.file.add_paragraph()

    def table(self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.caption(caption)
        lines = [head, *rows] if head else list(rows)
        table = self.file.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
        for row, texts in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self.mark(cell.paragraphs[0], text)
        self.file.add_paragraph()

    def caption(self, text: str) -> None:
        if text:
            self.paragraph(text, style="Caption")

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        self.mark(self.file.add_paragraph(style=style), text)

    def mark(self, paragraph: Paragraph, text: str) -> None:
        """The text with its marks, each in one run, and its bold stretches."""
        for piece, bold in _pieces(text):
            found = PIECE.fullmatch(piece)
            name = found["mark"] if found else None
            paragraph.add_run(piece if name is None else f"{{{{ {self.name(name)} }}}}").bold = bold or None

    def name(self, mark: str) -> str:
        return f"{ROW}.{mark}" if any(column.name == mark for column in self.columns) else mark


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    bold, end = False, 0
    for found in PIECE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], bold
        if found["mark"] is None:
            bold = not bold
        else:
            yield found.group(), bold
        end = found.end()
    if end < len(text):
        yield text[end:], bold
