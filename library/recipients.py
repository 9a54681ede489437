"""Who of many may open a document: `library.access` for hundreds of people at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from elearning.accounts.models import User
from library import access
from library.models import DocumentPage, VersionPage


@dataclass(frozen=True, slots=True)
class Openness:
    """To whom a published version is open. `restrictions` are those of its page and of all above it."""

    document: DocumentPage
    restrictions: tuple[PageViewRestriction, ...]

    @property
    def is_public(self) -> bool:
        """Whether it is open to addresses that nobody has logged in with."""
        return not self.restrictions

    def of(self, people: Collection[int]) -> set[int]:
        """Those of the people, by their keys, to whom it is open. Two queries, and some for each of its editors."""
        active = User.objects.filter(pk__in=people, is_active=True)
        admitted = set(self._admitted(active).values_list("pk", flat=True))
        if not self.restrictions:
            return admitted
        editing = Q(is_superuser=True) | Q(groups__page_permissions__isnull=False)
        editors = active.filter(editing).exclude(pk__in=admitted).distinct()
        return admitted | {person.pk for person in editors if access.may_edit(person, self.document)}

    def _admitted(self, people: QuerySet[User]) -> QuerySet[User]:
        for restriction in self.restrictions:
            if restriction.restriction_type == PageViewRestriction.GROUPS:
                people = people.filter(groups__in=restriction.groups.all()).distinct()
            elif restriction.restriction_type != PageViewRestriction.LOGIN:
                return people.none()
        return people


def openness(document: DocumentPage, version: VersionPage) -> Openness:
    """What an editor has decided about that version by now. Two queries."""
    paths = [version.path[:end] for end in range(Page.steplen, len(version.path) + 1, Page.steplen)]
    found = PageViewRestriction.objects.filter(page__path__in=paths).prefetch_related("groups")
    return Openness(document, tuple(found))
