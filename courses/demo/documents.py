"""The library of the demo site: templates and materials, each with its versions."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO

from wagtail.models import Page

from elearning.cms.models import Project
from elearning.institutions.tracks import Track
from library import composing, docx_file, pdf, sheet, stored, streams
from library.models import DocumentIndexPage, DocumentPage, StoredFile, VersionPage
from library.structure import Document

from . import paperwork, word_files
from .files import FOLDER, Table, read

TITLE = "Wzory dokumentów i\xa0materiały"
LEAD = (
    "Gotowe wzory: od porozumienia po monitoring. Wypełnisz je w\xa0przeglądarce i\xa0pobierzesz, a\xa0my "
    "nie zapiszemy ani słowa z\xa0tego, co wpiszesz."
)
ABOUT = ("title", "kind", "audience", "stage", "lead", "purpose", "who", "author", "is_sample")


def build(home: Page, project: Project) -> dict[str, DocumentPage]:
    """The library with its documents by the keys that lessons name; those that are there stay as they are."""
    index = DocumentIndexPage.objects.first() or _published(
        home, DocumentIndexPage(title=TITLE, slug="dokumenty", lead=LEAD, show_in_menus=True)
    )
    templates = [read(f"documents/{path.name}") for path in sorted(FOLDER.glob("documents/[0-9]*.toml"))]
    found = {texts["key"]: _document(index, texts, project, _template_version) for texts in templates}
    for texts in read("documents/materials.toml")["material"]:
        found[texts["key"]] = _document(index, {**texts, "version": [texts]}, project, _material_version(found))
    return found


def _document(
    index: Page, texts: Table, project: Project, make: Callable[[DocumentPage, Table, Table], VersionPage]
) -> DocumentPage:
    existing = DocumentPage.objects.filter(slug=texts["key"]).first()
    if existing is not None:
        return existing
    tracks = texts["tracks"] or [track.value for track in Track]
    fields = {name: texts[name] for name in ABOUT}
    page = DocumentPage(
        slug=texts["key"],
        **fields,
        **{track.value: track.value in tracks for track in Track},
        legal_basis=texts.get("legal_basis", ""),
        review_on=texts.get("review_on"),
        project=project,
    )
    document = _published(index, page)
    for number, version in enumerate(texts["version"], 1):
        made = make(document, texts, version)
        made.title, made.slug, made.number = f"Wersja {number}", f"wersja-{number}", number
        made.in_force_on = version["in_force_on"]
        made.changes, made.approved_by = version["changes"], version["approved_by"]
        _published(document, made)
    return document


def _template_version(document: DocumentPage, texts: Table, version: Table) -> VersionPage:
    fields, parts = paperwork.fields(version["field"]), paperwork.parts(version["part"])
    title = version["paper_title"]
    if texts["source"] == "structured":
        return VersionPage(source="structured", paper_title=title, form_fields=fields, parts=parts)
    written = streams.read(title, fields, parts)
    file = stored.store(word_files.marked_file(written), name=f"{document.slug}.docx")
    text = "\n".join(sheet.text_lines(composing.blank(written)))
    return VersionPage(source="marked", paper_title=title, form_fields=fields, file=file, file_text=text)


def _material_version(
    templates: Mapping[str, DocumentPage],
) -> Callable[[DocumentPage, Table, Table], VersionPage]:
    def made(document: DocumentPage, texts: Table, version: Table) -> VersionPage:
        if "documents" in texts:
            chosen = [templates[key] for key in texts["documents"]]
            return VersionPage(source="file", file=_pack(document.slug, chosen), file_text="\n".join(map(str, chosen)))
        paper = _paper(document.title, texts["section"])
        file = stored.store(pdf.write(paper, day=version["in_force_on"]), name=f"{document.slug}.pdf")
        return VersionPage(source="file", file=file, file_text="\n".join(sheet.text_lines(paper)))

    return made


def _paper(title: str, sections: Sequence[Table]) -> sheet.Sheet:
    """Headings and paragraphs as a sheet."""
    elements: list[sheet.Element] = []
    for section in sections:
        elements.append(sheet.Heading((sheet.Run(section["heading"]),), 1))
        elements += [sheet.Paragraph(((sheet.Run(text),),)) for text in section["paragraphs"]]
    return sheet.Sheet(title, tuple(elements))


def _pack(slug: str, chosen: Sequence[DocumentPage]) -> StoredFile:
    """The blank forms of the chosen documents, in one ZIP."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as pack:
        for document in chosen:
            version = VersionPage.objects.child_of(document).filter(source="structured").order_by("-number").first()
            if version is not None:
                moment = datetime(2026, 9, 1, tzinfo=UTC).timetuple()[:6]
                pack.writestr(zipfile.ZipInfo(f"{document.slug}.docx", moment), _blank(version.document()))
    return stored.store(output.getvalue(), name=f"{slug}.zip")


def _blank(document: Document) -> bytes:
    return docx_file.write(composing.blank(document))


def _published(parent: Page, page: Page) -> Page:
    child = Page.objects.get(pk=parent.pk).add_child(instance=page)
    child.save_revision().publish()
    return child
