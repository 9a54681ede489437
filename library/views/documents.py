"""The page of a document, which shows its version in force, and the pages of its versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page, ReferenceIndex

from elearning.accounts.models import User
from elearning.cms.models.base import page_path
from elearning.cms.restrictions import Person, open_to
from elearning.cms.templatetags.polish import polish_date
from library import access, outputs, subscriptions
from library.models import DocumentPage, VersionPage
from library.paper import on_paper
from library.timeline import State, is_due_for_review
from library.visits import CLOSED, Visit, visit

MOST_RELATED, MOST_REFERRING = 10, 500
UNWRITTEN = "dokument"  # stands in the addresses of a preview before the page has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A version in the list of versions. `comparison_url` compares it with the one before; empty where nobody may."""

    version: VersionPage
    url: str
    state: State
    comparison_url: str = ""

    @property
    def is_current(self) -> bool:
        return self.state is State.CURRENT

    @property
    def is_upcoming(self) -> bool:
        return self.state is State.UPCOMING


@dataclass(frozen=True, slots=True)
class Related:
    """A page that refers to the document."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with its address."""

    file: outputs.Download
    url: str


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document with its version in force; before its first day, what is announced. Up to fourteen queries."""
    return render(request, "library/document_page.html", page_context(request.user, visit(request, slug)))


@require_safe
def version(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """One version: the one in force, an earlier one, or one that is announced, without its text."""
    found = visit(request, slug)
    shown = found.version(version)
    if found.state_of(shown) is not State.UPCOMING and not access.may_take(request.user, found.document, shown):
        raise PermissionDenied(CLOSED)
    crumbs = [*found.document.crumbs(), {"title": shown.title, "url": ""}]
    return render(
        request, "library/version_page.html", {**version_context(request.user, found, shown), "crumbs": crumbs}
    )


def page_context(user: Person, found: Visit, *, is_preview: bool = False) -> dict[str, Any]:
    """What the page of a document shows. In a preview there are no files yet."""
    page, current = found.document, found.current
    return {
        "page": page,
        "current": current,
        "upcoming": found.upcoming,
        "facts": list(_facts(page, current)),
        "is_due": is_due_for_review(page.review_on, timezone.localdate()),
        "related": related_to(page, user) if page.pk else [],
        "following": isinstance(user, User) and bool(page.pk) and subscriptions.is_following(user, page),
        **_common(found),
        **content_of(user, found, current, is_preview=is_preview),
    }


def version_context(user: Person, found: Visit, shown: VersionPage, *, is_preview: bool = False) -> dict[str, Any]:
    """What the page of a version shows."""
    state = found.state_of(shown)
    return {
        "page": found.document,
        "version": shown,
        "current": found.current,
        "facts": list(_facts(found.document, shown)),
        "is_archived": state is State.ARCHIVED,
        "is_upcoming": state is State.UPCOMING,
        **_common(found),
        **content_of(user, found, shown, is_preview=is_preview),
    }


def content_of(user: Person, found: Visit, shown: VersionPage | None, *, is_preview: bool) -> dict[str, Any]:
    """The files, the form and the text of a version, for who may take them; else nothing."""
    if shown is None or not (is_preview or access.may_take(user, found.document, shown)):
        return {"is_open": False, "files": [], "fill_url": "", "sheet": None, "lines": []}
    is_written = shown.source == VersionPage.Source.STRUCTURED
    is_current = found.state_of(shown) is State.CURRENT
    names = [found.document.slug] if is_current else [found.document.slug, shown.slug]
    fill_url = reverse("documents:fill" if is_current else "documents:fill_version", args=names)
    return {
        "is_open": True,
        "files": [] if is_preview else list(_files(found.document, shown, names)),
        "fill_url": fill_url if shown.is_filled_in and not is_preview else "",
        "sheet": on_paper(outputs.blank_sheet(shown), level=3) if is_written else None,
        "lines": [] if is_written else shown.text_lines(),
    }


def related_to(document: DocumentPage, user: Person) -> list[Related]:
    """The published pages that refer to a document and are open to this person. Four queries."""
    kind = ContentType.objects.get_for_model(Page)
    referring = ReferenceIndex.get_references_to(document).filter(base_content_type=kind)
    keys = [int(key) for key in referring.values_list("object_id", flat=True).distinct()[:MOST_REFERRING]]
    pages: QuerySet[Page] = open_to(
        user, Page.objects.live().filter(pk__in=keys).not_descendant_of(document, inclusive=True)
    )
    return [Related(page.title, page_path(page)) for page in pages.order_by("title", "path")[:MOST_RELATED]]


def rows_of(found: Visit) -> list[Row]:
    """The versions, newest first."""
    return [_row(found, shown, state) for shown, state in found.all_versions()]


def _facts(page: DocumentPage, shown: VersionPage | None) -> Iterator[dict[str, str]]:
    """What the component `facts` says of a document and of one of its versions."""
    if shown is not None:
        yield {"label": "Stan prawny na", "value": polish_date(shown.in_force_on)}
        yield {"label": "Wersja", "value": str(shown.number)}
        if shown.approved_by:
            yield {"label": "Kto zatwierdził", "value": shown.approved_by}
    if page.author:
        yield {"label": "Autorka lub autor", "value": page.author}
    yield {"label": "Dla kogo", "value": page.get_audience_display()}
    if page.stage:
        yield {"label": "Etap pracy", "value": page.get_stage_display()}
    if page.tracks:
        yield {"label": "Modele kooperacji", "value": ", ".join(track.label for track in page.tracks)}


def _common(found: Visit) -> dict[str, Any]:
    return {
        "rows": rows_of(found),
        "document_url": reverse("documents:document", args=[found.document.slug or UNWRITTEN]),
    }


def _row(found: Visit, shown: VersionPage, state: State) -> Row:
    names = [found.document.slug, shown.slug]
    may_compare = found.before(shown) is not None and (state is not State.UPCOMING or found.may_edit)
    return Row(
        version=shown,
        state=state,
        url=reverse("documents:version", args=names),
        comparison_url=reverse("documents:comparison", args=names) if may_compare else "",
    )


def _files(document: DocumentPage, shown: VersionPage, names: list[str]) -> Iterator[Attachment]:
    route = "documents:version_file" if len(names) > 1 else "documents:file"
    for download in outputs.downloads_of(document, shown):
        yield Attachment(download, reverse(route, args=[*names, download.form]))
