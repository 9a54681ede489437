"""„Wnioski z badań”, the timeline and the pages of the three projects on the demo site."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.base import File
from wagtail.documents import get_document_model
from wagtail.models import Page

from elearning.cms.models import Datum, EvidencePage, HomePage, Project, ProjectPage, StandardPage, TimelinePage
from elearning.cms.templatetags.polish import tidy
from library import pdf, sheet

from . import sources
from .files import Table, read
from .streams import Shelves, stream

MADE_ON = date(2026, 11, 23)
PARTS = ("year", "month", "day")


def build(home: HomePage, shelves: Shelves) -> None:
    """The pages, below those that are there already; a page that exists stays as it is."""
    texts = read("evidence.toml")
    if not EvidencePage.objects.exists():
        _evidence(home, texts["evidence"], shelves)
    about = StandardPage.objects.child_of(home).filter(slug="o-projekcie").first()
    if about is None:
        return
    for row in read("projects.toml")["project"]:
        if not ProjectPage.objects.filter(slug=row["slug"]).exists():
            _project(about, home, row)
    if not TimelinePage.objects.exists():
        _timeline(about, home, texts["timeline"])


def _evidence(home: HomePage, texts: Table, shelves: Shelves) -> None:
    file = ("attachment", {"document": _file(texts["file_title"], shelves), "title": ""})
    body = [*stream(texts["body"], shelves), file]
    page = EvidencePage(slug=texts["slug"], title=texts["title"], lead=texts["lead"], body=body, show_in_menus=True)
    _published(home, page)


def _file(title: str, shelves: Shelves) -> Any:
    """All figures with their sources, as a PDF to keep."""
    elements: list[sheet.Element] = [
        sheet.Paragraph(((sheet.Run("Zestawienie przygotowane na podstawie źródeł projektu „Liderzy kooperacji”."),),))
    ]
    for datum in shelves.figures.values():
        elements.append(sheet.Heading((sheet.Run(tidy(f"{datum.value} – {datum.label}")),), 1))
        elements += [sheet.Paragraph(((sheet.Run(tidy(line)),),)) for line in _about(datum)]
    made = pdf.write(sheet.Sheet(title, tuple(elements)), day=MADE_ON)
    document = get_document_model()(title=title)
    document.file = File(BytesIO(made), name="wnioski-z-badan.pdf")
    document.save()
    return document


def _about(datum: Datum) -> list[str]:
    told = f"Źródło: {datum.source}, {datum.date}." if datum.date else f"Źródło: {datum.source}."
    return [told, *([f"Uwaga o metodzie: {datum.note}"] if datum.note else [])]


def _timeline(about: Page, home: Page, texts: Table) -> None:
    entries = [("entry", _event(home, row)) for row in texts["event"]]
    page = TimelinePage(
        slug=texts["slug"], title=texts["title"], lead=texts["lead"], entries=entries, show_in_menus=True
    )
    _published(about, page)


def _event(home: Page, row: Table) -> Table:
    parts = {**_parts(row, ""), **_parts(row.get("end", {}), "end_")}
    told = {name: row[name] for name in ("kind", "title", "text")}
    return {**parts, **told, "source": _source(row["source"]), "page": _page(home, row.get("page", ""))}


def _parts(row: Table, prefix: str) -> Table:
    """The parts of a date as the block keeps them; a choice of a month is a word."""
    values = {part: row.get(part) for part in PARTS}
    values["month"] = str(values["month"]) if values["month"] else ""
    return {f"{prefix}{part}": value for part, value in values.items()}


def _project(about: Page, home: Page, row: Table) -> None:
    project, _created = Project.objects.get_or_create(
        name=row["name"], defaults={"funding_text": row.get("funding_text", ""), "description": row["description"]}
    )
    if not project.description:  # made by `signs`, for the certificates
        project.description = row["description"]
        project.save(update_fields=["description"])
    plain = ("slug", "title", "lead", "region", "track", "aims", "effects", "leader", "leader_url", "partners_note")
    page = ProjectPage(
        **{name: row[name] for name in plain},
        project=project,
        periods=[("period", {**period, "source": _source(period["source"])}) for period in row["periods"]],
        values=[("amount", {**amount, "amount": Decimal(amount["amount"])}) for amount in row["values"]],
        partners=[("partner", partner) for partner in row["partners"]],
        course=_page(home, row["course"]),
        model_page=_page(home, row["model_page"]),
        show_in_menus=True,
    )
    _published(about, page)


def _source(name: str) -> str:
    return sources.NAMES.get(name, name)


def _page(home: Page, address: str) -> Page | None:
    """The page at an address below the home page; None where the demo has none."""
    return Page.objects.filter(url_path=f"{home.url_path}{address}/").first() if address else None


def _published(parent: Page, page: Page) -> None:
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
