"""Who may watch a film, its files, captions and progress included."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, PageViewRestriction

from elearning.accounts.models import User
from media.models import FilmPage

Person = User | AnonymousUser


def may_watch(user: Person, film: FilmPage) -> bool:
    """Whether a film is open to this person: published, and not restricted to others; or theirs to edit.

    One query for a published film, some more for one that is not open. A restriction by password opens for nobody: an
    account or a group does.
    """
    return (film.live and not _is_restricted(user, film)) or may_edit(user, film)


def may_edit(user: Person, film: FilmPage) -> bool:
    """Whether this person edits the film in the admin, and so sees its drafts."""
    return user.is_authenticated and user.is_active and bool(film.permissions_for_user(user).can_edit())


def is_open(film: FilmPage) -> bool:
    """Whether everybody may watch it. One query."""
    return film.live and not _is_restricted(AnonymousUser(), film)


def _is_restricted(user: Person, film: FilmPage) -> bool:
    restrictions = PageViewRestriction.objects.filter(page__path__in=_paths(film)).prefetch_related("groups")
    return any(not is_met(user, restriction) for restriction in restrictions)


def is_met(user: Person, restriction: PageViewRestriction) -> bool:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return user.is_authenticated
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        groups = {group.pk for group in restriction.groups.all()}
        return user.is_authenticated and user.groups.filter(pk__in=groups).exists()
    return False


def _paths(page: Page) -> list[str]:
    """The paths of a page and of all above it."""
    return [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
