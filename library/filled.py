"""What comes out of a form that was filled in: a file, made in memory and kept nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from library import composing, docx_file, office, outputs, pdf, stored
from library.marked import sandbox
from library.models import DocumentPage, Form, VersionPage
from library.sheet import Sheet
from library.structure import Document, Field, FieldKind, Heading, Pairs, Part, RowsTable
from library.values import Values


class NotMade(ValueError):
    """A Word file that could not be filled in; the text says why in Polish."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A version with its fields, and the values that somebody typed."""

    page: DocumentPage
    version: VersionPage
    document: Document
    values: Values

    def made(self, form: Form) -> bytes:
        """The finished file. Raises `Unprintable`, and `NotMade` where a Word file cannot be filled in."""
        if not is_structured(self.version):
            return self._converted() if form is Form.PDF else self._marked()
        signs = outputs.signs_of(self.page.project)
        if form is Form.PDF:
            return pdf.write(self.sheet(), signs=signs, day=timezone.localdate())
        return docx_file.write(self.sheet(), signs=signs)

    def sheet(self) -> Sheet:
        """The document as it is printed; of a Word file with marks, what goes into its fields."""
        document = self.document if is_structured(self.version) else _overview(self.document)
        return composing.compose(document, self.values)

    def _converted(self) -> bytes:
        try:
            return office.to_pdf(self._marked())
        except office.NotConverted:
            raise NotMade("Nie udało się zrobić PDF. Pobierz DOCX i\xa0zapisz go w\xa0Wordzie jako PDF.") from None

    def _marked(self) -> bytes:
        if self.version.file is None:
            raise NotMade("Do tego wzoru brakuje pliku Worda. Napisz do nas, a\xa0redakcja go uzupełni.")
        try:
            return sandbox.fill(stored.content_of(self.version.file), self.document.fields, self.values)
        except sandbox.Refused as error:
            raise NotMade(str(error)) from None


def forms_of(version: VersionPage) -> tuple[Form, ...]:
    """The formats in which a filled version leaves: a Word file becomes a PDF only where LibreOffice is set up."""
    forms = outputs.forms_of(version)
    return (*forms, Form.PDF) if forms == (Form.DOCX,) and office.is_set_up() else forms


def is_structured(version: VersionPage) -> bool:
    return bool(version.source == VersionPage.Source.STRUCTURED)


def _overview(document: Document) -> Document:
    """A document that only lists the fields and what was typed into them."""
    titles = dict.fromkeys(field.group for field in document.fields)
    parts: list[Part] = []
    for title in titles:
        parts += [Heading(title)] if title else []
        parts += _listed([field for field in document.fields if field.group == title])
    return Document(document.title, document.fields, tuple(parts))


def _listed(fields: Sequence[Field]) -> Iterator[Part]:
    simple = [field for field in fields if field.kind is not FieldKind.ROWS]
    if simple:
        yield Pairs("", tuple((field.label, f"{{{{ {field.name} }}}}") for field in simple))
    for field in fields:
        if field.kind is FieldKind.ROWS:
            yield RowsTable(field.name, field.label, numbered=True)
