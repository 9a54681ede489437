"""What every view of a document starts from: the document, its published versions on this day, and who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from elearning.cms.restrictions import Person
from library import access
from library.models import DocumentPage, VersionPage
from library.timeline import Dated, State, Timeline, timeline

CLOSED = "Ten dokument jest dla osób, którym go udostępniono."


@dataclass(frozen=True)
class Visit:
    """A document that this person may open."""

    user: Person
    document: DocumentPage
    timeline: Timeline
    pages: dict[int, VersionPage]

    @property
    def current(self) -> VersionPage | None:
        """The version in force; None before the first day."""
        found = self.timeline.current
        return self.pages[found.key] if found else None

    @property
    def upcoming(self) -> VersionPage | None:
        found = self.timeline.upcoming
        return self.pages[found.key] if found else None

    @cached_property
    def may_edit(self) -> bool:
        return access.may_edit(self.user, self.document)

    def version(self, slug: str | None) -> VersionPage:
        """The version of that slug, or for None the one in force. Raises `Http404`."""
        if slug is None:
            found = self.current
        else:
            found = next((page for page in self.pages.values() if page.slug == slug), None)
        if found is None:
            raise Http404
        return found

    def state_of(self, version: VersionPage) -> State:
        return self.timeline.state_of(_dated(version))

    def before(self, version: VersionPage) -> VersionPage | None:
        """The version that this one replaced."""
        found = self.timeline.before(_dated(version))
        return self.pages[found.key] if found else None

    def all_versions(self) -> list[tuple[VersionPage, State]]:
        """The published versions, newest first."""
        return [(self.pages[found.key], self.timeline.state_of(found)) for found in self.timeline.versions]


def visit(request: HttpRequest, slug: str) -> Visit:
    """The document of that address. Three queries.

    Raises `Http404` where there is none, or none that is published, and `PermissionDenied` where it is closed to this
    person: who follows a link that somebody forwarded learns that an account may help.
    """
    document = DocumentPage.objects.filter(slug=slug).first()
    if document is None:
        raise Http404
    if not access.may_open(request.user, document):
        if document.live:
            raise PermissionDenied(CLOSED)
        raise Http404
    return visit_of(request.user, document)


def visit_of(user: Person, document: DocumentPage) -> Visit:
    """The same for a document that was found and opened already. One query."""
    return _visit(user, document, VersionPage.objects.child_of(document).live().select_related("file"))


def with_draft(found: Visit, draft: VersionPage) -> Visit:
    """The same as if that draft were published, for its preview."""
    published = [page for page in found.pages.values() if page.pk != draft.pk]
    return _visit(found.user, found.document, [*published, draft])


def _visit(user: Person, document: DocumentPage, pages: Iterable[VersionPage]) -> Visit:
    by_key = {_key(page): page for page in pages}
    order = timeline([_dated(page) for page in by_key.values()], timezone.localdate())
    return Visit(user, document, order, by_key)


def _dated(version: VersionPage) -> Dated:
    return Dated(_key(version), version.number, version.in_force_on)


def _key(version: VersionPage) -> int:
    """What finds a version again; 0 for one that was never saved."""
    return version.pk or 0
