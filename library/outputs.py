"""The files of a version as people take them: the blank form to print, and the file that its editor uploaded.

Blank forms hold nothing that anybody typed. They are made when somebody asks and kept in memory under what they are
made of, so that a change of the text or of the signs can never serve an old one.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wagtail.images.models import Filter

from elearning.cms.models import Project
from library import composing, docx_file, pdf
from library.marked import sandbox
from library.marked.faults import Refused
from library.models import DocumentPage, Form, StoredFile, VersionPage
from library.sheet import Sheet
from library.signs import Signs
from library.stored import content_of
from library.structure import Field

ORIGINAL = "oryginal"
# The two forms of so many versions; a form takes about 50 KB.
KEPT = 200
SIGNS = "max-1600x400|format-png"
BINARY = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "odt": f"{_OPEN}.text",
    "odp": f"{_OPEN}.presentation",
    "ods": f"{_OPEN}.spreadsheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}

logger = logging.getLogger(__name__)


class NotMade(RuntimeError):
    """A version of which no blank form can be made now."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take. `form` is how its address calls it, `type` how people do, `size` is in bytes."""

    form: str
    label: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class _Paper:
    """All that a printed form is made of."""

    sheet: Sheet
    signs: Signs | None
    day: date


def forms_of(version: VersionPage) -> tuple[Form, ...]:
    """The formats of the blank form. A Word file with marks stays one; a plain file has no form."""
    if version.source == VersionPage.Source.STRUCTURED:
        return (Form.DOCX, Form.PDF)
    return (Form.DOCX,) if version.source == VersionPage.Source.MARKED and version.file else ()


def formats_of(version: VersionPage) -> tuple[str, ...]:
    """The types of the files that everybody may take: „DOCX”, „PDF”."""
    if version.source == VersionPage.Source.FILE:
        return (version.file.extension.upper(),) if version.file else ()
    return tuple(form.label for form in forms_of(version))


def downloads_of(document: DocumentPage, version: VersionPage) -> Iterator[Download]:
    """The files that everybody may take. Makes the forms that nobody took yet."""
    if version.source == VersionPage.Source.FILE and version.file:
        label = "Pobierz plik" if document.is_template else "Pobierz materiał"
        yield Download(ORIGINAL, label, version.file.extension.upper(), version.file.size)
    forms = forms_of(version)
    paper = _paper(document, version) if forms else None
    for form in forms:
        try:
            yield Download(form.value, "Pusty druk", form.label, len(_made(version, form, paper)))
        except NotMade:
            logger.exception("The blank form of version %s", version.pk)


def blank(document: DocumentPage, version: VersionPage, form: Form) -> bytes:
    """The form to print and fill in by hand. Raises `NotMade`. Four queries where the document has signs."""
    return _made(version, form, _paper(document, version))


def blank_sheet(version: VersionPage) -> Sheet:
    return composing.blank(version.document())


def signs_of(project: Project | None) -> Signs | None:
    """The strip of signs and the words about funding for paper; None for a document outside of projects."""
    if project is None or project.logo_strip is None:
        return None
    strip = project.logo_strip
    try:  # `get_rendition` alone writes to the shared cache each time
        rendition = strip.find_existing_rendition(Filter(SIGNS))
    except strip.get_rendition_model().DoesNotExist:
        rendition = strip.get_rendition(SIGNS)
    with rendition.file.open("rb") as file:
        return Signs(file.read(), project.logo_strip_alt or project.name, project.funding_text)


def _paper(document: DocumentPage, version: VersionPage) -> _Paper | None:
    """None for a Word file with marks, which brings its own."""
    if version.source != VersionPage.Source.STRUCTURED:
        return None
    return _Paper(blank_sheet(version), signs_of(document.project), version.in_force_on)


def _made(version: VersionPage, form: Form, paper: _Paper | None) -> bytes:
    return _printed(form, paper) if paper else _marked(version.file_id, version.document().fields)


@lru_cache(maxsize=KEPT)
def _printed(form: Form, paper: _Paper) -> bytes:
    if form is Form.DOCX:
        return _settled(docx_file.write(paper.sheet, signs=paper.signs))
    try:
        return pdf.write(paper.sheet, signs=paper.signs, day=paper.day)
    except (pdf.Unprintable, pdf.NotDrawn) as error:
        raise NotMade("PDF") from error


def _settled(package: bytes) -> bytes:
    """The same package without the moments at which its parts were packed.

    Every process of the site makes the same bytes then, so that a download goes on where it broke off.
    """
    output = BytesIO()
    with ZipFile(BytesIO(package)) as packed, ZipFile(output, "w", ZIP_DEFLATED) as settled:
        for part in packed.infolist():
            settled.writestr(ZipInfo(part.filename), packed.read(part), ZIP_DEFLATED)
    return output.getvalue()


@lru_cache(maxsize=KEPT)
def _marked(file: int, fields: Sequence[Field]) -> bytes:
    """The blank form of a Word file with marks; a stored file never changes."""
    try:
        return _settled(sandbox.blank(content_of(StoredFile.objects.get(pk=file)), fields))
    except Refused as error:
        raise NotMade(str(error)) from error
