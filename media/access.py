"""Who may watch a film, its files, captions and progress included."""

from django.contrib.auth.models import AnonymousUser

from elearning.cms.restrictions import Person, is_restricted
from media.models import FilmPage


def may_watch(user: Person, film: FilmPage) -> bool:
    """Whether a film is open to this person: published, and not restricted to others; or theirs to edit.

    One query for a published film, some more for one that is not open.
    """
    return (film.live and not is_restricted(user, film)) or may_edit(user, film)


def may_edit(user: Person, film: FilmPage) -> bool:
    """Whether this person edits the film in the admin, and so sees its drafts."""
    return user.is_authenticated and user.is_active and bool(film.permissions_for_user(user).can_edit())


def is_open(film: FilmPage) -> bool:
    """Whether everybody may watch it. One query."""
    return film.live and not is_restricted(AnonymousUser(), film)
