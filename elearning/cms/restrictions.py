"""What an editor has restricted to some: the „prywatność” of a page and of all below it.

A restriction by password opens for nobody: an account or a group does.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from elearning.accounts.models import User

Person = User | AnonymousUser
AnyPage = TypeVar("AnyPage", bound=Page)


def is_restricted(user: Person, page: Page) -> bool:
    """Whether a page is closed to this person. One query, one more where there is a restriction."""
    restrictions = PageViewRestriction.objects.filter(page__path__in=_paths(page)).prefetch_related("groups")
    return any(not is_met(user, restriction) for restriction in restrictions)


def is_met(user: Person, restriction: PageViewRestriction) -> bool:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return user.is_authenticated
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        groups = {group.pk for group in restriction.groups.all()}
        return user.is_authenticated and user.groups.filter(pk__in=groups).exists()
    return False


def open_to(user: Person, pages: QuerySet[AnyPage]) -> QuerySet[AnyPage]:
    """Those of the pages that are not closed to this person. Two queries at most, made at once."""
    for path in closed_paths(user):
        pages = pages.exclude(path__startswith=path)
    return pages


def closed_paths(user: Person) -> list[str]:
    """The paths of the pages that are closed to this person, with all below them. Two queries at most."""
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return [restriction.page.path for restriction in restrictions if not is_met(user, restriction)]


def open_to_all(pages: Iterable[AnyPage]) -> list[AnyPage]:
    """Those of the pages, already read, that are published and closed to nobody. One query."""
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return [page for page in pages if page.live and not page.path.startswith(closed)]


def on(page: Page) -> QuerySet[PageViewRestriction]:
    """The restrictions of a page and of those above it, none of which is an alias. One query, Wagtail's takes two."""
    return PageViewRestriction.objects.filter(page__path__in=_paths(page))


def _paths(page: Page) -> list[str]:
    """The paths of a page and of all above it."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
