"""What an editor has restricted to some: the „prywatność” of a page and of all below it.

A restriction by password opens for nobody: an account or a group does.
"""

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
    for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
        if not is_met(user, restriction):
            pages = pages.exclude(path__startswith=restriction.page.path)
    return pages


def _paths(page: Page) -> list[str]:
    """The paths of a page and of all above it."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
